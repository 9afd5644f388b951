"""Who sees the family of a sheet: its origin, its variants, and theirs, each with its own readers."""

from itertools import pairwise

import pytest

from practices.models import PracticePage

from .factories import make_practice
from .test_adoption_family import TEXTS, adapted, family, opened_origin, page

pytestmark = pytest.mark.django_db


def three_generations(make_member) -> list[int]:
    """Make an open origin, its variant, and the variant of that one."""
    first = opened_origin(make_member())
    middle = adapted(first, make_member(cpas="21010"), "Milieu", is_showcase=True)
    last = adapted(middle, make_member(cpas="21006"), "Dernière", is_showcase=True)
    return [first.pk, middle.pk, last.pk]


@pytest.fixture(scope="module")
def three_of_the_file(shared) -> list[int]:
    return shared(three_generations)


@pytest.fixture
def three(tree, three_of_the_file) -> list[PracticePage]:
    """An open origin, its variant, and the variant of that one, read anew for each test."""
    return [PracticePage.objects.get(pk=pk) for pk in three_of_the_file]


TITLES = ("Origine", "Milieu", "Dernière")


@pytest.mark.parametrize("hidden", range(3))
@pytest.mark.parametrize("how", ["archived", "members"])
def test_what_one_may_not_read_is_nowhere(three, member, client_of, hidden, how):
    gone, others = three[hidden], [sheet for rank, sheet in enumerate(three) if rank != hidden]
    for sheet in three:  # kept in memory before anything changes
        page(client_of(None), sheet)
    gone = PracticePage.objects.get(pk=gone.pk)
    if how == "archived":
        gone.unpublish()
    else:
        gone.is_showcase = False
        gone.save()
    reader = client_of(member if how == "archived" else None)
    for sheet in others:
        pages = [page(reader, sheet), family(reader, sheet).content.decode()]
        assert [TITLES[hidden] in html or gone.slug in html for html in pages] == [False, False]
    assert family(reader, gone).status_code == 404
    # The ends of a chain whose middle is hidden do not know each other.
    seen = [TITLES[three.index(s)] in family(reader, others[0]).content.decode() for s in others]
    assert seen == [True, hidden != 1]


def test_members_see_all_of_it_with_the_notes(three, member, client_of):
    html = family(client_of(member), three[1]).content.decode().split("Qui vient de qui", 1)[1]
    order = [html.index(f">{title}</") for title in TITLES]
    assert all(one < other for one, other in pairwise(order))
    for words in (*TEXTS, "Gardée", "Changée", "Laissée", "Un seul, plus long.", "Pas de local."):
        assert words in html


def test_relatives_come_first_among_the_sheets_nearby(three, member, client_of):
    for number in range(3):
        make_practice(by=member, title=f"Même thème {number}")
    html = page(client_of(member), three[1]).split("Fiches proches", 1)[1]
    assert html.index("Origine") < html.index("Même thème")
    assert html.index("Dernière") < html.index("Même thème")
