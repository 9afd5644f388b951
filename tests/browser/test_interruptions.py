"""What happens to a text when something comes in between: the session ends, the network goes away, we die."""

import os
import signal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, expect

from .acts import Way, another_tab, fill_first_step, press, saved, told
from .conftest import sign_in
from .server import copy_of, start

SCRIPTED = [Way("fr", True, 390), Way("nl", True, 1280)]
UNSCRIPTED = [Way("fr", False, 1280), Way("nl", False, 390)]


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_session_ends_while_writing(way: Way, open_page, stage, look, watch):
    texts = told(way, "session")
    page = open_page(way.to("practices:write"), **way.window)
    sign_in(page, stage.writer(way.language), language=way.language)
    fill_first_step(page, texts)
    saved(page, way)

    page.context.clear_cookies(name="sessionid")
    page.locator("#title").fill(texts["title"] + " (suite)")
    page.locator("#summary").focus()
    said = page.locator("[data-saved]")
    expect(said).to_contain_text(way.say("Votre session s’est fermée. Votre texte est là :"))
    look(page, "interrupted-session")

    with page.expect_popup() as opened:
        said.get_by_role("link").click()
    watch.over(opened.value)
    sign_in(opened.value, stage.writer(way.language), language=way.language)
    opened.value.close()
    page.locator("#summary").fill(texts["summary"] + " Merci.")
    page.locator("#title").focus()
    saved(page, way)
    page.reload()
    expect(page.locator("#title")).to_have_value(texts["title"] + " (suite)")
    expect(page.locator("#summary")).to_have_value(texts["summary"] + " Merci.")


@pytest.mark.parametrize("way", UNSCRIPTED, ids=str)
def test_session_ends_before_sending(way: Way, open_page, stage, look):
    texts = told(way, "session")
    page = open_page(way.to("practices:write"), as_=stage.writer(way.language), **way.window)
    fill_first_step(page, texts)
    page.context.clear_cookies(name="sessionid")
    press(page, way, "Continuer")
    expect(page.locator("input[name=login]")).to_be_visible()
    look(page, "interrupted-login")
    sign_in(page, stage.writer(way.language), language=way.language)
    for name in ("title", "summary", "problem"):
        expect(page.locator(f"#{name}")).to_have_value(texts[name])
    look(page, "interrupted-back")
    page.goto(way.to("drafts:list"))
    expect(page.get_by_role("link", name=texts["title"], exact=True)).to_be_visible()


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_network_goes_away_while_writing(way: Way, open_page, stage, look, watch):
    texts = told(way, "réseau")
    page = open_page(way.to("practices:write"), as_=stage.writer(way.language), own=True, **way.window)
    fill_first_step(page, texts)
    saved(page, way)
    draft = page.url

    page.context.set_offline(True)
    page.locator("#problem").fill("Ceci est écrit sans réseau.")
    page.locator("#summary").focus()
    said = "Pas de réseau. Votre texte est gardé sur cet appareil ; nouvel essai dans une minute."
    expect(page.locator("[data-saved]")).to_contain_text(way.say(said))
    look(page, "interrupted-network")
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")  # closing calmly would send the last words after all
    page.close()
    page.context.set_offline(False)

    page = another_tab(page, watch)
    page.goto(draft)
    expect(page.locator("#problem")).to_have_value(texts["problem"])  # what the server has
    look(page, "interrupted-kept")
    press(page, way, "Le reprendre")
    expect(page.locator("#problem")).to_have_value("Ceci est écrit sans réseau.")
    saved(page, way)
    page.reload()
    expect(page.locator("#problem")).to_have_value("Ceci est écrit sans réseau.")
    expect(page.locator("[data-take]")).to_have_count(0)


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_network_comes_back_while_the_page_is_open(way: Way, open_page, stage):
    texts = told(way, "retour")
    page = open_page(way.to("practices:write"), as_=stage.writer(way.language), own=True, **way.window)
    page.context.set_offline(True)
    fill_first_step(page, texts)
    page.locator("#title").focus()
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "offline")
    page.context.set_offline(False)
    saved(page, way)


@pytest.mark.parametrize("way", SCRIPTED[:1], ids=str)
def test_the_server_is_killed_while_one_writes(way: Way, browser, prepared_data, stage, tmp_path):
    """A site of its own is killed like a machine that loses power, and comes back at the same address."""
    site, process = start(copy_of(prepared_data, tmp_path / "var"))
    context = browser.new_context(base_url=site.url, viewport={"width": way.width, "height": 900})
    try:
        key = stage["sessions"][stage.writer(way.language)]
        context.add_cookies([{"name": "sessionid", "value": key, "url": site.url, "httpOnly": True}])
        page = context.new_page()
        page.goto(way.to("practices:write"))
        page.locator("#title").fill("Avant la panne")
        saved(page, way)
        draft = page.url

        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
        page.locator("#title").fill("Avant la panne, et pendant")
        expect(page.locator("[data-saved]")).to_have_attribute("data-state", "offline")
        site, process = start(site.var, urlsplit(site.url).port)
        other = context.new_page()
        other.goto(draft)
        expect(other.locator("#title")).to_have_value("Avant la panne")
        page.evaluate("window.dispatchEvent(new Event('online'))")
        saved(page, way)

        other.goto(way.to("account_logout"))
        other.locator("main form button").click()
        other.goto(draft)
        sign_in(other, stage.writer(way.language), language=way.language)
        expect(other.locator("#title")).to_have_value("Avant la panne, et pendant")
    finally:
        context.close()
        process.terminate()
        process.wait(20)
