"""What one process changed, the next request of any process sees: the mark of the catalogue tells."""

import pytest
from django.db import transaction

from agora.vocabulary.models import Service
from practices import facets
from practices.actions import archive_practice, change_practice
from practices.models import CatalogueStamp

from .factories import fields_of, make_practice
from .samples import declare

pytestmark = pytest.mark.django_db


def seen(facet: str, value: str) -> int:
    """How many sheets the picture counts for one value."""
    picture = facets.picture()
    return picture.counts(picture.everything, {})[facet].get(value, 0)


def by_tries() -> list[int]:
    """The sheets by the number of CPAS that tried them."""
    picture = facets.picture()
    return [card.pk for card in picture.ordered(picture.everything, "essayees", 0, 9)]


def test_an_empty_catalogue(tree):
    assert facets.picture().cards == []
    assert seen("theme", "bilan") == 0


def test_publication_edit_and_archive_are_seen_at_once(tree, member):
    before = seen("theme", "bilan")
    sheet = make_practice(by=member, themes=("bilan",))
    assert seen("theme", "bilan") == before + 1
    sheet = change_practice(
        sheet,
        fields_of(themes=("emploi",)),
        by=member,
        significance="minor",
        based_on=sheet.live_revision_id,
    )
    assert seen("theme", "bilan") == before
    assert seen("theme", "emploi") == 1
    archive_practice(sheet, member)
    assert seen("theme", "emploi") == 0


def test_an_adoption_moves_the_order_by_tries(tree, member):
    first, second = make_practice(by=member), make_practice(by=member)
    for sheet, cpas in ((first, "21001"), (second, "21001"), (second, "21002")):
        declare(sheet, cpas)
    assert by_tries() == [second.pk, first.pk]
    first.adoptions.create(cpas_id="21003", state="trying", since="2025-01-01")
    first.adoptions.create(cpas_id="21004", state="trying", since="2025-01-01")
    assert by_tries() == [first.pk, second.pk]


def test_words_added_without_publication_are_seen(tree, member):
    sheet = make_practice(by=member)
    before = seen("service", "energie")
    sheet.services = Service.objects.filter(slug="energie")
    sheet.save()
    assert seen("service", "energie") == before + 1


def test_what_is_rolled_back_is_never_told_again(tree, member):
    """A mark that was rolled back does not come again for another state of the catalogue."""
    before = facets.picture()
    with transaction.atomic():
        make_practice(by=member)
        assert len(facets.picture().cards) == len(before.cards) + 1
        transaction.set_rollback(True)
    assert len(facets.picture().cards) == len(before.cards)
    make_practice(by=member, title="Une autre")
    assert [card.title for card in facets.picture().cards][:1] == ["Une autre"]


def test_the_picture_is_kept_while_nothing_moves(tree, member, django_assert_num_queries):
    make_practice(by=member)
    first = facets.picture()
    with django_assert_num_queries(1):
        assert facets.picture() is first


def test_a_missing_mark_is_made(tree, member):
    CatalogueStamp.objects.all().delete()
    assert CatalogueStamp.current() == ""
    CatalogueStamp.renew()
    assert CatalogueStamp.current()
    assert CatalogueStamp.objects.count() == 1
