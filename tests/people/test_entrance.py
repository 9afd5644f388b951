"""Coming in and going out: sign-in, the way back, passwords, addresses."""

import pytest
from allauth.account.models import EmailAddress

from agora.people.models import Member
from agora.vocabulary.models import Cpas

from .factories import FOREST, PASSWORD, address_of, link_in


def sign_in(client, address, password=PASSWORD, language="fr", follow="", **data):
    path = address_of("account_login", language) + follow
    return client.post(path, {"login": address, "password": password} | data)


def is_signed_in(client) -> bool:
    return client.get(address_of("people:profile")).status_code == 200


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_the_pages_before_the_door_are_public_and_ours(client, db, name, language):
    response = client.get(address_of(name, language))
    assert response.status_code == 200
    page = response.content.decode()
    assert f'<html lang="{language}">' in page
    assert 'id="contenu"' in page
    assert "style=" not in page and "onclick" not in page


class TestSigningIn:
    def test_opens_the_home_page(self, client, member):
        assert sign_in(client, member.email)["Location"] == "/fr/"
        assert is_signed_in(client)

    def test_leads_home_in_the_language_of_the_account(self, client, colleague):
        assert sign_in(client, colleague.email)["Location"] == "/nl/"

    def test_leads_back_where_one_was_going(self, client, member):
        asked = address_of("people:edit_profile")
        door = client.get(asked)["Location"]
        assert door == f"{address_of('account_login')}?next={asked}"
        assert 'name="next"' in client.get(door).content.decode()
        assert sign_in(client, member.email, follow=f"?next={asked}")["Location"] == asked

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", "\x00/fr/"],
    )
    def test_never_leads_elsewhere(self, client, member, elsewhere):
        response = sign_in(client, member.email, follow=f"?next={elsewhere}", next=elsewhere)
        assert response["Location"] == "/fr/"

    def test_the_case_of_the_address_does_not_count(self, client, member):
        sign_in(client, member.email.upper())
        assert is_signed_in(client)

    @pytest.mark.parametrize("known", [True, False])
    def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(self, client, member, known):
        response = sign_in(client, member.email if known else "personne@cpas.example", "faux mot de passe")
        (message,) = response.context["form"].non_field_errors()
        assert message.startswith("L’adresse et le mot de passe ne vont pas ensemble.")
        assert not is_signed_in(client)

    def test_an_unproved_address_gets_a_new_link_instead(self, client, member, mailoutbox):
        EmailAddress.objects.update(verified=False)
        assert sign_in(client, member.email)["Location"] == address_of("account_email_verification_sent")
        assert not is_signed_in(client)
        assert len(mailoutbox) == 1

    def test_five_wrong_passwords_close_the_account_for_a_while(self, client, member):
        for _ in range(5):
            sign_in(client, member.email, "faux")
        response = sign_in(client, member.email)
        assert "cinq minutes" in response.context["form"].non_field_errors()[0]
        assert not is_signed_in(client)

    def test_the_session_changes_its_name_and_ends_with_the_browser(self, client, member):
        client.get(address_of("account_login"))
        client.session["before"] = True
        sign_in(client, member.email)
        assert client.session.get_expire_at_browser_close()

    def test_staying_signed_in_is_a_choice(self, client, member):
        sign_in(client, member.email, remember="on")
        assert not client.session.get_expire_at_browser_close()

    def test_whoever_waits_is_told_so(self, client, pending):
        assert sign_in(client, pending.email)["Location"] == address_of("people:waiting")

    @pytest.mark.parametrize("value", ["", "\x00", "x" * 10_000, "é@é", "' OR 1=1 --"])
    def test_strange_input_is_refused_quietly(self, client, member, value):
        for data in ({"login": value, "password": PASSWORD}, {"login": member.email, "password": value}):
            assert client.post(address_of("account_login"), data).status_code == 200
        assert not is_signed_in(client)


class TestGoingOut:
    def test_asks_first(self, client_of, member):
        client = client_of(member)
        assert client.get(address_of("account_logout")).status_code == 200
        assert is_signed_in(client), "a link signs nobody out"
        assert client.post(address_of("account_logout"))["Location"] == "/fr/"
        assert not is_signed_in(client)

    def test_a_suspended_account_is_out_at_once(self, client_of, member):
        client = client_of(member)
        assert is_signed_in(client)
        Member.objects.filter(pk=member.pk).update(status="suspended", is_active=False)
        assert not is_signed_in(client)
        assert sign_in(client, member.email)["Location"] == address_of("account_inactive")


