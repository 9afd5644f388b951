"""Who gets what at every address: the table is the decision, the tests hold the code to it."""

import re

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from .arguments import arguments, posted
from .routes import routes
from .table import ADMIN_DOORS, PUBLIC, ROWS
from .world import ROLES, build

LOGIN = re.compile(r"^(/fr/compte/connexion/|/nl/account/aanmelden/)")


@pytest.fixture
def world(tree, make_member):
    """Everybody and everything, made once for each line of the table."""
    return build(make_member)


def outcome(response) -> str:
    """Say in one word what an answer is: « login » and « wait » are the two that have a page of their own."""
    if response.status_code == 302:
        return "login" if LOGIN.match(response["Location"]) else "302"
    if response.status_code == 403 and "people/waiting.html" in {t.name for t in response.templates}:
        return "wait"
    return str(response.status_code)


def address_of(label: str, things) -> str:
    """Return the French address of one line of the table."""
    found = arguments(label, things)
    with translation.override("fr"):
        name = label.partition("/")[0]
        return reverse(name, args=found) if isinstance(found, tuple) else reverse(name, kwargs=found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.label}-{row.method}")
def test_everybody_gets_what_the_table_says(row, world, client_of):
    address = address_of(row.label, world.things)
    got = {}
    for role in ROLES:
        client = client_of(world.people[role])
        with transaction.atomic():  # what one person does is undone before the next one comes
            if row.method == "GET":
                response = client.get(address)
            else:
                response = client.post(address, posted(row.label, world.things))
            got[role] = outcome(response)
            if response.status_code == 200 and not address.startswith("/admin/"):
                assert_is_a_page_of_ours(response)
            transaction.set_rollback(True)
    assert got == row.expected


def assert_is_a_page_of_ours(response) -> None:
    """Whatever the page: a title, one h1, its language, and nothing that the strict policy would block."""
    if not response["Content-Type"].startswith("text/html"):
        return
    html = response.content.decode()
    assert re.search(r"<title>\s*[^\s·<][^<]*</title>", html), "no title"
    assert len(re.findall(r"<h1[\s>]", html)) == 1, "not exactly one h1"
    assert re.search(r'<html lang="(fr|nl)"', html), "no language"
    assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)\s*=", html), "an inline style or event"
    assert not re.search(r"<style\b|<script(?![^>]*\b(?:src|type=.application/json))", html), (
        "an inline script or style"
    )
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


def test_every_address_is_in_the_table():
    known = {row.label.partition("/")[0] for row in ROWS}
    missing = {r.name for r in routes() if not r.path.startswith("admin/")} - known
    assert missing == set()


def test_the_table_speaks_of_no_address_that_is_gone():
    existing = {route.name for route in routes()}
    assert {row.label.partition("/")[0] for row in ROWS} - existing == set()


def test_an_address_that_takes_forms_is_tried_with_one():
    # A page that answers 405 to a form says so itself; the others must have their line.
    forms = {row.label.partition("/")[0] for row in ROWS if row.method == "POST"}
    ours = {r.name for r in routes() if r.view.__module__.split(".")[0] in ("agora", "practices", "search")}
    assert ours - forms == set()


def test_what_is_open_without_an_account_was_decided():
    assert {route.name for route in routes() if route.is_public} == PUBLIC


def test_every_address_of_ours_is_in_both_languages():
    with translation.override("fr"):
        french = {route.name: route.path for route in routes("fr")}
    dutch = {route.name: route.path for route in routes("nl")}
    same = {
        name
        for name, path in french.items()
        if path.startswith("fr/") and path.removeprefix("fr/") == dutch[name].removeprefix("nl/")
    }
    # The home page has no words; Wagtail's pages carry their own slugs; one door is Wagtail's.
    assert same <= {"home", "wagtail_serve", "wagtailcore_login"}


def closed_routes() -> list[str]:
    """Return the name of every address under /admin/ that is not one of its doors."""
    return sorted({r.name for r in routes() if r.path.startswith("admin/") and r.name not in ADMIN_DOORS})


@pytest.mark.parametrize("role", ["visitor", "pending", "member", "relay", "mentor"])
def test_no_address_of_the_admin_opens_to_others(role, world, client_of):
    client = client_of(world.people[role])
    opened, tried = [], 0
    for name in closed_routes():
        address = _any_address(name)
        if address is None:
            continue
        tried += 1
        got = outcome(client.get(address))
        if got not in ("login", "403", "404", "405"):
            opened.append(f"{name}: {got}")
    assert tried > 150
    assert opened == []


def _any_address(name: str) -> str | None:
    """Return an address under this name with made-up arguments; None when none of those tried fits."""
    for tried in ((), (1,), ("1",), ("practices", "practicepage"), (1, 1), ("people", "member", 1), ("x",)):
        try:
            return reverse(name, args=tried)
        except NoReverseMatch:
            continue
    return None


def test_login_is_asked_by_default():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
