"""Members among what is found: by what their page says, while they are members and wish to be found."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agora.directory.models import WordPage
from agora.directory.persons import indexing
from agora.people import actions
from agora.people.audience import MEMBERS
from agora.people.models import Member
from agora.vocabulary.models import Cpas, Function, Service, Theme
from practices.admin.actions import replace_word
from search import generations, outbox
from search.models import PendingChange, Tombstone
from search.service import search_service
from tests.people.factories import address_of
from tests.people.test_profile import profile_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator(make_member) -> Member:
    """A debt mediator of Jette, who speaks Turkish."""
    person = make_member(
        first_name="Ornella",
        last_name="Vanderstichelen",
        cpas="21010",
        function=Function.objects.get(slug="mediateur-dettes"),
        service=Service.objects.first(),
        spoken=["fr", "tr"],
    )
    person.themes.set(Theme.objects.filter(slug="bilan"))
    return person


def uid_of(person: Member) -> str:
    return f"person:{person.pk}"


def found(words: str, user) -> list[str]:
    """The people whom a search of somebody shows."""
    answer = search_service().search(words, user, filters={"kind": frozenset({"person"})})
    return [hit.uid for hit in (*answer.hits, *answer.others)]


def drained() -> None:
    outbox.drain()
    assert generations.check().is_clean


class TestWhatIsKnown:
    def test_a_person_is_their_public_page_and_no_more(self, mediator):
        doc = indexing.build(mediator)
        everything = f"{doc.title} {doc.summary} {doc.body}"
        assert doc.audience == {MEMBERS}
        assert doc.title == "Ornella Vanderstichelen"
        assert "@" not in everything
        assert "Jette" in everything
        assert "turc" in everything
        assert "Turks" in everything
        assert doc.values("cpas") == ("21010",)
        assert doc.values("function") == ("mediateur-dettes",)
        assert 0 < doc.weight < 1

    @pytest.mark.parametrize(
        "words",
        [
            "Vanderstichelen",
            "médiateur de dettes Jette",
            "ornella",
            "schuldbemiddelaar Jette",
            "turc",
            "Turks",
            "médiatrice",
        ],
    )
    def test_colleagues_find_by_name_function_cpas_and_language(self, mediator, member, words):
        generations.rebuild()
        assert found(words, member)[0] == uid_of(mediator)

    def test_nobody_else_finds_anybody(self, mediator, pending):
        generations.rebuild()
        assert found("Vanderstichelen", pending) == []

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_number_of_queries_does_not_depend_on_the_number_of_people(self, make_member, count):
        for _number in range(count):
            make_member()
        with CaptureQueriesContext(connection) as building:
            assert len([indexing.build(person) for person in indexing.indexed()]) == count
        reader = Member.objects.first()
        with CaptureQueriesContext(connection) as showing:
            assert len([indexing.words_of(person) for person in indexing.visible(reader)]) == count
        assert (len(building), len(showing)) == (2, 2)


class TestActs:
    @pytest.mark.parametrize("act", ["suspend", "move", "hide", "leave", "delete"])
    def test_who_is_no_member_any_more_or_hides_is_gone_in_the_act(
        self, mediator, member, moderator, client_of, act
    ):
        generations.rebuild()
        assert found("Vanderstichelen", member) == [uid_of(mediator)]
        {
            "suspend": lambda: actions.suspend_member(mediator, by=moderator, reason="Ne travaille plus là."),
            "move": lambda: actions.change_cpas(mediator, Cpas.objects.get(pk="21007")),
            "hide": lambda: client_of(mediator).post(address_of("people:edit_profile"), profile_data()),
            "leave": lambda: left(mediator),
            "delete": mediator.delete,
        }[act]()
        assert found("Vanderstichelen", member) == []
        assert Tombstone.objects.exists()
        drained()
        assert found("Vanderstichelen", member) == []

    def test_a_newcomer_is_found_once_validated(self, pending, relay, member):
        generations.rebuild()
        assert found("Nouvelle", member) == []
        actions.validate_member(pending, by=relay)
        drained()
        assert found("Nouvelle", member) == [uid_of(pending)]

    def test_what_one_changes_on_one_s_page_is_found_anew(self, member, colleague, client_of):
        generations.rebuild()
        client_of(member).post(
            address_of("people:edit_profile"),
            profile_data(last_name="Oumarou", spoken=["so"], is_findable="on"),
        )
        drained()
        assert found("Oumarou", colleague) == [uid_of(member)]
        assert found("somali", colleague) == [uid_of(member)]
        assert found("Bastiaens", colleague) == []

    @pytest.mark.parametrize("model", [Cpas, Function, Service, Theme])
    def test_a_word_that_an_editor_changes_changes_on_every_page(self, mediator, model):
        generations.rebuild()
        words = {
            Cpas: mediator.cpas,
            Function: mediator.function,
            Service: mediator.service,
            Theme: mediator.themes.get(),
        }
        word = words[model]
        word.name_fr = "Un tout autre mot"
        word.save()
        drained()

    def test_a_word_replaced_everywhere_is_replaced_here_too(self, mediator, editor):
        generations.rebuild()
        replace_word(mediator.function, Function.objects.get(slug="juriste"), by=editor)
        replace_word(Theme.objects.get(slug="bilan"), Theme.objects.get(slug="emploi"), by=editor)
        drained()
        assert not WordPage.objects.get(listing="function", key="mediateur-dettes", language="fr").is_live
        assert indexing.build(indexed_again(mediator)).values("function") == ("juriste",)
        assert indexing.build(indexed_again(mediator)).values("theme") == ("emploi",)

    def test_signing_in_costs_search_nothing(self, member, client_of):
        PendingChange.objects.all().delete()
        client_of(member)
        assert not PendingChange.objects.exists()


def indexed_again(person: Member) -> Member:
    return indexing.indexed().get(pk=person.pk)


def left(person: Member) -> None:
    person.status = Member.Status.LEFT
    person.save(update_fields=["status"])


class TestTheRow:
    @pytest.mark.parametrize(
        ("language", "kind", "spoken"), [("fr", "Personne", "turc"), ("nl", "Persoon", "Turks")]
    )
    def test_it_says_who_and_leads_to_their_page(self, mediator, member, language, kind, spoken):
        generations.rebuild()
        with translation.override(language):
            answer = search_service().search("Vanderstichelen", member)
            hit = (*answer.hits, *answer.others)[0]
            html = render_to_string(hit.template, {"hit": hit, "LANGUAGE_CODE": language})
            assert f'href="{address_of("people:member", language, pk=mediator.pk)}"' in html
        assert "<mark>Vanderstichelen</mark>" in html
        assert kind in html
        assert spoken in html
        assert "@" not in html
