"""The forms of questions and debates: kept on the server, shown before they go, calling colleagues."""

import json
import re

import pytest
from django.db import connection
from django.urls import reverse

from agora.drafts.models import Draft
from agora.vocabulary.models import Theme
from forum.debates.actions import argue, open_debate, reword
from forum.models import Debate, Question
from forum.questions.actions import ask

SECRET = "zorglubine"
ASK = {
    "title": f"Qui connaît {SECRET} ?",
    "text": "",
    "themes": "accueil-flux",
    "language": "fr",
    "sign": "quiet",
}
ENVELOPE = {"draft_id": "00000000-0000-4000-8000-000000000000", "draft_language": "fr", "draft_window": "w"}


@pytest.fixture
def themes(tree):
    return list(Theme.objects.filter(slug="accueil-flux"))


@pytest.fixture
def debate(member, themes) -> Debate:
    return open_debate(
        member, "Faut-il un guichet ?", "On veut accueillir.", ["Oui", "Non"], themes=themes, language="fr"
    )


@pytest.fixture
def lies(make_member):
    return make_member(cpas="21010", first_name="Lies", last_name="Peeters")


def save(browser, kind: str, target: str, data: dict, number: int = 1):
    sent = ENVELOPE | {"draft_target": target, "draft_number": str(number)} | data
    return browser.post(reverse("drafts:autosave", args=[kind]), sent)


def test_a_question_begun_comes_back_and_its_draft_goes_when_it_is_asked(themes, member, client_of):
    browser = client_of(member)
    said = save(browser, "question", "new", ASK | {"text": "Chez nous, non."}).json()
    assert said["saved_at"] and said["url"] == reverse("forum:ask")
    page = browser.get(reverse("forum:ask")).content.decode()
    assert SECRET in page and "Chez nous, non." in page and "Enregistré à" in page
    assert re.search(r'value="quiet"[^>]*checked', page)
    listed = browser.get(reverse("drafts:list")).content.decode()
    assert SECRET in listed and "Question à poser" in listed
    browser.post(reverse("forum:ask"), ENVELOPE | {"draft_target": "new"} | ASK)
    assert Question.objects.count() == 1 and not Draft.objects.exists()


def test_what_is_typed_in_a_question_is_sealed(themes, member, client_of):
    """A row with a member's number and their words would tell who asks quietly."""
    save(client_of(member), "question", "new", ASK)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM drafts_draft")
        rows = json.dumps([str(value) for row in cursor.fetchall() for value in row])
    assert SECRET not in rows and "Qui conna" not in rows and "quiet" not in rows


def test_a_later_window_does_not_overwrite_a_sealed_draft_unseen(themes, member, client_of):
    browser = client_of(member)
    save(browser, "question", "new", ASK)
    assert (
        save(browser, "question", "new", ASK | {"title": "Autre ?", "draft_window": "v"}).status_code == 409
    )
    assert save(browser, "question", "new", ASK | {"title": "La même ?"}, 2).status_code == 200


def test_of_a_question_that_names_nobody_no_draft_is_kept(themes, member, client_of):
    quiet = ask(member, "Qui sait ?", themes=themes, language="fr", is_quiet=True)
    named = ask(member, "Qui d’autre ?", themes=themes, language="fr")
    browser = client_of(member)
    assert save(browser, "question", str(quiet.pk), {"text": "Encore"}).status_code == 404
    edit = reverse("forum:edit_question", args=[quiet.pk])
    page = browser.get(edit).content.decode()
    assert "data-autosave" not in page and "draft_target" not in page
    browser.post(
        edit, ENVELOPE | {"title": "Qui ?", "text": "Encore", "go": "preview", "draft_target": str(quiet.pk)}
    )
    assert not Draft.objects.exists()
    assert save(browser, "question", str(named.pk), {"text": "Encore"}).status_code == 200
    assert "Encore" in browser.get(reverse("forum:edit_question", args=[named.pk])).content.decode()


def test_only_who_may_write_keeps_a_draft(themes, debate, member, colleague, pending, client_of):
    named = ask(member, "Qui d’autre ?", themes=themes, language="fr")
    assert save(client_of(colleague), "question", str(named.pk), {"text": "x"}).status_code == 404
    assert save(client_of(pending), "question", "new", ASK).status_code == 403
    for odd in (
        "",
        "x",
        "0",
        "999999999",
        f"{debate.pk}",
        f"{debate.pk}:rien",
        f"{debate.pk}:wording:3",
        "²:wording",
    ):
        assert save(client_of(colleague), "debate", odd, {"text": "x"}).status_code == 404, odd
    assert save(client_of(colleague), "question", "", ASK).status_code == 404
    assert not Draft.objects.exists()


