"""The browser bench: a real site, a real Chromium, and eyes that do not tire.

A test asks for `open_page`, drives what it gets, and has it looked at:

    def test_reads(open_page, look, inspect):
        page = open_page("/fr/pratiques/", width=390, as_="nadia.v@cpas-auderghem.example")
        page.get_by_role("link", name="…").click()
        look(page, "sheet")
        inspect(page, "sheet")

Every page is watched: an error in the console, a resource that the policy blocked, an answer 500, or a
request to any other host fails the test. `pytest tests/browser --screenshots FOLDER` leaves the pictures;
`--tour FOLDER` those of the README; `--site-data FOLDER` keeps the prepared site there and takes it again.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Page, sync_playwright

from . import axe
from .server import Site, copy_of, prepare, start
from .windows import Watch, Window, Windows, resize, show_in

PASSWORD = "agora-demo-2026"
CHROMIUM_NAMES = (
    "chromium-headless-shell",  # only draws pages: half the work for the same engine
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
HERE = Path(__file__).parent


def pytest_addoption(parser) -> None:
    """Add the folder for pictures, and the one for prepared data, to the command line."""
    parser.addoption(
        "--screenshots", default=None, metavar="FOLDER", help="leave a picture of every page looked at"
    )
    parser.addoption("--tour", default=None, metavar="FOLDER", help="leave the pictures of the README there")
    parser.addoption(
        "--site-data", default=None, metavar="FOLDER", help="keep the prepared site here, and take it again"
    )


def pytest_collection_modifyitems(items) -> None:
    """Mark everything in this folder as needing a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def prepared_data(request, tmp_path_factory) -> Path:
    """The data of a fresh site with its demo content, made once for all test processes."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    shared = tmp_path_factory.getbasetemp().parent if worker else tmp_path_factory.getbasetemp()
    if kept := request.config.getoption("site_data"):
        Path(kept).mkdir(parents=True, exist_ok=True)
    data = (Path(kept) if kept else shared).resolve() / "agora-prepared"
    mark = shared / "agora-prepared.done"  # in the folder of this run: kept data are brought up to date once
    with (shared / "agora-prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            prepare(data)
            mark.touch()
    return data


@dataclass(frozen=True)
class Stage:
    """What stage.py set up, by language: `stage["nl"]["sheet"]`, and the writer of each language."""

    facts: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]

    def writer(self, language: str) -> str:
        """Return the e-mail of a member who speaks this language."""
        return self.facts["writers"][language]

    def colleague(self, language: str) -> str:
        """Return the e-mail of a member of another CPAS who speaks this language."""
        return self.facts["colleagues"][language]


@pytest.fixture(scope="session")
def stage(prepared_data) -> Stage:
    """The numbers, names and sessions that the tests start from."""
    return Stage(json.loads((prepared_data / "stage.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def site(prepared_data, tmp_path_factory) -> Iterator[Site]:
    """A running Agora for this test process; the tests share its data, so each writes its own titles."""
    var = copy_of(prepared_data, tmp_path_factory.mktemp("site") / "var")
    axe.put_into(var / "static")
    served, process = start(var)
    yield served
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, from the system or from CHROMIUM; Playwright's own when the system has none."""
    names = [os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES]
    found = next(filter(None, (shutil.which(name) for name in names if name)), None)
    with sync_playwright() as driver:
        # No sandbox: it only ever visits our own site, and containers forbid the sandbox.
        arguments = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
            # Nobody goes back: pages that were left are not kept alive, nor drawn while the next one comes.
            # The next page comes into the frame that shows this one.
            "--disable-features=BackForwardCache,PaintHolding,RenderDocument",
            # A page lives for a second: what the compilers make of its scripts comes too late to be used.
            "--js-flags=--no-opt --no-maglev --single-threaded",
        ]
        launched = driver.chromium.launch(executable_path=found, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def watch(site) -> Iterator[Watch]:
    """What is listened to during a test; `watch.wrongs.clear()` forgives what the test provoked."""
    watching = Watch(site)
    yield watching
    assert not watching.wrongs, "\n".join(watching.wrongs)


@pytest.fixture(scope="session")
def windows(browser, site) -> Iterator[Windows]:
    """The windows of this test process: see `open_page`."""
    kept = Windows(browser, site)
    yield kept
    kept.close()


@pytest.fixture
def open_page(site, stage, watch, windows) -> Iterator[Callable[..., Page]]:
    """A maker of pages, each in a browser of its own (its own cookies).

    `open_page("/fr/", width=1280, javascript=True, as_=None)`: `as_` is the e-mail of a demo account whose
    open session it takes; with `old` it typed its password long ago. A path of None opens nothing yet.
    The window is one that an earlier test used, emptied; `own` opens a new one, for a test that changes the
    browser itself (its network, its keys) and not only what the page did in it. `reads` promises that nobody
    types or presses anything: such a page has nothing to keep, and need not be left before the next.
    """
    taken: list[tuple[Window, bool, bool]] = []

    def open_one(
        path: str | None = "/fr/",
        *,
        language: str = "",
        width: int = 1280,
        javascript: bool = True,
        as_: str | None = None,
        old: bool = False,
        own: bool = False,
        scheme: str = "light",
        reads: bool = False,
    ) -> Page:
        language = language or (path or "/fr/").split("/")[1]
        window = windows.take(language, javascript=javascript, width=width, scheme=scheme, own=own)
        taken.append((window, own, reads))
        if as_:
            key = stage["old_sessions" if old else "sessions"][as_]
            cookie = {"name": "sessionid", "value": key, "url": site.url, "httpOnly": True}
            window.context.add_cookies([cookie])
        watch.over(window.page)
        if path:
            window.page.goto(path)
        return window.page

    yield open_one
    watch.leave()
    for window, own, reads in taken:
        if own:
            window.context.close()
        else:
            windows.give_back(window, reads=reads)


def address(name: str, language: str, **arguments) -> str:
    """Return the path of a page in one language: `address("practices:list", "nl")`."""
    with override(language):
        return reverse(name, kwargs=arguments)


def sign_in(page: Page, email: str, *, language: str = "fr", password: str = PASSWORD) -> None:
    """Sign in through the login form that is on the page, or that this opens."""
    if not page.locator("input[name=login]").count():
        page.goto(address("account_login", language))
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button:not([type=button])").first.click()
    page.wait_for_url(lambda url: address("account_login", language) not in url)


# What sticks out of the window at its present width, once the letters are there.
OVERFLOW = """async () => {
  await document.fonts.ready;
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const out = [...document.querySelectorAll("body *")].filter((one) =>
    one.getBoundingClientRect().right > room + 0.5 && getComputedStyle(one).position !== "fixed");
  return out.map((one) => `${one.tagName.toLowerCase()}.${one.className} ` +
    Math.round(one.getBoundingClientRect().right)).slice(0, 6);
}"""


def overflow(page: Page) -> str:
    """Say what is wider than the window at its present width; empty when nothing is."""
    width = page.viewport_size["width"]
    wide = page.evaluate(OVERFLOW)
    return f"{page.url} is wider than {width} px: {wide}" if wide else ""


@pytest.fixture
def look(request) -> Callable[[Page, str], None]:
    """Look at a page: `look(page, "sheet")` checks that nothing sticks out, and leaves its picture.

    Pictures are only kept with --screenshots, as sheet-390-fr.png (or sheet-390-fr-no-js.png); without a
    name there is none.
    """
    folder = request.config.getoption("screenshots", None)

    def look_at(page: Page, name: str) -> None:
        page.wait_for_load_state()  # a page that is only half there has no width
        wide = overflow(page)
        assert not wide, wide
        if folder and name:
            script = "" if page.agora_javascript else "-no-js"
            language = page.locator("html").get_attribute("lang")
            width = page.viewport_size["width"]
            picture = Path(folder) / f"{name}-{width}-{language}{script}.png"
            picture.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=picture, full_page=True)

    return look_at


