"""The editor and the saving form in a real browser: keys, pastes, no network, closed session, two windows."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import address

WORD = Path(__file__).parents[1] / "richtext" / "samples" / "word.html"
SAVED = {"fr": "Enregistré à", "nl": "Bewaard om"}


@pytest.fixture
def desk(open_page, stage):
    """An empty sheet opened by a member; `desk(language="nl", width=390)`."""

    def open_desk(language: str = "fr", width: int = 1280) -> Page:
        return open_page(address("practices:write", language), as_=stage.writer(language), width=width)

    return open_desk


def said(page: Page):
    return page.locator("[data-saved]")


def example_of(page: Page, name: str):
    """The fold « Un exemple » that follows a text."""
    return page.locator(f"#{name}").locator("xpath=following::summary[1]")


def paste(page: Page, html: str, words: str) -> None:
    """Paste into the first editor as Word does: HTML and its bare words."""
    page.locator("#problem").evaluate(
        """(area, [html, words]) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", words);
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          area.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        [html, words],
    )


class TestEditor:
    def test_lists_go_on_and_end(self, desk):
        page = desk()
        page.locator("#problem").focus()
        for key in ("- un", "Enter", "deux", "Enter", "Enter", "fin", "Enter", "1. a", "Enter", "b"):
            page.keyboard.press(key) if key == "Enter" else page.keyboard.type(key)
        expect(page.locator("#problem")).to_have_value("- un\n- deux\nfin\n1. a\n2. b")

    def test_marks_are_put_and_taken_and_undone(self, desk):
        page = desk()
        area, bold = page.locator("#problem"), page.locator("[data-do=bold]").first
        area.fill("mot")
        area.press("Control+a")
        area.press("Control+b")
        expect(area).to_have_value("**mot**")
        expect(bold).to_have_attribute("aria-pressed", "true")
        bold.click()
        expect(area).to_have_value("mot")
        page.locator("[data-do=undo]").first.click()
        expect(area).to_have_value("**mot**")

    @pytest.mark.parametrize(
        ("act", "text"),
        [("list", "- a\n- b"), ("steps", "1. a\n2. b"), ("quote", "> a\n> b"), ("link", "[a\nb](https://)")],
    )
    def test_acts_on_what_is_chosen(self, desk, act, text):
        page = desk()
        page.locator("#problem").fill("a\nb")
        page.locator("#problem").press("Control+a")
        page.locator(f"[data-do={act}]").first.click()
        expect(page.locator("#problem")).to_have_value(text)

    def test_the_toolbar_is_one_stop_and_tab_leaves_the_text(self, desk):
        page = desk()
        page.locator("#summary").focus()
        page.keyboard.press("Tab")
        focused = "document.activeElement.dataset.do || document.activeElement.id"
        expect(example_of(page, "summary")).to_be_focused()  # under the text that it is about
        page.keyboard.press("Tab")
        assert page.evaluate(focused) == "bold"
        page.keyboard.press("ArrowLeft")
        assert page.evaluate(focused) == "undo"
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        assert page.evaluate(focused) == "list"
        page.keyboard.press("Tab")
        assert page.evaluate(focused) == "problem"
        page.keyboard.press("Tab")
        expect(example_of(page, "problem")).to_be_focused()

    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_word_is_pasted_with_its_lists(self, desk, language):
        page = desk(language)
        page.locator("#problem").focus()
        paste(page, WORD.read_text("utf-8"), "sans forme")
        expect(page.locator("#problem")).to_have_value(holding("- une porte fermée\n  - près de l’accueil"))
        expect(page.locator("[data-editor-said]").first).not_to_be_empty()

    def test_when_the_form_cannot_be_read_the_words_are_pasted(self, desk):
        page = desk()
        page.route("**/coller/", lambda route: route.abort())
        page.locator("#problem").focus()
        paste(page, "<p><b>mot</b></p>", "mot")
        expect(page.locator("#problem")).to_have_value("mot")
        expect(page.locator("[data-editor-said]").first).to_contain_text("collé sans elle")


def holding(part: str):
    """A pattern for a value that holds this part."""
    return re.compile(re.escape(part))


