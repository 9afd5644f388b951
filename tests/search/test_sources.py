"""Every kind that can be found, over every role: what the index may answer is what the database shows."""

from collections.abc import Iterable

import pytest
from django.contrib.auth.models import AnonymousUser

from agora.people.audience import tokens_of
from search import documents, generations, outbox
from search.service import search_service
from tests.access import world as matrix

pytestmark = pytest.mark.django_db


def build(make_member) -> matrix.World:
    """Make the people and things of the matrix of addresses, and two accounts that are closed."""
    world = matrix.build(make_member)
    world.people |= {"suspended": make_member(status="suspended", is_active=False)}
    world.people |= {"left": make_member(status="left")}
    return world


@pytest.fixture(scope="module")
def everything(shared) -> matrix.World:
    """The same, made once: nothing here changes it."""
    return shared(build)


@pytest.fixture
def world(tree, everything) -> matrix.World:
    """The same, for a test that may ask the database."""
    return everything


def someone(person):
    """The user of a request."""
    return person or AnonymousUser()


def by_audience(source: documents.Source, user) -> set[str]:
    """What an index that filters by tokens would give a user."""
    docs = filter(None, (source.build(obj) for obj in source.queryset()))
    return {doc.uid for doc in docs if doc.audience & tokens_of(user)}


def by_database(source: documents.Source, user) -> set[str]:
    """What the recheck of each hit lets through."""
    return {source.uid(obj.pk) for obj in source.visible(user)}


def kinds() -> Iterable[str]:
    """The kinds of the rooms that are there."""
    return [source.kind for source in documents.sources()]


@pytest.mark.parametrize("kind", kinds())
def test_the_index_and_the_database_show_everybody_the_same(world, kind):
    source = documents.source_of(f"{kind}:1")
    seen = {role: by_database(source, someone(person)) for role, person in world.people.items()}
    assert seen == {role: by_audience(source, someone(person)) for role, person in world.people.items()}
    assert seen["member"], "a kind that shows a member nothing proves nothing"
    assert not seen["pending"] - seen["visitor"]


@pytest.mark.parametrize("kind", kinds())
def test_every_hit_has_words_and_leads_somewhere(world, kind):
    source = documents.source_of(f"{kind}:1")
    for obj in source.visible(world.people["member"]):
        assert source.words_of(obj).title
        assert (source.url(obj) if source.url else obj.get_absolute_url()).startswith("/")


def test_nothing_differs_once_everything_is_drained(world):
    generations.rebuild()
    outbox.drain()
    assert generations.check().is_clean


def test_a_search_shows_each_person_their_part_of_it(world):
    generations.rebuild()
    service = search_service()
    for person in world.people.values():
        visible = {
            uid for kind in kinds() for uid in by_database(documents.source_of(f"{kind}:1"), someone(person))
        }
        answer = service.search("", someone(person))
        assert answer.all_total == len(visible)
    assert service.refused == 0
