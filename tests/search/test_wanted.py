"""Asking for a sheet, its answer, and the situations from which a search begins."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from agora.people.audience import PUBLIC
from search import generations
from search.models import SheetRequest, Situation
from search.situations.querysets import shown_situations
from search.wanted import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make_member, client):
    person = make_member()
    client.force_login(person)
    return person


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


class TestRequests:
    def ask(self, client, **fields):
        return client.post(reverse("search:request_sheet"), fields, follow=True)

    def test_from_a_search_that_finds_nothing_to_ones_own_page(self, shelf, client, member):
        shelf.put(1, "Accueil")
        generations.rebuild()
        html = text_of(client.get(reverse("search:results"), {"q": "colocation solidaire"}))
        assert "/fr/recherche/demander-une-fiche/?q=colocation+solidaire" in html
        form = client.get(reverse("search:request_sheet"), {"q": "colocation solidaire"})
        assert 'value="colocation solidaire"' in text_of(form)
        assert text_of(form).count("(facultatif)") == 1
        html = text_of(self.ask(client, words="colocation solidaire", why="Deux frères sans bail."))
        assert "Votre demande est partie" in html
        assert "Deux frères sans bail." in html
        request = SheetRequest.objects.get()
        assert (request.author, request.state, request.language) == (member, "waiting", "fr")

    def test_the_same_words_are_asked_once(self, client, member):
        self.ask(client, words="colocation")
        assert "Vous aviez déjà demandé cette fiche" in text_of(self.ask(client, words=" colocation "))
        assert SheetRequest.objects.count() == 1

    @pytest.mark.parametrize("words", ["", "   ", "x" * 201])
    def test_a_mistake_keeps_what_was_typed(self, client, member, words):
        html = text_of(self.ask(client, words=words, why="Une situation"))
        assert "Une situation" in html
        assert "bad-msg" in html
        assert not SheetRequest.objects.exists()

    def test_twenty_may_wait(self, client, member):
        for number in range(20):
            actions.ask_for_sheet(member, f"mot {number}")
        html = text_of(self.ask(client, words="encore", why="Une situation"))
        assert "Vingt de vos demandes attendent déjà une réponse." in html
        assert "Une situation" in html

    def test_a_request_is_withdrawn_and_asked_again(self, client, member):
        self.ask(client, words="colocation", why="Deux frères.")
        html = text_of(
            client.post(reverse("search:withdraw_request", args=[SheetRequest.objects.get().pk]), follow=True)
        )
        assert "Votre demande « colocation » est retirée." in html
        assert not SheetRequest.objects.exists()
        client.post(reverse("search:restore"))
        assert SheetRequest.objects.get().why == "Deux frères."

    def test_an_answer_is_told_once_without_its_words(
        self, client, member, django_capture_on_commit_callbacks
    ):
        wanted, _new = actions.ask_for_sheet(member, "colocation")
        with django_capture_on_commit_callbacks(execute=True):
            actions.tell_answer(wanted)
        assert mail.outbox == []
        wanted.state, wanted.answer = SheetRequest.State.DECLINED, "Déjà racontée ailleurs."
        with django_capture_on_commit_callbacks(execute=True):
            actions.tell_answer(wanted)
            actions.tell_answer(wanted)
        (letter,) = mail.outbox
        assert letter.to == [member.email]
        assert "colocation" not in letter.body
        assert "racontée" not in letter.body


class TestSituations:
    def test_twelve_are_shipped_in_both_languages(self, db):
        assert shown_situations().count() == 12
        for each in shown_situations():
            assert all((each.title_nl, each.lead_nl, each.query_nl, each.title_fr, each.query_fr))

    @pytest.mark.parametrize(("locale", "title"), [("fr", "Les dettes"), ("nl", "De schulden")])
    def test_each_leads_to_what_one_may_read_today(self, shelf, client, member, locale, title):
        shelf.put(1, "La médiation de dettes", audience=frozenset({PUBLIC}))
        shelf.put(2, "Schuldbemiddeling aan het loket", language="nl")
        generations.rebuild()
        with translation.override(locale):
            address = reverse("search:situation", args=["dettes"])
        html = text_of(client.get(address))
        assert title in html
        assert "La <mark>médiation de dettes</mark>" in html
        assert "<mark>Schuldbemiddeling</mark>" in html
        client.logout()
        assert "Schuldbemiddeling aan" not in text_of(client.get(address))

    def test_one_that_is_not_shown_is_nowhere(self, shelf, client, member):
        generations.rebuild()
        Situation.objects.filter(slug="dettes").update(is_active=False)
        assert client.get(reverse("search:situation", args=["dettes"])).status_code == 404
        assert "Les dettes s’accumulent" not in text_of(client.get(reverse("search:results")))

    def test_they_are_offered_before_anything_is_asked_and_not_after(self, shelf, client, member):
        shelf.put(1, "Accueil")
        generations.rebuild()
        assert "Les dettes s’accumulent" in text_of(client.get(reverse("search:results")))
        assert "Les dettes s’accumulent" not in text_of(
            client.get(reverse("search:results"), {"q": "accueil"})
        )
