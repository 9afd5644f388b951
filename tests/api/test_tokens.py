"""Tokens: made once, kept as a digest, gone with what they stand on."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from agora.api import actions
from agora.api.models import ApiToken, Scope
from agora.api.permissions import can_import, can_read, scopes_for
from agora.people.actions import change_cpas, suspend_member
from agora.people.models import Member
from agora.people.roles import ADMINISTRATOR, EDITOR, ROLES, grant, revoke
from agora.vocabulary.models import Cpas

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase de passe"
SEARCH, IMPORT = Scope.SEARCH.value, Scope.IMPORT.value


def signed_in(client, member):
    """Sign somebody in with the password, just now."""
    client.force_login(member)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_a_token_is_shown_once_and_only_its_digest_is_kept(client, member, django_assert_max_num_queries):
    signed_in(client, member)
    asked = {"name": "Intranet", "scopes": [SEARCH], "days": "90"}
    response = client.post(reverse("api:new_token"), asked)
    row = ApiToken.objects.get()
    (token,) = {w for w in re.split(r"[\"<>]", response.content.decode()) if w.startswith(actions.PREFIX)}
    assert "no-store" in response["Cache-Control"]
    assert row.digest == actions.digest_of(token) and token not in str(vars(row))
    assert row.expires_on == timezone.localdate() + timedelta(days=90)
    later = client.get(reverse("api:tokens")).content.decode()
    assert "Intranet" in later and token not in later
    assert actions.token_row(token) == row


def test_a_token_asks_the_password_again(client_of, member):
    response = client_of(member).get(reverse("api:new_token"))
    assert response["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"scopes": []},
        {"scopes": [IMPORT]},
        {"scopes": ["all"]},
        {"days": "400"},
        {"days": "x"},
    ],
)
def test_a_bad_form_comes_back_with_what_was_typed(client, member, wrong):
    signed_in(client, member)
    asked = {"name": "Intranet", "scopes": [SEARCH], "days": "90"} | wrong
    response = client.post(reverse("api:new_token"), asked)
    assert response.status_code == 200 and response.context["form"].errors
    assert not ApiToken.objects.exists()
    assert wrong.get("name", "Intranet") in response.content.decode()


@pytest.mark.parametrize("role", [None, *ROLES])
def test_who_may_let_a_program_import(make_member, role):
    person = make_member(roles=[role] if role else [])
    assert can_import(person) == (role in (EDITOR, ADMINISTRATOR)) == (IMPORT in scopes_for(person))
    if can_import(person):
        assert actions.make_token(person, "x", [IMPORT])[0].scope_set == {IMPORT}
    else:
        with pytest.raises(PermissionDenied):
            actions.make_token(person, "x", [IMPORT])


@pytest.mark.parametrize("status", [s for s in Member.Status if s != Member.Status.ACTIVE])
def test_only_members_make_and_keep_tokens(make_member, status):
    person = make_member(status=status)
    with pytest.raises(PermissionDenied):
        actions.make_token(person, "x", [SEARCH])
    other = make_member()
    row, token = actions.make_token(other, "x", [SEARCH])
    Member.objects.filter(pk=other.pk).update(status=status)  # whatever wrote it
    assert actions.token_row(token) is None
    assert not ApiToken.objects.visible_to(Member.objects.get(pk=other.pk)).exists()


@pytest.mark.parametrize("days", [0, 366])
def test_a_token_lives_at_most_a_year(member, days):
    with pytest.raises(ValidationError):
        actions.make_token(member, "x", [SEARCH], days)


def test_twenty_tokens_are_enough(member):
    for number in range(actions.MOST_TOKENS):
        actions.make_token(member, str(number), [SEARCH])
    with pytest.raises(ValidationError):
        actions.make_token(member, "x", [SEARCH])


def test_a_token_opens_nothing_the_day_after_its_last(member):
    row, token = actions.make_token(member, "x", [SEARCH], 1)
    ApiToken.objects.update(expires_on=timezone.localdate())
    assert actions.token_row(token) == row
    ApiToken.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert actions.token_row(token) is None


@pytest.mark.parametrize(
    "token", ["", "agora_", "agora_é\udcff", "agora_" + "x" * 9999, "x" * 43, "agora_\x00"]
)
def test_what_is_no_token_opens_nothing(member, token):
    actions.make_token(member, "x", [SEARCH])
    assert actions.token_row(token) is None


def test_the_day_of_use_is_noted_once_a_day(member, django_assert_num_queries):
    _row, token = actions.make_token(member, "x", [SEARCH])
    with django_assert_num_queries(2):
        actions.token_row(token)
    assert ApiToken.objects.get().last_used_on == timezone.localdate()
    with django_assert_num_queries(1):
        actions.token_row(token)


def test_a_suspension_takes_the_tokens_back_for_good(make_member, moderator, caplog):
    person = make_member()
    _row, token = actions.make_token(person, "x", [SEARCH])
    with caplog.at_level("INFO"):
        suspend_member(person, by=moderator, reason="Partie.")
    assert not ApiToken.objects.exists()
    assert f"api tokens taken back: member={person.pk} count=1" in caplog.text
    person.refresh_from_db()
    person.status, person.is_active = Member.Status.ACTIVE, True
    person.save()
    assert actions.token_row(token) is None


def test_moving_to_another_cpas_takes_them_back_until_one_makes_new_ones(member):
    actions.make_token(member, "x", [SEARCH])
    change_cpas(member, Cpas.objects.get(pk="21010"))
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("how", ["revoke", "set", "clear", "from the group", "empty the group"])
def test_losing_the_role_takes_the_token_that_needs_it(editor, how):
    kept, _ = actions.make_token(editor, "cherche", [SEARCH])
    actions.make_token(editor, "importe", [SEARCH, IMPORT])
    group = editor.groups.get()
    {
        "revoke": lambda: revoke(editor, EDITOR),
        "set": lambda: editor.groups.set([]),
        "clear": lambda: editor.groups.clear(),
        "from the group": lambda: group.user_set.remove(editor),
        "empty the group": lambda: group.user_set.clear(),
    }[how]()
    assert set(ApiToken.objects.all()) == {kept}


def test_one_role_of_two_is_enough(editor):
    row, _ = actions.make_token(editor, "importe", [IMPORT])
    grant(editor, ADMINISTRATOR)
    revoke(editor, EDITOR)
    assert ApiToken.objects.filter(pk=row.pk).exists()


def test_nobody_sees_or_revokes_the_token_of_another(client_of, member, colleague):
    row, token = actions.make_token(member, "Le nom à soi", [SEARCH])
    for person in (member, colleague):
        assert can_read(person, row) == (row in ApiToken.objects.visible_to(person)) == (person == member)
    assert "Le nom à soi" not in client_of(colleague).get(reverse("api:tokens")).content.decode()
    address = reverse("api:revoke_token", args=[row.pk])
    assert client_of(colleague).post(address).status_code == 404
    assert actions.token_row(token) == row
    with pytest.raises(PermissionDenied):
        actions.revoke_token(row, by=colleague)
    assert client_of(member).post(address).status_code == 302
    assert actions.token_row(token) is None


def test_what_had_its_day_long_ago_is_forgotten(member):
    for days in (29, 31):
        row, _ = actions.make_token(member, str(days), [SEARCH])
        ApiToken.objects.filter(pk=row.pk).update(expires_on=timezone.localdate() - timedelta(days=days))
    call_command("purge_tokens")
    assert [row.name for row in ApiToken.objects.all()] == ["29"]


def test_acts_are_logged_in_numbers(member, caplog):
    with caplog.at_level("INFO"):
        row, token = actions.make_token(member, "Secrète", [SEARCH])
        actions.revoke_token(row, by=member)
    assert f"api token made: token={row.pk} member={member.pk}" in caplog.text
    assert f"api token revoked: token={row.pk}" in caplog.text
    assert "Secrète" not in caplog.text and token not in caplog.text


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_one_and_twenty(client_of, member, count, django_assert_num_queries):
    for number in range(count):
        actions.make_token(member, str(number), [SEARCH])
    client = client_of(member)
    client.get(reverse("api:tokens"))
    with django_assert_num_queries(4):
        client.get(reverse("api:tokens"))
