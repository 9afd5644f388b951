"""The whole road by keyboard alone: real keys, and a visible focus at each stop."""

import pytest
from playwright.sync_api import Page, expect

from .acts import Way, press, saved, told
from .conftest import PASSWORD

MOST_STOPS = 90
LANGUAGES = [Way("fr", True, 1280), Way("nl", True, 390)]

# What has the focus, and whether one sees it: an outline on it, on its label, or on the drawn box after it.
# It comes into the window with one of the next frames, within a second on a busy machine.
FOCUS = """async () => {
  const at = document.activeElement;
  const seen = (one) => {
    if (!one) return false;
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const inside = () => {
    const box = at.getBoundingClientRect();
    const across = box.right > 0 && box.left < innerWidth;
    return at === document.body || (across && box.bottom > 0 && box.top < innerHeight);
  };
  const patience = performance.now() + 1000;
  while (!inside() && performance.now() < patience) await new Promise(requestAnimationFrame);
  return {
    what: `${at.tagName.toLowerCase()} ${at.id || at.name || at.textContent.trim().slice(0, 40)}`,
    visible: at === document.body || seen(at) || seen(at.closest("label")) || seen(at.nextElementSibling),
    inside: inside(),
  };
}"""


class Keys:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press some keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.page.keyboard.insert_text(text)

    def reach(self, target: str) -> None:
        """Press Tab until what matches `target` (a selector) has the focus; every stop must be visible."""
        for _ in range(MOST_STOPS):
            if self.page.evaluate("(target) => document.activeElement.matches(target)", target):
                return
            self.press("Tab")
            focus = self.page.evaluate(FOCUS)
            assert focus["visible"], f"the focus is invisible on « {focus['what']} » of {self.page.url}"
            assert focus["inside"], f"the focus is out of sight on « {focus['what']} » of {self.page.url}"
        raise AssertionError(f"{target} is not reached by Tab on {self.page.url}")

    def follow(self, target: str, key: str = "Enter") -> None:
        """Reach a link or a button and follow it to its page."""
        self.reach(target)
        with self.page.expect_navigation():
            self.press(key)


@pytest.mark.parametrize("way", LANGUAGES, ids=str)
def test_sign_in_write_find_and_comment(way: Way, open_page, stage, look):
    texts = told(way, "clavier")
    page = open_page(f"/{way.language}/", **way.window)
    keys = Keys(page)

    keys.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    look(page, "keyboard-skip")
    keys.press("Enter", "Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")

    keys.follow(f"main a[href^='{way.to('account_login')}']")
    keys.reach("input[name=login]")
    keys.write(stage.writer(way.language))
    keys.reach("input[name=password]")
    keys.write(PASSWORD)
    keys.reach("input[name=remember]")
    keys.press("Space")
    keys.follow("main form button")

    keys.follow(f"header a[href='{way.to('practices:write')}']")
    for name in ("title", "summary"):
        keys.reach(f"#{name}")
        keys.write(texts[name])
    keys.reach("[role=toolbar] button")
    keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.do") == "list"
    keys.reach("#problem")
    keys.write(texts["problem"])
    keys.reach("input[name=kind]")  # the arrows choose between a tip and a sheet
    keys.press("ArrowUp", "ArrowDown")
    expect(page.locator("input[name=kind][value=sheet]")).to_be_checked()
    saved(page, way)
    keys.follow(".bar button[value=next]")
    keys.reach("#steps")
    keys.write(texts["steps"])
    keys.follow(".bar button[value=next]")
    keys.follow(".bar button[value=next]")
    keys.reach("input[name=themes]")
    keys.press("Space")
    keys.follow(".bar button[value=next]")
    keys.follow("button[value=publish]")
    expect(page.locator("h1")).to_have_text(texts["title"])

    keys.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    keys.write(texts["title"])
    with page.expect_navigation():
        keys.press("Enter")
    slug = page.get_by_role("main").get_by_role("link", name=texts["title"]).get_attribute("href")
    look(page, "keyboard-found")
    keys.follow(f"main h3 a[href='{slug}']")

    keys.reach("#msg")
    keys.write("Sans souris, tout va.")
    keys.follow("form.compose button.btn")
    expect(page.locator("article").filter(has_text="Sans souris, tout va.")).to_be_in_viewport()


@pytest.mark.parametrize("way", LANGUAGES, ids=str)
def test_slash_leads_to_the_search_box_but_not_while_typing(way: Way, open_page, stage):
    page = open_page(way.to("practices:list"), as_=stage.writer(way.language), **way.window)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("a/b")
    assert page.locator("#q").input_value() == "a/b"


@pytest.mark.parametrize("way", [Way("fr", True, 390), Way("nl", True, 390)], ids=str)
def test_menu_of_the_phone(way: Way, open_page, stage):
    page = open_page(f"/{way.language}/", as_=stage.writer(way.language), **way.window)
    keys = Keys(page)
    keys.reach("header button.menu")
    keys.press("Enter")
    assert page.locator("#menu").is_visible()
    keys.reach(f"#menu a[href='{way.to('people:profile')}']")
    keys.press("Escape")
    assert not page.locator("#menu").is_visible()
    assert page.evaluate("document.activeElement.matches('header button.menu')")  # the focus is not lost


STOPS = """() => [...document.querySelectorAll("main a[href], main button, main input, main select, main textarea, main summary")]
  .filter((one) => one.type !== "hidden" && !one.disabled && one.checkVisibility({ visibilityProperty: true }))
  .map((one, number) => { one.dataset.stop = number; return number; })"""  # noqa: E501
# Of radio buttons with one name, Tab reaches one: the arrows reach the others.
STOP = """() => {
  const at = document.activeElement;
  const group = at.type === "radio" ? [...document.querySelectorAll(`[name="${at.name}"]`)] : [at];
  return group.map((one) => one.dataset.stop).filter((stop) => stop !== undefined).map(Number);
}"""


@pytest.mark.parametrize("way", LANGUAGES, ids=str)
def test_all_of_a_room_is_reached_and_what_moves_is_said(way: Way, open_page, stage):
    """Every stop of a room's page is reached by Tab, seen, and in sight; a move of the room is announced."""
    room = stage[way.language]["rooms"]["live"]
    page = open_page(way.to("forum:room", pk=room), as_=stage.writer(way.language), **way.window)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    wanted, reached = set(page.evaluate(STOPS)), set()
    page.locator("#texte").fill(
        told(way, "salle")["title"]
    )  # what one types keeps the page from loading anew
    page.evaluate(
        "document.querySelector('h1').setAttribute('tabindex', '-1'), document.querySelector('h1').focus()"
    )
    keys = Keys(page)
    for _ in range(len(wanted) + 10):
        keys.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["visible"] and focus["inside"], f"« {focus['what']} » of {page.url} is not seen"
        reached |= set(page.evaluate(STOP))
    assert wanted == reached & wanted, f"not reached by Tab: {wanted - reached}"

    said = page.locator("[data-beat-url] [role=status]")
    expect(said).to_have_text("")
    other = open_page(way.to("forum:room", pk=room), as_=stage.colleague(way.language), **way.window)
    other.locator("#texte").fill(told(way, "autre")["title"])
    press(other, way, "Déposer")
    expect(said).to_contain_text(way.say("La salle a bougé. Votre texte reste là où il est."), timeout=10_000)
    assert page.locator("#texte").input_value() == told(way, "salle")["title"]