class TestTheForgottenPassword:
    def ask(self, client, address):
        return client.post(address_of("account_reset_password"), {"email": address})

    def test_is_replaced_by_a_link(self, client, client_of, member, mailoutbox):
        elsewhere = client_of(member)
        assert self.ask(client, member.email)["Location"] == address_of("account_reset_password_done")
        (mail,) = mailoutbox
        page = client.get(link_in(mail), follow=True)
        form = page.redirect_chain[-1][0]
        data = {"password1": "un autre vélo vert", "password2": "un autre vélo vert"}
        assert client.post(form, data)["Location"] == address_of("account_reset_password_from_key_done")
        assert not is_signed_in(elsewhere), "whoever was in with the old password is out"
        sign_in(client, member.email, "un autre vélo vert")
        assert is_signed_in(client)
        assert "remplacé" in mailoutbox[-1].body, "the owner is told"
        again = client_of(None).get(link_in(mail))
        assert again.context["token_fail"], "the link served once"

    def test_says_the_same_to_a_stranger(self, client, client_of, member):
        answers = []
        for address in (member.email, "personne@cpas.example"):
            browser = client_of(None)
            response = self.ask(browser, address)
            answers.append((response["Location"], browser.get(response["Location"]).content))
        assert answers[0] == answers[1]

    def test_refuses_a_poor_one(self, client, member, mailoutbox):
        self.ask(client, member.email)
        form = client.get(link_in(mailoutbox[0]), follow=True).redirect_chain[-1][0]
        response = client.post(form, {"password1": "court", "password2": "court"})
        assert response.context["form"].errors["password1"]

    @pytest.mark.parametrize(
        "key", ["1-abc", "zzzzzzzzzzzzzzzzzzzzzzz-abc-def", "1-set-password", f"{'z' * 13}-x"]
    )
    def test_a_bad_link_explains_itself(self, client, db, key):
        user, _, token = key.partition("-")
        response = client.get(address_of("account_reset_password_from_key", uidb36=user, key=token))
        assert response.status_code == 200
        assert response.context["token_fail"]

    @pytest.mark.parametrize("value", ["", "\x00", "x" * 10_000])
    def test_strange_input_comes_back(self, client, db, value):
        assert self.ask(client, value).status_code == 200


class TestChangingThePassword:
    def post(self, client, old=PASSWORD, new="un autre vélo vert", again=None):
        data = {"oldpassword": old, "password1": new, "password2": again or new}
        return client.post(address_of("account_change_password"), data)

    def test_keeps_this_session_and_ends_the_others(self, client_of, member, mailoutbox):
        here, elsewhere = client_of(member), client_of(member)
        assert self.post(here)["Location"] == address_of("people:profile")
        assert is_signed_in(here)
        assert not is_signed_in(elsewhere)
        assert len(mailoutbox) == 1

    @pytest.mark.parametrize(
        "wrong", [{"old": "faux"}, {"new": "court"}, {"again": "un tout autre vélo"}, {"new": "\x00" * 12}]
    )
    def test_is_refused_with_the_reason(self, client_of, member, wrong):
        response = self.post(client_of(member), **wrong)
        assert response.context["form"].errors
        assert Member.objects.get(pk=member.pk).check_password(PASSWORD)


class TestChangingTheAddress:
    @pytest.fixture
    def browser(self, client, member):
        sign_in(client, member.email)
        client.post(address_of("account_reauthenticate"), {"password": PASSWORD})
        return client

    def change(self, browser, address):
        return browser.post(address_of("account_email"), {"email": address, "action_add": ""})

    def test_asks_again_who_one_is(self, client_of, member):
        response = self.change(client_of(member), "nouvelle@cpas.example")
        assert response["Location"].startswith(address_of("account_reauthenticate"))

    def test_counts_once_the_new_one_is_proved(self, browser, member, mailoutbox):
        assert self.change(browser, "nouvelle@cpas.example").status_code == 302
        member.refresh_from_db()
        assert member.email != "nouvelle@cpas.example"
        page = browser.get(address_of("account_email")).content.decode()
        assert "nouvelle@cpas.example" in page
        browser.post(link_in(mailoutbox[0]))
        member.refresh_from_db()
        assert member.email == "nouvelle@cpas.example"
        assert member.status == "active"
        assert EmailAddress.objects.get(user=member).email == "nouvelle@cpas.example"

    def test_can_be_given_up(self, browser, member):
        self.change(browser, "nouvelle@cpas.example")
        browser.post(address_of("account_email"), {"email": "nouvelle@cpas.example", "action_remove": ""})
        assert [row.email for row in EmailAddress.objects.filter(user=member)] == [member.email]

    def test_refuses_a_consumers(self, browser):
        assert self.change(browser, "moi@gmail.com").context["form"].errors["email"]

    def test_takes_the_domain_of_the_cpas_one_moves_to(self, browser):
        Cpas.objects.filter(pk=FOREST).update(email_domains="cpas-forest.example")
        Cpas.objects.filter(pk="21010").update(email_domains="cpas-jette.example")
        assert self.change(browser, "moi@autre.example").context["form"].errors["email"]
        assert self.change(browser, "moi@cpas-jette.example").status_code == 302

    def test_does_not_tell_whose_an_address_is(self, browser, colleague):
        assert self.change(browser, colleague.email).status_code == 302

    @pytest.mark.parametrize("value", ["", "\x00@cpas.example", "x" * 10_000, "pas une adresse"])
    def test_strange_input_comes_back(self, browser, value):
        assert self.change(browser, value).context["form"].errors["email"]
        for act in ("action_send", "action_remove", "action_primary"):
            assert browser.post(address_of("account_email"), {"email": value, act: ""}).status_code == 302


def test_an_unknown_link_to_confirm_explains_itself(client, db):
    response = client.get(address_of("account_confirm_email", key="x:y:z"))
    assert response.status_code == 200
    assert response.context["confirmation"] is None
