"""A message under way: kept on the server as one types, given back anywhere, gone once it is sent."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from django_comments_xtd.models import XtdComment

from agora.discussion.actions import withdraw_comment
from agora.discussion.drafts import KIND
from agora.drafts.models import Draft
from agora.richtext.quotes import quote
from tests.drafts.factories import sent

from .factories import SECRET, make_message
from .test_pages import url, write_url

AUTOSAVE = "/fr/brouillons/enregistrer/message/"
WORDS = "Chez nous, une ligne par jour."


def place(practice) -> str:
    return f"practices.practicepage.{practice.pk}"


def typed(owner, target: str, text: str = WORDS, **more) -> dict:
    """Return what the form of a message sends."""
    return sent(owner, text=text, **more) | {"draft_target": target}


def keep(browser, owner, target: str, text: str = WORDS, **more):
    """Send what the script sends while one types."""
    return browser.post(AUTOSAVE, typed(owner, target, text, **more))


class TestKept:
    def test_what_is_typed_under_a_sheet_comes_back_on_another_device(self, practice, colleague, client_of):
        answer = keep(client_of(colleague), colleague, place(practice))
        assert answer.status_code == 200
        assert answer.json()["saved_at"]
        page = client_of(colleague).get(practice.get_absolute_url()).content.decode()
        assert f">{WORDS}</textarea>" in page
        assert "Pas encore envoyé. Enregistré aujourd’hui à" in page
        assert f'value="{answer.json()["draft"]}"' in page, "the next save goes to the same draft"

    def test_nobody_else_sees_it(self, practice, colleague, member, client_of):
        keep(client_of(colleague), colleague, place(practice))
        page = client_of(member).get(practice.get_absolute_url()).content.decode()
        assert WORDS not in page
        assert "Pas encore envoyé" not in page

    def test_an_answer_has_its_own(self, practice, message, colleague, client_of):
        browser = client_of(colleague)
        keep(browser, colleague, f"reply.{message.pk}")
        assert WORDS in browser.get(url("reply", message.pk)).content.decode()
        assert WORDS not in browser.get(practice.get_absolute_url()).content.decode()

    def test_a_quote_joins_what_was_begun(self, message, colleague, client_of):
        browser = client_of(colleague)
        keep(browser, colleague, f"reply.{message.pk}")
        page = browser.get(url("reply", message.pk) + "?citer").content.decode()
        assert f"{WORDS}\n\n&gt; {SECRET}" in page

    def test_without_a_script_what_is_refused_or_previewed_is_kept(self, practice, colleague, client_of):
        browser = client_of(colleague)
        form = typed(colleague, place(practice), "Appelez le 0478 12 34 56.")
        assert browser.post(write_url(practice), form).status_code == 200
        assert Draft.objects.get().data == {"text": "Appelez le 0478 12 34 56."}
        browser.post(write_url(practice), typed(colleague, place(practice)) | {"go": "preview"})
        assert Draft.objects.count() == 1, "another number, the same page: the same draft"

    def test_what_was_sent_after_the_session_closed_waits(self, practice, colleague, client_of):
        browser = client_of()
        answer = browser.post(write_url(practice), typed(colleague, place(practice)))
        assert answer.status_code == 302
        browser.force_login(colleague)
        page = browser.get(write_url(practice)).content.decode()
        assert "Votre texte vous attendait" in page
        assert WORDS in page
        assert not XtdComment.objects.exists()

    @pytest.mark.parametrize("text", ["", "   \n", "\x00"])
    def test_an_emptied_one_is_shown_nowhere_and_dies_the_next_day(
        self, practice, colleague, client_of, text
    ):
        browser = client_of(colleague)
        keep(browser, colleague, place(practice), text)
        assert "Pas encore envoyé" not in browser.get(practice.get_absolute_url()).content.decode()
        assert "Vous n’avez rien en cours." in browser.get("/fr/brouillons/").content.decode()
        call_command("purge_drafts")
        assert Draft.objects.count() == 1
        Draft.objects.update(saved_at=timezone.now() - timezone.timedelta(days=2))
        call_command("purge_drafts")
        assert not Draft.objects.exists()


class TestGone:
    def test_once_sent(self, practice, message, colleague, client_of):
        browser = client_of(colleague)
        for target, address in (
            (place(practice), write_url(practice)),
            (f"reply.{message.pk}", url("reply", message.pk)),
        ):
            keep(browser, colleague, target)
            assert browser.post(address, typed(colleague, target)).status_code == 302
            assert not Draft.objects.exists()

    def test_a_save_that_comes_after_its_message_is_not_offered_again(self, practice, colleague, client_of):
        browser = client_of(colleague)
        browser.post(write_url(practice), typed(colleague, place(practice)))
        keep(browser, colleague, place(practice))
        page = browser.get(practice.get_absolute_url()).content.decode()
        assert f">{WORDS}</textarea>" not in page
        assert "Pas encore envoyé" not in page

    def test_a_message_that_goes_leaves_the_drafts_that_quote_it(
        self, practice, message, member, colleague, client_of
    ):
        browser = client_of(colleague)
        for target in (place(practice), f"reply.{message.pk}"):
            keep(browser, colleague, target, quote(SECRET) + "Tout à fait.")
        withdraw_comment(member, message)
        for draft in Draft.objects.all():
            assert SECRET not in str(draft.data) + draft.title
            assert "Tout à fait." in draft.data["text"]


class TestWho:
    @pytest.mark.parametrize(
        "target",
        ["", "x", "forum.salle.1", "practices.practicepage.0", "practices.practicepage.", "reply.0",
         "reply.x", "practices.practicepage.99999999999999999", "people.member.1"],
    )  # fmt: skip
    def test_no_draft_of_a_page_that_is_not_there(self, practice, colleague, client_of, target):
        assert keep(client_of(colleague), colleague, target).status_code == 404
        assert not Draft.objects.exists()

    def test_no_draft_under_a_page_that_one_may_not_read(self, practice, message, colleague, client_of):
        practice.unpublish()
        for target in (place(practice), f"reply.{message.pk}"):
            assert keep(client_of(colleague), colleague, target).status_code == 404
        assert not Draft.objects.exists()

    def test_not_for_who_waits(self, practice, pending, client_of):
        assert keep(client_of(pending), pending, place(practice)).status_code == 403


class TestList:
    def test_says_what_it_is_and_where(self, practice, message, colleague, client_of):
        browser = client_of(colleague)
        keep(browser, colleague, place(practice))
        keep(browser, colleague, f"reply.{message.pk}", "> Cité\n\nMa réponse")
        page = browser.get("/fr/brouillons/").content.decode()
        assert "Message à envoyer" in page and "Réponse à envoyer" in page
        assert page.count(f"Sous «\N{NO-BREAK SPACE}{practice.title}\N{NO-BREAK SPACE}»") == 2
        assert write_url(practice) in page and url("reply", message.pk) in page
        assert ">Ma réponse</a>" in page, "its own words, not those that it quotes"

    def test_where_one_can_write_no_more_the_words_are_given_back(self, practice, colleague, client_of):
        browser = client_of(colleague)
        keep(browser, colleague, place(practice))
        practice.unpublish()
        page = browser.get("/fr/brouillons/").content.decode()
        assert f"On n’y écrit plus. Votre texte\N{NO-BREAK SPACE}: {WORDS}" in page
        assert practice.title not in page

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_the_same_at_any_length(
        self, practice, member, colleague, client_of, django_assert_num_queries, count
    ):
        browser = client_of(colleague)
        for number in range(count):
            answered = make_message(practice, member, f"Message {number}", minutes_ago=60 + number)
            keep(browser, colleague, f"reply.{answered.pk}")
        browser.get("/fr/brouillons/")
        with django_assert_num_queries(QUERIES):
            browser.get("/fr/brouillons/")


# Session, person, roles, drafts, discarded ones, what was sent; whose they are, their roles, what they
# answer, its pages and their languages.
QUERIES = 11


def test_a_dutch_page_keeps_its_draft_too(practice, colleague, client_of):
    with translation.override("nl"):
        address = reverse("drafts:autosave", args=[KIND])
    assert client_of(colleague).post(address, typed(colleague, place(practice))).status_code == 200