class TestSaving:
    @pytest.mark.parametrize(("language", "width"), [("fr", 1280), ("nl", 390)])
    def test_saves_while_one_types_and_opens_again_there(self, desk, language, width):
        page = desk(language, width)
        page.locator("#title").fill("Saved while typing")
        expect(said(page)).to_contain_text(SAVED[language])
        assert page.url.endswith("/1/"), "the address is now that of the draft"
        page.reload()
        expect(page.locator("#title")).to_have_value("Saved while typing")
        expect(page.locator(".notice")).to_have_count(0)

    def test_never_says_saved_without_the_servers_yes(self, desk):
        page = desk()
        page.route("**/enregistrer/**", lambda route: route.abort())
        page.locator("#title").fill("Sans réseau")
        expect(said(page)).to_contain_text("Pas de réseau.")
        expect(said(page)).not_to_contain_text(SAVED["fr"])
        page.unroute("**/enregistrer/**")
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(said(page)).to_contain_text(SAVED["fr"])

    def test_a_breakdown_of_ours_keeps_the_text_here(self, desk, watch):
        page = desk()
        page.route("**/enregistrer/**", lambda route: route.fulfill(status=502, body="<h1>Bad gateway"))
        page.locator("#title").fill("Une panne")
        expect(said(page)).to_contain_text("chez nous")
        watch.wrongs.clear()

    def test_what_was_not_saved_is_offered_the_next_time(self, desk):
        page = desk()
        page.route("**/enregistrer/**", lambda route: route.abort())
        page.locator("#title").fill("Gardé sur cet appareil")
        expect(said(page)).to_contain_text("Pas de réseau.")
        page.goto(address("practices:write", "fr"))
        page.unroute("**/enregistrer/**")
        page.locator("[data-take]").click()
        expect(page.locator("#title")).to_have_value("Gardé sur cet appareil")
        expect(said(page)).to_contain_text(SAVED["fr"])
        page.reload()
        expect(page.locator("[data-take]")).to_have_count(0)

    def test_somebody_else_on_this_device_is_not_offered_it(self, desk, stage, site):
        page = desk()
        page.route("**/enregistrer/**", lambda route: route.abort())
        page.locator("#title").fill("À moi seule")
        expect(said(page)).to_contain_text("Pas de réseau.")
        key = stage["sessions"][stage.colleague("fr")]
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": site.url, "httpOnly": True}])
        page.goto(address("practices:write", "fr"))
        expect(page.locator("[data-saved]")).to_be_visible()
        expect(page.locator("[data-take]")).to_have_count(0)

    def test_a_closed_session_is_said_and_taken_up_again(self, desk, site):
        page = desk()
        session = next(c for c in page.context.cookies() if c["name"] == "sessionid")
        page.context.clear_cookies(name="sessionid")
        page.locator("#title").fill("Session fermée")
        expect(said(page)).to_contain_text("reconnectez-vous ici")
        page.context.add_cookies([session])
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(said(page)).to_contain_text(SAVED["fr"])

    def test_two_windows_are_told_and_choose(self, desk):
        first = desk()
        first.locator("#title").fill("Première fenêtre")
        expect(said(first)).to_contain_text(SAVED["fr"])
        second = first.context.new_page()
        second.goto(first.url)
        first.locator("#title").fill("Première fenêtre, suite")
        first.locator("#summary").focus()
        expect(said(first)).to_have_attribute("data-state", "saved")
        second.locator("#title").fill("Deuxième fenêtre")
        second.locator("#summary").focus()
        expect(said(second)).to_contain_text("autre fenêtre")
        second.locator("[data-insist]").click()
        expect(said(second)).to_have_attribute("data-state", "saved")
        second.reload()
        expect(second.locator("#title")).to_have_value("Deuxième fenêtre")

    def test_the_last_words_leave_with_the_page(self, desk):
        page = desk()
        page.locator("#title").fill("Un début")
        expect(said(page)).to_contain_text(SAVED["fr"])
        url = page.url
        page.locator("#title").fill("Un début et une fin")
        page.goto("about:blank")
        for _ in range(20):  # this page may be asked for before the last words have arrived
            page.goto(url)
            if page.locator("#title").input_value() == "Un début et une fin":
                break
        expect(page.locator("#title")).to_have_value("Un début et une fin")