# What holds on any page. A button would send the wrong form where an id stands twice, and axe is silent.
FACTS = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return {
    language: document.documentElement.lang,
    title: document.title.split(" · ")[0].trim(),
    heads: document.querySelectorAll("h1").length,
    doubles: ids.filter((id, place) => ids.indexOf(id) !== place),
  };
}"""


# axe costs most of a look, and much of axe is contrast. Each page is examined in both languages, at
# opposite corners of width and scheme; contrast, which no language changes, in French, where the name of the
# page draws the corner: every token and part is met in light and in dark.
CORNERS = ((1280, "light"), (390, "dark"))


def corner_of(name: str, language: str) -> dict[str, Any]:
    """Return how `open_page` opens a page that is only read, in the corner where axe examines it."""
    drawn = crc32(name.encode()) % 2
    width, scheme = CORNERS[drawn if language == "fr" else 1 - drawn]
    return {"language": language, "width": width, "scheme": scheme, "reads": True}


@pytest.fixture
def inspect(look, request) -> Callable[[Page, str], None]:
    """Check everything that holds on any page.

    One title and one h1; no id twice; nothing sticks out at 1280 or 320 px, nor at 390 px in the language
    whose corner is there; no finding of axe at that corner, where a page that was opened there is not drawn
    anew.

    From 320 to 390 px one line is crossed (24em in agora.css), and it concerns the head of all pages alone: a
    page that fits at 320 px and whose other language fits at 390 px has nothing left to show there. Pictures
    are taken at 390 px of both.
    """
    pictures = request.config.getoption("screenshots", None)

    def run(page: Page, name: str) -> None:
        page.wait_for_load_state()
        facts = page.evaluate(FACTS)
        assert facts["title"], f"{page.url} has no title"
        assert facts["heads"] == 1, f"{page.url} has {facts['heads']} h1"
        assert not facts["doubles"], f"{page.url} gives one id twice: {facts['doubles']}"
        wrong = []
        corner = corner_of(name, facts["language"])
        for width in dict.fromkeys((corner["width"], 1280, *((390,) if pictures else ()))):
            resize(page, width)
            if pictures:
                show_in(page, "light")
            look(page, name)
            if width == corner["width"]:
                show_in(page, corner["scheme"])
                if found := axe.findings(page, contrast=facts["language"] == "fr"):
                    wrong.append(f"{page.url}, {width} px, {corner['scheme']}: {found}")
        resize(page, 320)
        if wide := overflow(page):
            wrong.append(wide)
        assert not wrong, "\n".join(wrong)

    return run
