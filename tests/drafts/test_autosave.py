"""The answers that the script of a form gets while one types."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from agora.drafts.models import Draft

from .factories import sent

pytestmark = pytest.mark.django_db
URL = "/fr/brouillons/enregistrer/practice/"


def test_says_when_it_is_saved_only_after_saving(client_of, member):
    form = sent(member, title="Un tableau", kind="tip")
    answer = client_of(member).post(URL, form)
    assert answer.status_code == 200
    body = answer.json()
    draft = Draft.objects.get()
    assert re.fullmatch(r"\d\d:\d\d", body["saved_at"])
    assert (body["sequence"], body["draft"]) == (1, form["draft_id"])
    assert body["url"] == f"/fr/pratiques/ecrire/{draft.pk}/1/"
    assert (draft.owner, draft.title, draft.language) == (member, "Un tableau", "fr")
    assert draft.data == {"title": "Un tableau", "kind": "tip", "_step": 1}


def test_numbers_the_saves(client_of, member):
    browser, form = client_of(member), sent(member, title="a")
    sequences = [
        browser.post(URL, form | {"title": title, "draft_sequence": number}).json()["sequence"]
        for number, title in enumerate("abc")
    ]
    assert sequences == [1, 2, 3]


def test_another_window_is_told(client_of, member):
    browser, form = client_of(member), sent(member, title="un")
    browser.post(URL, form)
    answer = browser.post(URL, form | {"title": "deux", "draft_window": "other", "draft_number": "1"})
    assert answer.status_code == 409
    assert answer.json()["stale"] == ["title"]
    assert answer.json()["sequence"] == 2
    assert Draft.objects.get().data["title"] == "un"
    insisted = browser.post(URL, form | {"title": "deux", "draft_insist": "1"})
    assert insisted.status_code == 200
    assert Draft.objects.get().data["title"] == "deux"


def test_closed_session(client_of, member):
    answer = client_of().post(URL, sent(member, title="un"))
    assert answer.status_code == 401
    assert answer.json()["login"] == reverse("account_login")
    assert not Draft.objects.exists()


def test_somebody_elses_draft_does_not_exist(client_of, member, colleague):
    form = sent(member, title="à moi")
    client_of(member).post(URL, form)
    assert client_of(colleague).post(URL, form | {"title": "à vous"}).status_code == 404
    assert Draft.objects.get().data["title"] == "à moi"


def test_whoever_waits_for_validation_is_told(client_of, pending):
    answer = client_of(pending).post(URL, sent(pending, title="un"))
    assert answer.status_code == 403
    assert answer.json()["error"]


def test_published_meanwhile(client_of, member):
    answer = client_of(member).post(URL, sent(member, title="un", known=3))
    assert answer.status_code == 410
    assert not Draft.objects.exists()


@pytest.mark.parametrize("megabytes", [0.5, 5])
def test_too_large(client_of, member, megabytes):
    answer = client_of(member).post(URL, sent(member, problem="x" * int(megabytes * 1024 * 1024)))
    assert answer.status_code == 413
    assert answer.json()["error"]
    assert not Draft.objects.exists()


def test_unprintable_characters(client_of, member):
    assert client_of(member).post(URL, sent(member, title="a\x00b\r\nc")).status_code == 200
    assert Draft.objects.get().data["title"] == "ab\nc"


@pytest.mark.parametrize(
    "wrong",
    [
        {"draft_id": "1"},
        {"draft_id": ""},
        {"draft_sequence": "-1"},
        {"draft_sequence": "9" * 30},
        {"draft_language": "de"},
        {"draft_target": "x" * 41},
        {"draft_window": "x" * 41},
    ],
)
def test_forms_that_make_no_sense(client_of, member, wrong):
    answer = client_of(member).post(URL, sent(member, title="un") | wrong)
    assert answer.status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize("target", ["999999", "x", "1; DROP", "٣", "9" * 40])
def test_a_target_that_is_not_there(client_of, member, target):
    answer = client_of(member).post(URL, sent(member, title="un") | {"draft_target": target})
    assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_unknown_kinds_and_odd_steps(client_of, member):
    browser = client_of(member)
    assert browser.post("/fr/brouillons/enregistrer/novel/", sent(member)).status_code == 400
    assert browser.post(URL, sent(member, title="un") | {"step": "99x"}).status_code == 200


def test_only_takes_posts(client_of, member):
    assert client_of(member).get(URL).status_code == 405


def test_asks_for_the_token(member):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    assert browser.post(URL, sent(member, title="un")).status_code == 403
    assert not Draft.objects.exists()


def test_takes_the_token_of_the_cookie(client_of, member):
    """A token that turned at a login in another tab is read from the cookie, unmasked."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    browser.get("/fr/pratiques/ecrire/")
    token = browser.cookies["csrftoken"].value
    assert browser.post(URL, sent(member, title="un") | {"csrfmiddlewaretoken": token}).status_code == 200
