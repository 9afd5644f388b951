"""Who answers for a sheet: its keeper, who stands in, and nobody who is not there any more."""

import pytest

from agora.people.models import Member
from practices.models import PracticePage
from practices.permissions import can_archive, can_keep, get_practice_for, is_keeper, is_kept, keepers_of

from .factories import make_practice

pytestmark = pytest.mark.django_db
ABSENT = [
    {"status": Member.Status.LEFT},
    {"status": Member.Status.SUSPENDED, "is_active": False},
    {"status": Member.Status.PENDING},
    {"is_active": False},
]


@pytest.fixture
def sheet(tree, member, colleague):
    """A sheet that `member` keeps and for which `colleague` stands in."""
    practice = make_practice(by=member)
    PracticePage.objects.filter(pk=practice.pk).update(fallback_owner=colleague)
    return practice


def again(sheet, user, *, whole: bool = True) -> PracticePage:
    """The sheet as a view gets it."""
    return get_practice_for(user, slug=sheet.slug, language="fr", whole=whole)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("absence", ABSENT)
def test_who_is_not_there_keeps_nothing(sheet, member, colleague, relay, absence, whole):
    assert keepers_of(again(sheet, relay, whole=whole)) == [member, colleague]
    Member.objects.filter(pk=member.pk).update(**absence)
    assert keepers_of(again(sheet, relay, whole=whole)) == [colleague]
    Member.objects.filter(pk=colleague.pk).update(**absence)
    practice = again(sheet, relay, whole=whole)
    assert keepers_of(practice) == []
    assert not is_kept(practice)


def test_the_short_reading_knows_its_keepers_without_asking_again(
    sheet, member, colleague, django_assert_num_queries
):
    practice = again(sheet, member, whole=False)
    with django_assert_num_queries(0):
        assert keepers_of(practice) == [member, colleague]
        assert practice.review_due_on is not None


def test_one_person_in_both_places_counts_once(tree, member):
    practice = make_practice(by=member)
    practice.fallback_owner = member
    assert keepers_of(practice) == [member]


def test_who_decides_about_a_sheet(sheet, member, colleague, relay, pending, editor, moderator):
    practice = again(sheet, relay)
    deciding = {member, colleague, moderator}
    for person in (member, colleague, relay, pending, editor, moderator):
        assert can_keep(person, practice) is (person in deciding)
        assert can_archive(person, practice) is (person in deciding)
        assert is_keeper(person, practice) is (person in {member, colleague})


def test_nobody_decides_about_what_is_archived(sheet, member, moderator):
    sheet.unpublish()
    archived = PracticePage.objects.get(pk=sheet.pk)
    assert not can_keep(member, archived)
    assert not can_keep(moderator, archived)
