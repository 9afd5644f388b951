"""The windows of the browser, handed from test to test, and who listens to what goes wrong in them.

A file of its own because the tests share what it keeps; conftest.py only lends it out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, Response

from .server import Site

LIGHT_ADDRESS = "/robots.txt"
HEIGHTS = {1280: 900, 390: 844, 320: 568}


def resize(page: Page, width: int) -> None:
    """Give the window this width, unless it has it: each change is a page laid out and drawn anew."""
    if page.viewport_size != (size := {"width": width, "height": HEIGHTS[width]}):
        page.set_viewport_size(size)


def show_in(page: Page, scheme: str) -> None:
    """Show the page in « light » or in « dark », unless it is shown so."""
    if page.agora_scheme != scheme:
        page.emulate_media(color_scheme=scheme)
        page.agora_scheme = scheme


def picture_as_shown(page: Page, path: Path) -> None:
    """Leave a picture of what the window shows of the page, wide and light."""
    resize(page, 1280)
    show_in(page, "light")
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path)


class Watch:
    """Collects what went wrong behind a page."""

    def __init__(self, site: Site) -> None:
        self.host = urlsplit(site.url).netloc
        self.wrongs: list[str] = []
        self.pages: list[Page] = []

    def over(self, page: Page) -> None:
        """Listen to one page."""
        if not hasattr(page, "agora_watch"):  # once a page, though it is handed on: each ear costs messages
            for event, hears in (
                ("console", lambda watch, said: watch._console(said.type, said.text)),
                ("pageerror", lambda watch, error: watch.wrongs.append(f"script error: {error}")),
                ("response", lambda watch, response: watch._response(response)),
                ("request", lambda watch, request: watch._host(request.url)),
            ):
                page.on(event, partial(self._pass_on, page, hears))
        page.agora_watch = self
        self.pages.append(page)

    @staticmethod
    def _pass_on(page: Page, hears: Callable, what) -> None:
        if page.agora_watch:
            hears(page.agora_watch, what)

    def leave(self) -> None:
        """Listen no longer: the pages may be kept for another test, which has a watch of its own."""
        for page in self.pages:
            page.agora_watch = None
        self.pages.clear()

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


@dataclass
class Window:
    """A browser with cookies and storage of its own, and the page in it."""

    context: BrowserContext
    page: Page
    storage: CDPSession


class Windows:
    """The windows that this test process has open: who comes next takes one, and finds it empty.

    A new window costs a process and every style, script and letter again: a third of what a page costs.
    """

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.free: dict[tuple[str, bool], list[Window]] = {}

    def take(self, language: str, *, javascript: bool, width: int, scheme: str, own: bool) -> Window:
        """Return a window in which nobody is signed in and nothing is kept; a new one if `own`."""
        waiting = self.free.setdefault((language, javascript), [])
        if own or not waiting:
            return self._open(language, javascript, width, scheme)
        window = waiting.pop()
        everything = {"origin": self.site.url, "storageTypes": "all"}
        window.storage.send("Storage.clearDataForOrigin", everything)
        resize(window.page, width)
        show_in(window.page, scheme)
        return window

    def _open(self, language: str, javascript: bool, width: int, scheme: str) -> Window:
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=javascript,
            locale=f"{language}-BE",
            reduced_motion="reduce",
            color_scheme=scheme,
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.agora_javascript, page.agora_language, page.agora_site = javascript, language, self.site.url
        page.agora_scheme = scheme
        return Window(context, page, context.new_cdp_session(page))

    def give_back(self, window: Window, *, reads: bool) -> None:
        """Leave the page for the next one; close the window when it crashed or was closed.

        `reads`: nobody typed or pressed anything in the page, which has nothing to say or to keep when it is
        left; it stays, no longer drawn, until the next one comes.
        """
        page = window.page
        try:
            for other in window.context.pages:
                if other is not page:
                    other.close()
            page.unroute_all()
            if reads:
                page.evaluate("document.documentElement.style.display = 'none'")
            else:
                # What the page still wants to say or keep, it does now. An address of the site, with its
                # headers: from any other the next page would begin in a new process, and compile axe again.
                page.goto(LIGHT_ADDRESS)
        except Error:
            window.context.close()
        else:
            self.free[page.agora_language, page.agora_javascript].append(window)

    def close(self) -> None:
        """Close all of them."""
        for waiting in self.free.values():
            for window in waiting:
                window.context.close()
