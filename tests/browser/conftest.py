"""The browser bench: a real site, a real Chromium, and eyes that do not tire.

A journey asks for `open_page`, drives what it gets, has it looked at, and checked for accessibility:

    def test_reads(open_page, look, axe):
        page = open_page("/fr/pratiques/", width=390)
        page.get_by_role("link", name="…").click()
        look(page, "sheet")
        axe(page)

Every page is watched: an error in the console, a resource that the policy blocked, an answer 500, or a
request to any other host fails the test. `pytest tests/browser --screenshots FOLDER` leaves the pictures.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, sync_playwright

from .server import Site, copy_of, prepare, start

PASSWORD = "agora-demo-2026"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEIGHTS = {1280: 900, 390: 844}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HERE = Path(__file__).parent


def pytest_addoption(parser) -> None:
    """Add the folder for pictures to the command line."""
    parser.addoption(
        "--screenshots", default=None, metavar="FOLDER", help="leave a picture of every page looked at"
    )


def pytest_collection_modifyitems(items) -> None:
    """Mark everything in this folder as needing a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory) -> Path:
    """The data of a fresh site with its demo content, made once for all test processes."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    shared = tmp_path_factory.getbasetemp().parent if worker else tmp_path_factory.getbasetemp()
    data, mark = shared / "agora-prepared", shared / "agora-prepared.done"
    with (shared / "agora-prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            prepare(data)
            mark.touch()
    return data


@pytest.fixture(scope="session")
def site(prepared_data, tmp_path_factory) -> Iterator[Site]:
    """A running Agora for this test process; the tests share its data, so each writes its own titles."""
    served, process = start(copy_of(prepared_data, tmp_path_factory.mktemp("site") / "var"))
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
        ]
        launched = driver.chromium.launch(executable_path=found, args=arguments)
        yield launched
        launched.close()


class Watch:
    """Collects what went wrong behind a page."""

    def __init__(self, site: Site) -> None:
        self.host = urlsplit(site.url).netloc
        self.wrongs: list[str] = []

    def over(self, page: Page) -> None:
        """Listen to one page."""
        page.on("console", lambda said: self._console(said.type, said.text))
        page.on("pageerror", lambda error: self.wrongs.append(f"script error: {error}"))
        page.on("response", self._response)
        page.on("request", lambda request: self._host(request.url))

    def _console(self, kind: str, text: str) -> None:
        # Chromium writes refused forms (422) and planned 403/404 pages as errors; `_response` judges those.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.wrongs.append(f"console: {text}")

    def _response(self, response: Response) -> None:
        missing_part = response.status >= 400 and response.request.resource_type != "document"
        if response.status >= 500 or (
            missing_part and response.request.resource_type not in ("fetch", "xhr")
        ):
            self.wrongs.append(f"{response.status} {response.url}")

    def _host(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("http", "https") and address.netloc != self.host:
            self.wrongs.append(f"a request left the house: {url}")


@pytest.fixture
def watch(site) -> Iterator[Watch]:
    """What is listened to during a test; `watch.wrongs.clear()` forgives what the test provoked."""
    watching = Watch(site)
    yield watching
    assert not watching.wrongs, "\n".join(watching.wrongs)


@pytest.fixture
def open_page(site, browser, watch) -> Iterator[Callable[..., Page]]:
    """A maker of pages, each in a browser of its own (its own cookies).

    `open_page("/fr/", width=1280, javascript=True, scheme="light", as_=None)`: `as_` is the e-mail of a demo
    account to sign in with first, through the login form.
    """
    contexts = []

    def open_one(
        path: str = "/fr/",
        *,
        width: int = 1280,
        javascript: bool = True,
        scheme: str = "light",
        as_: str | None = None,
    ) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            java_script_enabled=javascript,
            color_scheme=scheme,
            locale="nl-BE" if path.startswith("/nl/") else "fr-BE",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.agora_javascript = javascript
        watch.over(page)
        if as_:
            sign_in(page, as_, language=path.split("/")[1])
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()


def sign_in(page: Page, address: str, *, language: str = "fr", password: str = PASSWORD) -> None:
    """Sign in through the login form, in French or Dutch."""
    page.goto({"fr": "/fr/compte/connexion/", "nl": "/nl/account/aanmelden/"}[language])
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url(lambda url: "/connexion/" not in url and "/aanmelden/" not in url)


def language_of(page: Page) -> str:
    """Return the language that the page declares."""
    return page.locator("html").get_attribute("lang") or ""


@pytest.fixture
def look(request) -> Callable[[Page, str], None]:
    """Look at a page: `look(page, "sheet")` checks that nothing sticks out, and leaves its picture.

    Pictures are only kept with --screenshots, as sheet-390-fr.png (or sheet-390-fr-sans-js.png).
    """
    folder = request.config.getoption("screenshots", None)

    def look_at(page: Page, name: str) -> None:
        width = page.viewport_size["width"]
        if page.agora_javascript:
            page.evaluate("document.fonts.ready")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.url} is {wide} px wide in a window of {width}"
        if folder:
            script = "" if page.agora_javascript else "-sans-js"
            picture = Path(folder) / f"{name}-{width}-{language_of(page)}{script}.png"
            picture.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=picture, full_page=True)

    return look_at


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Check a page with axe (WCAG 2.2 AA and good practice), in light and in dark."""
    checker = Axe()

    def run(page: Page) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = checker.run(page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
            assert not results.violations_count, f"{page.url}, {scheme}: {results.generate_report()}"
        page.emulate_media(color_scheme="light")

    return run