def test_a_passage_begun_comes_back_beside_the_words_of_now(debate, member, colleague, client_of):
    browser, address = client_of(colleague), reverse("forum:debate_wording", args=[debate.pk])
    typed = {"question": "Faut-il ?", "agreement": f"Mes mots, {SECRET}.", "draft_base": "1"}
    assert save(browser, "debate", f"{debate.pk}:wording", typed).status_code == 200
    reword(member, debate, debate.question, "Les mots d’un autre.", seen=1)
    page = browser.get(address).content.decode()
    assert SECRET in page and "Les mots d’un autre." in page and 'name="seen" value="2"' in page
    sent = browser.post(address, ENVELOPE | typed | {"seen": "2", "draft_target": f"{debate.pk}:wording"})
    assert sent.status_code == 302 and not Draft.objects.exists()


@pytest.mark.parametrize("form", ["open", "position", "argument", "against"])
def test_each_form_keeps_a_draft_and_shows_a_preview(form, debate, member, lies, client_of, mailoutbox):
    position = debate.positions.first()
    address, target, typed = {
        "open": (
            reverse("forum:open_debate"),
            "new",
            {"question": "Et ?", "agreement": "@Lies Peeters, Xavier"},
        ),
        "position": (
            reverse("forum:add_position", args=[debate.pk]),
            f"{debate.pk}:position",
            {"claim": "Parfois", "detail": "@Lies Peeters, Xavier"},
        ),
        "argument": (
            reverse("forum:add_argument", args=[debate.pk, position.pk]),
            f"{debate.pk}:argument:{position.pk}",
            {"text": "@Lies Peeters, Xavier"},
        ),
        "against": (
            reverse("forum:add_against", args=[debate.pk, position.pk]),
            f"{debate.pk}:against:{position.pk}",
            {"text": "@Lies Peeters, Xavier"},
        ),
    }[form]
    browser, before = client_of(member), Debate.objects.count()
    shown = browser.post(
        address, ENVELOPE | {"draft_target": target, "go": "preview"} | typed
    ).content.decode()
    assert "<b>Lies Peeters</b>" in shown and "Xavier</mark>" in shown and "Lies</mark>" not in shown
    assert Debate.objects.count() == before and mailoutbox == []
    draft = Draft.objects.get()
    assert (draft.kind, draft.target) == ("debate", target)
    assert "@Lies Peeters, Xavier" in browser.get(address).content.decode()
    row = browser.get(reverse("drafts:list")).content.decode()
    assert f'href="{address}"' in row


def test_who_is_called_has_a_letter_and_who_asks_quietly_stays_unnamed(
    themes, member, lies, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made = ask(
            member, "Qui sait ?", f"@Lies Peeters, {SECRET} ?", themes=themes, language="fr", is_quiet=True
        )
    called = [letter for letter in mailoutbox if letter.to == [lies.email]]
    assert len(called) == 1 and called[0].subject == "[Agora] On s’adresse à vous"
    for told in (member.first_name, member.last_name, member.email, SECRET, "Qui sait"):
        assert told not in called[0].body
    assert f"/{made.pk}/" in called[0].body


def test_an_argument_that_calls_somebody_tells_them_once(
    debate, member, lies, mailoutbox, django_capture_on_commit_callbacks
):
    from forum.debates.actions import correct

    with django_capture_on_commit_callbacks(execute=True):
        made = argue(member, debate.positions.first(), "@Lies Peeters l’a vécu.", "", "", is_sure=True)
        correct(member, made, "@Lies Peeters l’a bien vécu.", "", "", seen=1, is_sure=True)
    assert [letter.to for letter in mailoutbox] == [[lies.email]]


def test_the_name_of_who_is_called_needs_no_second_look(themes, member, lies):
    made = ask(member, "Qui sait ?", "@Lies Peeters, chez vous ?", themes=themes, language="fr")
    assert made.pk


def test_a_preview_of_a_question_says_under_what_name(themes, member, client_of):
    browser = client_of(member)
    for sign, said in (("quiet", "Sans nom"), ("name", member.signature)):
        page = browser.post(
            reverse("forum:ask"), ENVELOPE | ASK | {"sign": sign, "go": "preview"}
        ).content.decode()
        shown = page.partition('id="apercu"')[2].partition("</section>")[0]
        assert f"<b>{said}" in shown and (sign == "name" or member.signature not in shown)
    assert not Question.objects.exists()


def test_a_text_sent_after_the_session_closed_waits_behind_the_login(themes, member, client_of, client):
    page = client_of(member).get(reverse("forum:ask")).content.decode()
    owner = page.partition('name="draft_owner" value="')[2].partition('"')[0]
    client.post(reverse("forum:ask"), ENVELOPE | ASK | {"draft_owner": owner, "draft_target": "new"})
    assert not Question.objects.exists()
    client.force_login(member)
    assert SECRET in client.get(reverse("forum:ask")).content.decode()
