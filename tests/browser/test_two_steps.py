"""The second step in a real browser: allauth's scripts under our policy, with a key that Chromium plays."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import PASSWORD

MEMBER = "samira.b@cpas-forest.example"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(page: Page) -> None:
    """Give the browser a key that answers at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def confirm(page: Page) -> None:
    """Say again who one is."""
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_application_and_a_key_protect_an_account(open_page, look, axe, width):
    page = open_page("/fr/compte/deux-etapes/", width=width, as_=MEMBER)
    plug_in(page)
    look(page, "two-steps")
    axe(page)

    page.get_by_role("link", name="Relier une application").click()
    look(page, "confirm-again")
    axe(page)
    confirm(page)
    expect(page.locator(".qr svg")).to_be_visible()
    look(page, "two-steps-application")
    axe(page)

    page.goto("/fr/compte/deux-etapes/cles/ajouter/")
    axe(page)
    page.get_by_label(re.compile("^Me connecter avec cette clé seule")).check()
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    look(page, "two-steps-codes")
    axe(page)

    page.goto("/fr/compte/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/fr/compte/connexion/?next=/fr/profil/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url(re.compile(r"/fr/profil/$"))

    page.goto("/fr/compte/deux-etapes/cles/")
    look(page, "two-steps-keys")
    axe(page)
    page.get_by_role("link", name=re.compile("^Retirer cette clé")).click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Retirer la clé").click()
    expect(page.get_by_text("La clé d’accès est retirée.")).to_be_visible()


def test_a_key_that_does_not_answer_is_said_in_the_page(open_page, axe):
    page = open_page("/fr/compte/connexion/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_text("La clé d’accès n’a pas répondu.")).to_be_visible()
    axe(page)


def test_without_scripts_the_page_says_what_still_works(open_page):
    page = open_page("/fr/compte/connexion/", javascript=False)
    expect(page.get_by_text("Les codes d’une application marchent sans.")).to_be_visible()
