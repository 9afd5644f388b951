"""The second step: applications, keys, recovery codes."""

import json

import pytest
from allauth.mfa.models import Authenticator

from .factories import PASSWORD, add_application, address_of, code_of


@pytest.fixture
def browser(client, member):
    """Signed in by password, and asked again who one is."""
    client.post(address_of("account_login"), {"login": member.email, "password": PASSWORD})
    client.post(address_of("account_reauthenticate"), {"password": PASSWORD})
    return client


PAGES = [
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_ours_and_runs_no_inline_script(browser, name, language):
    response = browser.get(address_of(name, language))
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert 'id="contenu"' in page
    assert " style=" not in page and "<style" not in page and " onclick" not in page and "data:" not in page
    for script in page.split("<script")[1:]:
        head, _, body = script.partition(">")
        assert "src=" in head or 'type="application/json"' in head
    assert "'unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_adding_asks_again_who_one_is(client_of, member, name):
    response = client_of(member).get(address_of(name))
    assert response["Location"].startswith(address_of("account_reauthenticate"))
    page = client_of(member).get(response["Location"])
    assert page.status_code == 200


@pytest.mark.parametrize("password", ["faux", "", "\x00", "x" * 10_000])
def test_a_wrong_password_is_asked_again(client_of, member, password):
    response = client_of(member).post(address_of("account_reauthenticate"), {"password": password})
    assert response.context["form"].errors["password"]


class TestAnApplication:
    def test_is_added_with_its_first_code_and_gives_recovery_codes(
        self, browser, member, mailoutbox, on_commit
    ):
        page = browser.get(address_of("mfa_activate_totp"))
        assert b"<svg" in page.content
        secret = page.context["form"].secret
        with on_commit():
            response = browser.post(address_of("mfa_activate_totp"), {"code": code_of(secret)})
        assert response["Location"] == address_of("mfa_view_recovery_codes")
        codes = browser.get(response["Location"])
        assert len(codes.context["unused_codes"]) == 10
        text = browser.get(address_of("mfa_download_recovery_codes")).content.decode()
        assert set(text.split()) == set(codes.context["unused_codes"])
        assert {mail.to[0] for mail in mailoutbox} == {member.email}, "the owner is told"

    @pytest.mark.parametrize("code", ["", "000000", "\x00", "1" * 10_000, "abcdef"])
    def test_is_not_added_with_a_wrong_one(self, browser, member, code):
        secret = browser.get(address_of("mfa_activate_totp")).context["form"].secret
        response = browser.post(address_of("mfa_activate_totp"), {"code": code})
        assert response.context["form"].errors["code"]
        assert response.context["form"].secret == secret, "the drawing that was read stays good"
        assert not Authenticator.objects.filter(user=member).exists()

    def test_is_asked_at_the_next_sign_in(self, client, member):
        secret = add_application(member)
        login = client.post(address_of("account_login"), {"login": member.email, "password": PASSWORD})
        assert login["Location"] == address_of("mfa_authenticate")
        assert client.get(address_of("people:profile")).status_code == 302
        assert client.get(address_of("mfa_authenticate")).status_code == 200
        assert client.post(address_of("mfa_authenticate"), {"code": code_of(secret)})["Location"] == "/fr/"
        assert client.get(address_of("people:profile")).status_code == 200

    def test_keeps_the_way_back_through_the_second_step(self, client, member):
        secret = add_application(member)
        back = address_of("people:edit_profile")
        data = {"login": member.email, "password": PASSWORD, "next": back}
        client.post(address_of("account_login"), data)
        assert client.post(address_of("mfa_authenticate"), {"code": code_of(secret)})["Location"] == back

    def test_can_be_abandoned(self, client, member):
        add_application(member)
        client.post(address_of("account_login"), {"login": member.email, "password": PASSWORD})
        client.post(address_of("account_logout"), {"next": address_of("account_login")})
        assert client.get(address_of("mfa_authenticate"))["Location"] == address_of("account_login")

    def test_is_removed_after_a_question(self, browser, member):
        add_application(member)
        assert browser.get(address_of("mfa_deactivate_totp")).status_code == 200
        assert Authenticator.objects.filter(user=member).exists()
        assert browser.post(address_of("mfa_deactivate_totp"))["Location"] == address_of("mfa_index")
        assert not Authenticator.objects.filter(user=member).exists()

    def test_can_answer_who_one_is(self, client_of, member):
        secret = add_application(member)
        client = client_of(member)
        assert client.get(address_of("mfa_reauthenticate")).status_code == 200
        assert client.post(address_of("mfa_reauthenticate"), {"code": "000000"}).context["form"].errors
        client.post(address_of("mfa_reauthenticate"), {"code": code_of(secret)})
        assert client.get(address_of("mfa_deactivate_totp")).status_code == 200


class TestRecoveryCodes:
    @pytest.fixture
    def codes(self, browser, member):
        add_application(member)
        assert browser.get(address_of("mfa_generate_recovery_codes")).status_code == 200
        browser.post(address_of("mfa_generate_recovery_codes"))
        return browser.get(address_of("mfa_view_recovery_codes")).context["unused_codes"]

    def test_open_once_each(self, codes, client_of, member):
        for expected in (True, False):
            client = client_of(None)
            client.post(address_of("account_login"), {"login": member.email, "password": PASSWORD})
            client.post(address_of("mfa_authenticate"), {"code": codes[0]})
            assert (client.get(address_of("people:profile")).status_code == 200) == expected

    def test_are_counted_on_the_page(self, codes, browser):
        assert "10" in browser.get(address_of("mfa_index")).content.decode()

    def test_are_nobody_elses(self, codes, client_of, colleague):
        assert client_of(colleague).get(address_of("mfa_view_recovery_codes")).status_code in (302, 404)


FORGED = [
    json.dumps({"id": "x", "type": "public-key"}),
    json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}),
    json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": None}),
    json.dumps(
        {
            "id": "eA",
            "rawId": "eA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "attestationObject": "oA",
                "authenticatorData": "AA",
                "signature": "AA",
                "userHandle": "MQ",
            },
            "clientExtensionResults": {},
        }
    ),
    json.dumps({"response": {"userHandle": 5}}),
    json.dumps({"response": "x"}),
]


@pytest.mark.parametrize(
    "credential", ["", "null", "{}", "[]", "1", '"x"', "\x00", "{" * 10_000, "[" * 100_000, *FORGED]
)
@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_login_webauthn", "mfa_authenticate"])
def test_a_forged_key_is_refused_quietly(browser, client_of, make_member, name, credential):
    if name == "mfa_authenticate":
        person = make_member()
        add_application(person)
        browser = client_of(None)
        browser.post(address_of("account_login"), {"login": person.email, "password": PASSWORD})
    elif name == "mfa_login_webauthn":
        browser = client_of(None)
    browser.get(address_of(name))
    response = browser.post(address_of(name), {"credential": credential, "name": "x"})
    assert response.status_code in (200, 302)
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("pk", [1, 10**30])
def test_nobody_elses_key_can_be_reached(browser, pk):
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert browser.get(address_of(name, pk=pk)).status_code == 404
