"""The windows of the browser, handed from test to test, and who listens to what goes wrong in them.

A file of its own because the tests share what it keeps; conftest.py only lends it out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, Response

from .server import Site

LIGHT_ADDRESS = "/robots.txt"
HEIGHTS = {1280: 900, 390: 844, 320: 568}


def resize(page: Page, width: int) -> None:
    """Give the window another width."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


class Watch:
    """Collects what went wrong behind a page."""

    def __init__(self, site: Site) -> None:
        self.host = urlsplit(site.url).netloc
        self.wrongs: list[str] = []
        self.listeners: list[tuple[Page, str, Callable]] = []

    def over(self, page: Page) -> None:
        """Listen to one page."""
        for event, heard in (
            ("console", lambda said: self._console(said.type, said.text)),
            ("pageerror", lambda error: self.wrongs.append(f"script error: {error}")),
            ("response", self._response),
            ("request", lambda request: self._host(request.url)),
        ):
            page.on(event, heard)
            self.listeners.append((page, event, heard))

    def leave(self) -> None:
        """Listen no longer: the pages may be kept for another test, which has a watch of its own."""
        for page, event, heard in self.listeners:
            page.remove_listener(event, heard)
        self.listeners.clear()

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

    def take(self, language: str, *, javascript: bool, width: int, own: bool) -> Window:
        """Return a window in which nobody is signed in and nothing is kept; a new one if `own`."""
        waiting = self.free.setdefault((language, javascript), [])
        if own or not waiting:
            return self._open(language, javascript, width)
        window = waiting.pop()
        everything = {"origin": self.site.url, "storageTypes": "all"}
        window.storage.send("Storage.clearDataForOrigin", everything)
        resize(window.page, width)
        return window

    def _open(self, language: str, javascript: bool, width: int) -> Window:
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=javascript,
            locale=f"{language}-BE",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.agora_javascript, page.agora_language, page.agora_site = javascript, language, self.site.url
        return Window(context, page, context.new_cdp_session(page))

    def give_back(self, window: Window) -> None:
        """Leave the page for the next one; close the window when it crashed or was closed."""
        page = window.page
        try:
            for other in window.context.pages:
                if other is not page:
                    other.close()
            page.unroute_all()
            # What the page still wants to say or keep, it does now. An address of the site, with its headers:
            # from any other the next page would begin in a new process, without the scripts compiled in this.
            page.goto(LIGHT_ADDRESS)
            page.emulate_media(color_scheme="light")
        except Error:
            window.context.close()
        else:
            self.free[page.agora_language, page.agora_javascript].append(window)

    def close(self) -> None:
        """Close all of them."""
        for waiting in self.free.values():
            for window in waiting:
                window.context.close()
