"""A message begun on one device is found on another, and is gone from both once it is sent."""

import pytest
from playwright.sync_api import expect

from .acts import Way, press, saved, tell, told

WAYS = [Way("fr", True, 390), Way("nl", True, 1280)]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_message_begun_here_is_found_there(way: Way, open_page, stage, look):
    sheet = tell(open_page(None, as_=stage.writer(way.language), **way.window), way, told(way, "Ganshoren"))
    here, there = (open_page(sheet, as_=stage.colleague(way.language), **way.window) for _device in range(2))
    here.locator("#msg").fill("Commencé au guichet, fini au bureau.")
    saved(here, way)
    here.locator("#msg").scroll_into_view_if_needed()
    look(here, "message-kept")

    there.reload()
    expect(there.locator("#msg")).to_have_value("Commencé au guichet, fini au bureau.")
    begun = way.say("Pas encore envoyé. Enregistré %(saved)s.").split("%(saved)s")[0].strip()
    expect(there.locator("[data-saved]")).to_contain_text(begun)
    there.locator("#msg").scroll_into_view_if_needed()
    look(there, "message-begun-elsewhere")
    press(there, way, "Envoyer")
    expect(there.locator("article").filter(has_text="Commencé au guichet")).to_be_visible()
    expect(there.locator("#msg")).to_have_value("")
    here.reload()
    expect(here.locator("#msg")).to_have_value("")
    expect(here.locator("[data-take]")).to_have_count(0)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_was_sent_before_it_could_be_kept_is_not_offered_again(way: Way, open_page, stage):
    sheet = tell(open_page(None, as_=stage.writer(way.language), **way.window), way, told(way, "Berchem"))
    page = open_page(sheet, as_=stage.colleague(way.language), **way.window)
    page.locator("#msg").fill("Vite dit.")
    press(page, way, "Envoyer")
    expect(page.locator("article").filter(has_text="Vite dit.")).to_be_visible()
    page.reload()
    expect(page.locator("#msg")).to_have_value("")
    expect(page.locator("[data-take]")).to_have_count(0)
