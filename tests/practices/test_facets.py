"""The counts beside the filters say what the database says, whatever is chosen, right after any change."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agora.home.tree import build_tree
from agora.vocabulary.models import Circumstance, Cpas, Function, Mission, Public, Service, Theme
from practices import facets
from practices.models import PracticePage

from .samples import many_sheets

pytestmark = pytest.mark.django_db
LOOKUPS = {
    "theme": "themes__slug__in",
    "age": "maturity__in",
    "service": "services__slug__in",
    "public": "publics__slug__in",
    "taille": "origin__size__in",
    "langue": "locale__language_code__in",
    "cpas": "origin__in",
    "metier": "functions__slug__in",
    "mission": "missions__slug__in",
    "circonstance": "circumstances__slug__in",
    "forme": "kind__in",
    "essayee": "adoptions__cpas__in",
}


def by_database(chosen, *, member: bool) -> set[int]:
    """The sheets that pass every facet, as plain queries say it."""
    sheets = PracticePage.objects.filter(live=True, **({} if member else {"is_showcase": True}))
    found = set(sheets.values_list("pk", flat=True))
    for facet, values in chosen.items():
        if values:
            found &= set(sheets.filter(**{LOOKUPS[facet]: values}).values_list("pk", flat=True))
    return found


def carriers() -> dict[tuple[str, str], set[int]]:
    """Which sheets carry each value of each facet, read sheet by sheet."""
    carried: dict[tuple[str, str], set[int]] = {}
    for sheet in PracticePage.objects.all():
        values = {
            "theme": sheet.themes.values_list("slug", flat=True),
            "age": [sheet.maturity],
            "service": sheet.services.values_list("slug", flat=True),
            "public": sheet.publics.values_list("slug", flat=True),
            "taille": [sheet.origin.size] if sheet.origin else [],
            "langue": [sheet.locale.language_code],
            "cpas": [sheet.origin_id] if sheet.origin_id else [],
            "metier": sheet.functions.values_list("slug", flat=True),
            "mission": sheet.missions.values_list("slug", flat=True),
            "circonstance": sheet.circumstances.values_list("slug", flat=True),
            "forme": [sheet.kind],
            "essayee": sheet.adoptions.values_list("cpas_id", flat=True),
        }
        for facet, words in values.items():
            for word in words:
                carried.setdefault((facet, word), set()).add(sheet.pk)
    return carried


@pytest.fixture(scope="module")
def catalogue(django_db_setup, django_db_blocker):
    """Sixty sheets that all the examples of this module read, and their possible values."""
    with django_db_blocker.unblock(), transaction.atomic():
        many_sheets(build_tree(), 50)
        yield (
            {
                "theme": list(Theme.objects.values_list("slug", flat=True)),
                "age": PracticePage.Maturity.values,
                "service": list(Service.objects.values_list("slug", flat=True)),
                "public": list(Public.objects.values_list("slug", flat=True)),
                "taille": Cpas.Size.values,
                "langue": ["fr", "nl"],
                "cpas": list(Cpas.objects.values_list("pk", flat=True)),
                "metier": list(Function.objects.values_list("slug", flat=True)),
                "mission": list(Mission.objects.values_list("slug", flat=True)),
                "circonstance": list(Circumstance.objects.values_list("slug", flat=True)),
                "forme": PracticePage.Kind.values,
                "essayee": list(Cpas.objects.values_list("pk", flat=True)),
            },
            carriers(),
        )
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_counts_and_rows_agree_with_the_database(catalogue, data):
    possible, carried = catalogue
    chosen = {
        facet: data.draw(st.lists(st.sampled_from(values), max_size=2, unique=True), label=facet)
        for facet, values in possible.items()
    }
    member = data.draw(st.booleans(), label="member")
    picture = facets.picture()
    readable = picture.readable(member=member)
    found = picture.matching(readable, chosen)
    expected = by_database(chosen, member=member)
    assert found.bit_count() == len(expected)
    for sort in facets.SORTS:
        cards = picture.ordered(found, sort, 0, 100)
        assert {card.pk for card in cards} == expected
    counts = picture.counts(readable, chosen)
    for facet, values in possible.items():
        others = by_database({name: words for name, words in chosen.items() if name != facet}, member=member)
        for value in values:
            assert counts[facet].get(value, 0) == len(others & carried.get((facet, value), set()))


class TestOrder:
    def test_each_order_is_what_it_says(self, catalogue):
        picture, every = facets.picture(), PracticePage.objects.in_bulk()
        sheets = {
            sort: [every[card.pk] for card in picture.ordered(picture.everything, sort, 0, 99)]
            for sort in facets.SORTS
        }
        reviewed = [sheet.reviewed_on for sheet in sheets["relues"]]
        known = [day for day in reviewed if day]
        assert known == sorted(known, reverse=True)
        assert reviewed[len(known) :] == [None] * (len(reviewed) - len(known))
        published = [sheet.first_published_at for sheet in sheets["nouvelles"]]
        assert published == sorted(published, reverse=True)
        tried = [sheet.adoptions.count() for sheet in sheets["essayees"]]
        assert tried == sorted(tried, reverse=True)
        titles = [facets.alphabetical(sheet.title) for sheet in sheets["titre"]]
        assert titles == sorted(titles)

    def test_accents_case_and_quotes_do_not_count(self):
        assert facets.alphabetical("« Écouter » d’abord") == facets.alphabetical("ecouter DABORD")

    def test_a_window_is_a_slice_of_the_whole(self, catalogue):
        picture = facets.picture()
        whole = picture.ordered(picture.everything, "titre", 0, 999)
        assert picture.ordered(picture.everything, "titre", 20, 40) == whole[20:40]
        assert picture.ordered(0, "titre", 0, 20) == []
