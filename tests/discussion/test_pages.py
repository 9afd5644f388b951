"""The pages about messages: what is typed comes back, what is done is said, and one lands on the message."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment

from agora.discussion.actions import RATE, moderate_comment, report_comment, withdraw_comment
from agora.discussion.models import Report
from tests.practices.factories import make_practice

from .factories import SECRET, make_message


def url(name: str, *arguments, language: str = "fr") -> str:
    """Return the address of one of our pages in a language."""
    with translation.override(language):
        return reverse(f"discussion:{name}", args=arguments)


def write_url(practice, language: str = "fr", name: str = "write") -> str:
    """Return where messages under a sheet are sent."""
    return url(name, "practices.practicepage", practice.pk, language=language)


def test_after_posting_one_lands_on_the_message(practice, colleague, client_of):
    response = client_of(colleague).post(write_url(practice), {"text": "Chez nous aussi."})
    message = XtdComment.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"{practice.get_absolute_url()}#c{message.pk}"


def test_an_answer_is_written_under_the_quoted_message(practice, message, colleague, client_of):
    browser = client_of(colleague)
    page = browser.get(url("reply", message.pk)).content.decode()
    assert SECRET in page and "Répondre à Samira B." in page
    response = browser.post(url("reply", message.pk), {"text": "Merci."})
    answer = XtdComment.objects.get(comment="Merci.")
    assert answer.parent_id == message.pk
    assert response["Location"].endswith(f"#c{answer.pk}")


def test_a_dutch_sheet_leads_back_to_its_own_language(tree, member, colleague, client_of):
    practice = make_practice(by=member, language="nl", title="Een bord voor verlengingen")
    response = client_of(colleague).post(write_url(practice, "fr"), {"text": "Bij ons ook."})
    assert response["Location"].startswith("/nl/")


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(
    "typed", ["é" * 3001, "   ", "\x00", "<script>alert(1)</script>" * 200, "</textarea><img src=x>" * 200]
)
def test_what_cannot_be_sent_comes_back(language, typed, practice, message, member, client_of):
    browser = client_of(member)
    fresh = make_message(practice, member, "À corriger")
    for address in (
        write_url(practice, language),
        url("reply", message.pk, language=language),
        url("edit", fresh.pk),
    ):
        response = browser.post(address, {"text": typed})
        html = response.content.decode()
        assert response.status_code == 200
        assert 'class="bad-msg"' in html and 'aria-invalid="true"' in html
        box = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", html, re.DOTALL)[1]
        assert len(box) >= len(typed.replace("\x00", ""))
        assert "<script>alert" not in html and "<img" not in html
    assert XtdComment.objects.count() == 2


def test_a_missing_field_is_an_empty_message(practice, colleague, client_of):
    assert "Écrivez au moins un mot" in client_of(colleague).post(write_url(practice)).content.decode()


def test_too_fast_is_said_and_the_text_is_there(practice, colleague, client_of):
    for number in range(RATE):
        make_message(practice, colleague, f"Message {number}")
    response = client_of(colleague).post(write_url(practice), {"text": "Le onzième"})
    assert response.status_code == 429
    assert "envoyez-le dans une minute" in response.content.decode()
    assert "Le onzième</textarea>" in response.content.decode()


def test_an_answer_to_a_message_taken_back_is_not_lost(practice, message, member, colleague, client_of):
    withdraw_comment(member, message)
    response = client_of(colleague).post(url("reply", message.pk), {"text": "Ma longue réponse"})
    assert response.status_code == 409
    assert "Ma longue réponse</textarea>" in response.content.decode()


def test_correcting_in_time_and_too_late(practice, colleague, client_of):
    browser = client_of(colleague)
    message = make_message(practice, colleague, "Une fotte")
    assert "Une fotte</textarea>" in browser.get(url("edit", message.pk)).content.decode()
    assert browser.post(url("edit", message.pk), {"text": "Une faute"}).status_code == 302
    late = make_message(practice, colleague, "Une otre fotte", minutes_ago=16)
    page = browser.get(url("edit", late.pk)).content.decode()
    assert "Les quinze minutes sont passées" in page and "<textarea" not in page
    response = browser.post(url("edit", late.pk), {"text": "Une autre faute"})
    assert response.status_code == 409
    assert "Une autre faute</textarea>" in response.content.decode()
    assert set(XtdComment.objects.values_list("comment", flat=True)) == {"Une faute", "Une otre fotte"}


def test_taking_back_asks_first(practice, message, member, client_of):
    browser = client_of(member)
    assert "Votre texte sera effacé" in browser.get(url("withdraw", message.pk)).content.decode()
    assert XtdComment.objects.get().comment == SECRET
    assert browser.post(url("withdraw", message.pk)).status_code == 302
    assert XtdComment.objects.get().comment == ""
    assert browser.get(url("withdraw", message.pk)).status_code == 302


def test_useful_without_a_script(practice, message, colleague, member, client_of):
    browser = client_of(colleague)
    address = write_url(practice, name="useful")
    for field, marks in (("message", 1), ("message", 1), ("not", 0)):
        response = browser.post(address, {field: message.pk})
        assert response["Location"].endswith(f"#c{message.pk}")
        assert CommentFlag.objects.count() == marks
    client_of(member).post(address, {"message": message.pk})
    assert not CommentFlag.objects.exists()


def test_a_report_is_sent_once_and_its_outcome_is_told(message, colleague, moderator, client_of):
    browser, address = client_of(colleague), url("report", message.pk)
    refused = browser.post(address, {"explanation": "Sans motif " + "x" * 600}).content.decode()
    assert "Choisissez un motif" in refused and "500 caractères" in refused and "Sans motif" in refused
    assert browser.post(address, {"reason": "person", "explanation": "La\x00 rue"}).status_code == 302
    assert Report.objects.get().explanation == "La rue"
    assert "La modération ne l’a pas encore lu" in browser.get(address).content.decode()
    moderate_comment(moderator, message, "removed", "Motif")
    page = browser.get(address).content.decode()
    assert "Message retiré" in page and SECRET not in page and "<textarea" not in page


def test_the_queue_shows_what_waits_and_what_was_decided(practice, message, colleague, moderator, client_of):
    browser = client_of(moderator)
    assert "Rien n’attend." in browser.get(url("reports")).content.decode()
    report_comment(colleague, message, "person", "On voit qui c’est")
    page = browser.get(url("reports")).content.decode()
    assert SECRET in page and "On voit qui c’est" in page and "Lies P." in page
    refused = browser.post(url("moderate", message.pk), {"outcome": "removed", "reason": ""}).content.decode()
    assert "Dites pourquoi" in refused
    done = browser.post(
        url("moderate", message.pk), {"outcome": "removed", "reason": "Trop précis"}, follow=True
    )
    assert done.redirect_chain == [(url("reports"), 302)]
    page = done.content.decode()
    assert (
        SECRET not in page
        and "Message retiré\N{NO-BREAK SPACE}: message de Samira B." in page
        and "Trop précis" in page
    )
    assert browser.post(url("moderate", message.pk), {"outcome": "restored"}).status_code == 302
    assert not XtdComment.objects.get().is_removed


def test_a_decision_on_what_somebody_else_decided_is_refused(message, moderator, client_of):
    moderate_comment(moderator, message, "removed", "Déjà")
    page = client_of(moderator).post(url("moderate", message.pk), {"outcome": "kept", "reason": "Mon avis"})
    assert "Quelqu’un d’autre a décidé entre-temps" in page.content.decode()
    assert "Mon avis</textarea>" in page.content.decode()


def test_the_queue_leaves_out_what_nobody_may_read(practice, message, colleague, moderator, client_of):
    report_comment(colleague, message, "person")
    moderate_comment(moderator, message, "kept", "Rien à dire")
    report_comment(colleague, message, "other")
    practice.unpublish()
    page = client_of(moderator).get(url("reports")).content.decode()
    assert SECRET not in page and practice.title not in page and "Rien à dire" not in page


def test_the_queue_costs_the_same_for_one_report_and_for_thirty(
    practice, make_member, colleague, moderator, client_of, django_assert_max_num_queries
):
    browser = client_of(moderator)
    costs = []
    for number in (1, 29):
        for each in range(number):
            sheet = make_practice(by=colleague) if each == 5 else practice
            report_comment(colleague, make_message(sheet, make_member(), f"{number}.{each}"), "other")
        browser.get(url("reports"))
        with django_assert_max_num_queries(12) as queries:
            browser.get(url("reports"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
