"""One door: Wagtail's own lead to it, and no password alone opens Wagtail's admin."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse

from agora.people.models import Member
from agora.people.permissions import may_open_admin, needs_second_factor
from agora.people.roles import ADMIN_ROLES, ROLES, grant

from .factories import PASSWORD, add_application, address_of, code_of

ADMIN = "/admin/"


def sign_in(client, member):
    return client.post(address_of("account_login"), {"login": member.email, "password": PASSWORD})


def admin_opens(client) -> bool:
    return client.get(ADMIN).status_code == 200


@pytest.fixture
def new_editor(editor):
    """An editor who has not added a second step yet."""
    Authenticator.objects.filter(user=editor).delete()
    return editor


@pytest.mark.parametrize(
    "door",
    [
        "/admin/login/",
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/confirm/MQ/abc-def/",
        "/fr/_util/login/",
        "/nl/_util/login/",
    ],
)
class TestWagtailsOwnDoors:
    def test_lead_to_ours(self, client, db, door):
        response = client.get(door, {"next": "/fr/profil/"})
        assert response.status_code == 302
        language = "nl" if door.startswith("/nl/") else "fr"
        assert response["Location"].startswith(address_of("account_login", language))
        assert response["Location"].endswith("?next=%2Ffr%2Fprofil%2F")

    def test_never_lead_elsewhere(self, client, db, door):
        assert "evil" not in client.get(door, {"next": "https://evil.example/"})["Location"]

    def test_take_no_password(self, client, editor, door):
        client.post(door, {"username": editor.email, "login": editor.email, "password": PASSWORD})
        assert "_auth_user_id" not in client.session
        assert not admin_opens(client)


class TestWagtailsAdmin:
    def test_sends_a_visitor_to_our_login_with_the_way_back(self, client, db):
        assert client.get(ADMIN)["Location"] == f"{address_of('account_login')}?next={ADMIN}"

    def test_a_password_alone_leads_to_the_second_step(self, client, editor):
        assert sign_in(client, editor)["Location"].startswith(address_of("mfa_authenticate"))
        assert "_auth_user_id" not in client.session
        assert not admin_opens(client)

    def test_password_and_code_open_it(self, client, editor):
        sign_in(client, editor)
        secret = Authenticator.objects.get(user=editor).data["secret"]
        client.post(address_of("mfa_authenticate"), {"code": code_of(secret)})
        assert admin_opens(client)

    @pytest.mark.parametrize("code", ["", "000000", "\x00", "9" * 10_000])
    def test_password_and_a_wrong_code_do_not(self, client, editor, code):
        sign_in(client, editor)
        assert client.post(address_of("mfa_authenticate"), {"code": code}).status_code == 200
        assert not admin_opens(client)

    def test_without_a_second_step_there_is_only_the_page_to_add_one(self, client, new_editor):
        sign_in(client, new_editor)
        for path in (ADMIN, "/admin/pages/", "/admin/documents/", "/fr/", address_of("people:profile")):
            response = client.get(path)
            assert response.status_code == 302, path
            assert response["Location"] in {address_of("mfa_index"), address_of("mfa_index", "nl")}
        for name in ("mfa_index", "account_change_password", "account_logout"):
            assert client.get(address_of(name)).status_code == 200

    def test_opens_once_it_is_added(self, client, new_editor):
        sign_in(client, new_editor)
        assert not admin_opens(client)
        add_application(new_editor)
        assert admin_opens(client)

    def test_recovery_codes_alone_are_no_second_step(self, client, new_editor):
        data = {"seed": "x", "used_mask": 0}
        Authenticator.objects.create(user=new_editor, type="recovery_codes", data=data)
        client.force_login(new_editor)
        assert not admin_opens(client)

    def test_another_group_with_the_right_does_not_spare_the_second_step(self, client, member):
        member.groups.add(Group.objects.get(name="Editors"))  # Wagtail's own
        client.force_login(member)
        assert client.get(ADMIN)["Location"] == address_of("mfa_index")
        add_application(member)
        assert admin_opens(client)

    @pytest.mark.parametrize("role", [None, *ROLES])
    def test_opens_to_four_roles(self, client_of, make_member, role):
        person = make_member(roles=[role] if role else [])
        assert admin_opens(client_of(person)) == (role in ADMIN_ROLES)

    def test_answers_403_to_the_others_and_does_not_turn_in_circles(self, client_of, member):
        assert client_of(member).get(ADMIN).status_code == 403

    @pytest.mark.parametrize("status", ["pending", "refused", "suspended", "left"])
    def test_stays_closed_to_whoever_is_not_a_member(self, client_of, make_member, status):
        person = make_member(status=status, roles=["administrator"], is_superuser=True)
        assert client_of(person).get(ADMIN).status_code == 403

    def test_a_superuser_needs_the_second_step_too(self, client, db):
        boss = Member.objects.create_superuser("boss@cpas.example", PASSWORD, first_name="B", last_name="Oss")
        client.force_login(boss)
        assert client.get(ADMIN)["Location"] == address_of("mfa_index")
        add_application(boss)
        assert admin_opens(client)


@pytest.mark.parametrize("role", ROLES)
def test_the_role_and_the_right_agree(make_member, role):
    person = make_member()
    grant(person, role)
    assert may_open_admin(person) == needs_second_factor(person)


@pytest.mark.parametrize(
    "name",
    [
        "account_verify_phone",
        "account_change_phone",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_signup_by_passkey",
        "mfa_signup_webauthn",
        "mfa_trust",
        "socialaccount_login",
        "admin:index",
    ],
)
def test_what_is_not_used_is_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
