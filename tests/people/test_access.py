"""Who may open what: the decorators, the audience tokens, the list of what is open to everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

from agora.people import access
from agora.people.audience import MEMBERS, MODERATORS, PUBLIC, tokens_of
from agora.people.models import Member
from agora.people.roles import MODERATOR, ROLES

from .factories import FOREST, address_of

# The pages of this room that open without an account.
PUBLIC_PAGES = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "wagtailcore_login",
    "wagtailadmin_login",
}


def room_patterns(patterns=None, prefix=""):
    """Every named address of accounts and people, with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            if prefix == "people:" or (pattern.name or "").startswith(("account_", "mfa_")):
                yield prefix + pattern.name, pattern.callback
        else:
            name = f"{pattern.namespace}:" if pattern.namespace else prefix
            if name in ("", "people:"):
                yield from room_patterns(pattern.url_patterns, name)


def test_only_these_pages_of_the_room_open_without_an_account():
    found = dict(room_patterns())
    assert len(found) > 30
    opened = {name for name, view in found.items() if not getattr(view, "login_required", True)}
    assert opened == PUBLIC_PAGES - {"wagtailcore_login", "wagtailadmin_login"}


def ask(user, view):
    request = RequestFactory().get("/fr/pratiques/ecrire/?kind=tip")
    request.user = user
    request.resolver_match = None
    return view(request)


@access.members_only
def room(request):
    """For members."""
    return HttpResponse("inside")


class TestMembersOnly:
    def test_opens_to_a_member(self, member):
        assert ask(member, room).content == b"inside"

    def test_sends_a_visitor_to_the_login_with_the_way_back(self, db):
        door = address_of("account_login")
        back = "/fr/pratiques/ecrire/%3Fkind%3Dtip"
        assert ask(AnonymousUser(), room)["Location"] == f"{door}?next={back}"

    @pytest.mark.parametrize("status", ["pending", "refused", "suspended", "left"])
    def test_says_to_the_others_what_happens_next(self, client_of, make_member, member, status):
        client = client_of(make_member(status=status))
        response = client.get(address_of("people:member", pk=member.pk))
        assert response.status_code == 403
        assert response.templates[0].name == "people/waiting.html"
        assert "no-store" in response["Cache-Control"]

    def test_keeps_the_name_of_the_view(self):
        assert (room.__name__, room.__doc__) == ("room", "For members.")

    def test_public_opens_to_everybody(self):
        assert access.public(lambda request: None).login_required is False


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("status", ["pending", "refused", "suspended", "left"])
def test_the_waiting_room_opens_in_both_languages(client_of, make_member, status, language):
    for cpas in (FOREST, None):
        client = client_of(make_member(status=status, cpas=cpas))
        response = client.get(address_of("people:waiting", language))
        assert response.status_code == 200
        assert response.content.decode().count("<h1") == 1


def test_a_member_does_not_wait(client_of, member):
    assert client_of(member).get(address_of("people:waiting"))["Location"] == "/fr/"


class TestTokens:
    def test_of_a_visitor(self):
        assert tokens_of(AnonymousUser()) == {PUBLIC}

    @pytest.mark.parametrize("superuser", [True, False])
    @pytest.mark.parametrize("status", sorted(set(Member.Status.values) - {"active"}))
    @pytest.mark.parametrize("role", [None, *ROLES])
    def test_of_whoever_is_not_a_member(self, make_member, status, role, superuser):
        person = make_member(status=status, roles=[role] if role else [], is_superuser=superuser)
        assert tokens_of(person) == {PUBLIC}

    def test_of_whoever_is_closed(self, make_member):
        assert tokens_of(make_member(is_active=False, roles=[MODERATOR])) == {PUBLIC}

    @pytest.mark.parametrize("superuser", [True, False])
    @pytest.mark.parametrize("role", [None, *ROLES])
    def test_of_a_member(self, make_member, role, superuser):
        person = make_member(roles=[role] if role else [], is_superuser=superuser)
        expected = {PUBLIC, MEMBERS, f"cpas:{FOREST}", f"user:{person.pk}"}
        if role == MODERATOR:
            expected.add(MODERATORS)
        assert tokens_of(person) == expected, "no flag replaces a role"

    def test_of_a_member_without_a_cpas(self, make_member):
        person = make_member(cpas=None)
        assert tokens_of(person) == {PUBLIC, MEMBERS, f"user:{person.pk}"}

    def test_cost_one_query_for_each_request(self, member, django_assert_num_queries):
        fresh = Member.objects.get(pk=member.pk)
        with django_assert_num_queries(1):
            tokens_of(fresh)
            tokens_of(fresh)
