"""The numbers beside the values are true: choosing one gives exactly as many texts, whatever else holds."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from search import generations, outbox
from search.contract import FACETS
from search.service import search_service

pytestmark = pytest.mark.django_db
THEMES, PUBLICS, CPAS = ("emploi", "reseau", "bilan"), ("jeunes", "familles"), ("21001", "21002", "21003")
CHOICES = [
    {},
    {"theme": {"emploi"}},
    {"theme": {"emploi", "reseau"}, "cpas": {"21001"}},
    {"since": {"1"}, "public": {"jeunes"}},
    {"language": {"nl"}},
    {"language": {"nl"}, "theme": {"bilan"}, "since": {"3"}},
]


@pytest.fixture
def fair(shelf):
    """Sixty texts of two languages, all sorts of values; two were closed and the index has not heard."""
    dice, now = random.Random(7), timezone.now()
    for number in range(1, 61):
        shelf.put(
            number,
            f"Accueil {number}" if number % 4 else f"Onthaal {number}",
            language="fr" if number % 4 else "nl",
            body="Le guichet." if number % 3 else "Accueil, guichet, écoute.",
            updated=now - timedelta(days=dice.choice([10, 300, 700, 1500])),
            facets={
                "theme": tuple(dice.sample(THEMES, dice.randrange(3))),
                "public": tuple(dice.sample(PUBLICS, dice.randrange(3))),
                "cpas": (dice.choice(CPAS),),
            },
        )
    generations.rebuild()
    outbox.narrow("note:3", "note:8")
    return shelf


def answer_to(text: str, member, chosen: dict, **fields):
    filters = {facet: frozenset(values) for facet, values in chosen.items()}
    return search_service().search(text, member, filters=filters, **fields)


@pytest.mark.parametrize("text", ["accueil", "onthaal", "guichet écoute", "", "introuvable accueil"])
def test_choosing_a_value_gives_exactly_the_count_beside_it(fair, make_member, text):
    member, tried = make_member(), 0
    for chosen in CHOICES:
        before = answer_to(text, member, chosen)
        for facet in FACETS:
            for value in before.facets.facets[facet]:
                after = answer_to(text, member, chosen | {facet: {value.value}})
                assert after.all_total == value.count, (chosen, facet, value)
                tried += 1
    assert tried > 50


def test_every_text_that_is_counted_can_be_reached_page_after_page(fair, make_member):
    member = make_member()
    for chosen in CHOICES:
        first = answer_to("accueil", member, chosen)
        seen: set[str] = set()
        for page in range(1, 9):
            seen |= {hit.uid for hit in answer_to("accueil", member, chosen, page=page).hits}
        assert len(seen) == first.total, chosen
        assert not seen & {"note:3", "note:8"}


@pytest.mark.parametrize("sort", ["relevance", "newest", "useful"])
def test_an_order_changes_no_number(fair, make_member, sort):
    usual, other = (answer_to("accueil", make_member(), {}, sort=each) for each in ("relevance", sort))
    assert (usual.total, usual.others_total) == (other.total, other.others_total)
    dates = [hit.obj.updated for hit in answer_to("accueil", make_member(), {}, sort="newest").hits]
    assert dates == sorted(dates, reverse=True)
