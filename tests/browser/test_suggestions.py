"""The search box by keyboard: suggestions open, move, close, lead on; without script it is a form."""

import pytest
from playwright.sync_api import Page, expect

from .acts import Way
from .axe import findings

WAYS = [Way("fr", True, 1280), Way("nl", True, 390)]
BEGUN = {"fr": "accu", "nl": "ontha"}


def box_of(page: Page):
    return page.get_by_role("combobox").first


def chosen(page: Page) -> str:
    """Return the line that the box points at; empty when it points at none."""
    line = page.locator("#q").get_attribute("aria-activedescendant")
    return page.locator(f"#{line}").text_content() if line else ""


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_suggestions_by_keyboard(way: Way, open_page, stage, look):
    page = open_page(way.to("practices:list"), as_=stage.writer(way.language), **way.window)
    page.keyboard.press("/")
    box, lines = box_of(page), page.locator("#suggestions > [role=option]")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type(BEGUN[way.language])
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form.find [role=status]")).not_to_be_empty()
    count = lines.count()
    page.keyboard.press("ArrowDown")
    assert chosen(page) == lines.first.text_content()
    expect(lines.first).to_have_attribute("aria-selected", "true")
    look(page, "suggestions")
    assert findings(page) == ""
    page.keyboard.press("ArrowUp")  # back in the box: what was typed is still there
    assert chosen(page) == ""
    page.keyboard.press("ArrowUp")
    assert chosen(page) == lines.nth(count - 1).text_content()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value() == BEGUN[way.language]
    page.keyboard.press("ArrowDown")  # asks again
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    where = lines.first.get_attribute("data-url")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(where)


@pytest.mark.parametrize("way", WAYS[:1], ids=str)
def test_enter_without_a_choice_searches_what_was_typed(way: Way, open_page, stage):
    page = open_page(way.to("search:results"), as_=stage.writer(way.language), **way.window)
    page.keyboard.press("/")
    page.keyboard.type("accu")
    expect(box_of(page)).to_have_attribute("aria-expanded", "true")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("?q=accu")


@pytest.mark.parametrize("way", [Way("fr", False, 390)], ids=str)
def test_without_script_the_box_is_a_form(way: Way, open_page, stage):
    page = open_page(way.to("search:results"), as_=stage.writer(way.language), **way.window)
    box = page.locator("#q")
    assert box.get_attribute("role") is None
    box.fill("accueil")
    with page.expect_navigation():
        box.press("Enter")
    assert page.locator("h1").text_content().endswith("accueil\xa0»")
