"""Who gets what at every address: the table is the decision, the tests hold the code to it."""

import re
from copy import copy

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from .arguments import UNNAMED, arguments, posted
from .canaries import leaks
from .routes import routes
from .table import ADMIN_DOORS, BLOCKS, PUBLIC, ROWS
from .world import ROLES, build

LOGIN = re.compile(r"^(/fr/compte/connexion/|/nl/account/aanmelden/)")


@pytest.fixture(scope="module")
def everything(shared):
    """Everybody and everything, made once: what a line of the table changes is undone."""
    return shared(build)


@pytest.fixture
def world(tree, everything):
    """The same, for a test that may ask the database."""
    return everything


def outcome(response) -> str:
    """Say in one word what an answer is: « login » and « wait » are the two that have a page of their own."""
    if response.status_code == 302:
        return "login" if LOGIN.match(response["Location"]) else "302"
    if response.status_code == 403 and "people/waiting.html" in {t.name for t in response.templates}:
        return "wait"
    return str(response.status_code)


def address_of(label: str, things) -> str:
    """Return the French address of one line of the table."""
    name = label.partition("/")[0]
    if label in UNNAMED:
        return UNNAMED[label]
    found = arguments(label, things)
    with translation.override("fr"):
        return reverse(name, args=found) if isinstance(found, tuple) else reverse(name, kwargs=found)


def answer(client, row, things):
    """Ask for one line of the table; what it changes is undone, in the database and in the browser."""
    cookies = copy(client.cookies)
    with transaction.atomic():  # what one person does is undone before the next one comes
        address = address_of(row.label, things)
        response = (
            client.get(address) if row.method == "GET" else client.post(address, posted(row.label, things))
        )
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


@pytest.mark.parametrize("block", BLOCKS)
def test_everybody_gets_what_the_table_says(block, world, client_of, subtests):
    clients = {role: client_of(world.people[role]) for role in ROLES}
    for row in BLOCKS[block]:
        with subtests.test(f"{row.method} {row.label}"):
            got = {}
            for role in ROLES:
                response = answer(clients[role], row, world.things)
                got[role] = outcome(response)
                assert leaks(content_of(response), role) == [], role
                if response.status_code == 200 and not response.request["PATH_INFO"].startswith("/admin/"):
                    assert_is_a_page_of_ours(response)
            assert got == row.expected


def content_of(response) -> bytes:
    """Return the bytes of an answer, also of one that comes in pieces, and of where it leads."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content + response.get("Location", "").encode()


def assert_is_a_page_of_ours(response) -> None:
    """Whatever the page: a title, one h1, its language, and nothing that the strict policy would block."""
    if not response["Content-Type"].startswith("text/html"):
        return
    html = response.content.decode()
    if "<html" not in html:  # a part of a page, for a script
        return
    assert re.search(r"<title>\s*[^\s·<][^<]*</title>", html), "no title"
    assert len(re.findall(r"<h1[\s>]", html)) == 1, "not exactly one h1"
    assert re.search(r'<html lang="(fr|nl)"', html), "no language"
    assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)\s*=", html), "an inline style or event"
    assert not re.search(r"<style\b|<script(?![^>]*\b(?:src|type=.application/json))", html), (
        "an inline script or style"
    )
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


def name_of(row) -> str:
    """Return the name of the address that a line speaks of."""
    return row.label if row.label in UNNAMED else row.label.partition("/")[0]


def test_every_address_is_in_the_table():
    known = {name_of(row) for row in ROWS}
    missing = {r.name for r in routes() if not r.path.startswith("admin/")} - known
    assert missing == set()


def test_the_table_speaks_of_no_address_that_is_gone():
    existing = {route.name for route in routes()}
    named = {row.label.partition("/")[0] for row in ROWS if row.label not in UNNAMED}
    assert named - existing == set()


def test_an_address_that_takes_forms_is_tried_with_one():
    # A page that answers 405 to a form says so itself; the others must have their line.
    forms = {name_of(row) for row in ROWS if row.method == "POST"}
    ours = {
        r.name
        for r in routes()
        if r.view.__module__.split(".")[0] in ("agora", "practices", "forum", "search")
    }
    assert ours - forms == set()


def test_what_is_open_without_an_account_was_decided():
    # The admin's interface for its own scripts guards itself; the last test of this file tries it.
    own = [route for route in routes() if not route.path.startswith("admin/api/")]
    assert {route.name for route in own if route.is_public} == PUBLIC


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


@pytest.mark.parametrize("role", ["visitor", "pending", "relay"])
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
