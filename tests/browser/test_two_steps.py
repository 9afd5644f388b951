"""The second step in a real browser: allauth's scripts under our policy, with a key that Chromium plays."""

import re

from playwright.sync_api import Page, expect

from .conftest import PASSWORD

MEMBER = "thomas.g@cpas-watermael.example"
PROFILE = re.compile(r"^[^?]*/fr/profil/$")
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


def test_an_application_and_a_key_protect_an_account(open_page, inspect):
    page = open_page("/fr/compte/deux-etapes/application/", as_=MEMBER, own=True)
    plug_in(page)
    expect(page.locator(".qr svg")).to_be_visible()
    inspect(page, "two-steps-drawing")

    page.goto("/fr/compte/deux-etapes/cles/ajouter/")
    page.get_by_label(re.compile("^Me connecter avec cette clé seule")).check()
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    inspect(page, "two-steps-rescue")

    page.goto("/fr/compte/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/fr/compte/connexion/?next=/fr/profil/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url(PROFILE)

    page.goto("/fr/compte/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/fr/compte/connexion/?next=/fr/profil/")
    page.locator("input[name=login]").fill(MEMBER)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deuxième étape")
    inspect(page, "second-step")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url(PROFILE)

    page.goto("/fr/compte/deux-etapes/cles/")
    inspect(page, "two-steps-my-keys")
    page.get_by_role("link", name=re.compile("^Retirer cette clé")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est bien vous ?")
    inspect(page, "again-password")
    with page.expect_navigation():
        page.get_by_role("link", name="Utiliser une clé d’accès").click()
    inspect(page, "again-key")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.get_by_role("button", name="Retirer la clé").click()
    expect(page.get_by_text("La clé d’accès est retirée.")).to_be_visible()


def test_a_key_that_does_not_answer_is_said_in_the_page(open_page, inspect):
    page = open_page("/fr/compte/connexion/", own=True)
    plug_in(page)  # a new one, which knows nobody
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_text("La clé d’accès n’a pas répondu.")).to_be_visible()
    inspect(page, "login-no-key")
