"""The texts of the house among what is found, while they are published and open."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from agora.home import indexing
from agora.home.models import StandardPage
from agora.people.audience import PUBLIC
from search import generations, outbox
from search.models import Tombstone
from search.service import search_service
from tests.search.conftest import own_index  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(tree) -> StandardPage:
    """A text of the house with a word of its own, as search knows it."""
    made = StandardPage(
        title="Le potager",
        slug="potager",
        introduction="Des courges.",
        body="<p>Un <b>pamplemousse</b> mûr.</p>",
    )
    tree.homes["fr"].add_child(instance=made)
    made.save_revision().publish()
    generations.rebuild()
    return StandardPage.objects.get(pk=made.pk)


def found(words: str) -> list[str]:
    """What a visitor finds."""
    return [hit.uid for hit in search_service().search(words, AnonymousUser()).hits]


def drained() -> None:
    outbox.drain()
    assert generations.check().is_clean


def test_a_text_is_plain_words_open_to_all(page):
    doc = indexing.build(page)
    assert (doc.title, doc.summary, doc.audience) == ("Le potager", "Des courges.", {PUBLIC})
    assert doc.body == "Un pamplemousse mûr."
    assert found("pamplemousse") == [f"page:{page.pk}"]


def test_help_is_found_in_both_languages(tree):
    generations.rebuild()
    texts = {
        indexing.SOURCE.uid(page.pk): page.slug
        for page in StandardPage.objects.filter(slug__in=["aide", "hulp"])
    }
    assert len(texts) == 2
    assert {
        indexing.build(page).language for page in StandardPage.objects.filter(slug__in=["aide", "hulp"])
    } == {"fr", "nl"}


def test_a_hit_leads_to_the_text(page, client):
    hit = search_service().search("pamplemousse", AnonymousUser()).hits[0]
    assert hit.url == "/fr/potager/"
    assert client.get(hit.url).status_code == 200


@pytest.mark.parametrize("act", ["unpublish", "delete", "close", "close_above", "move_under_closed"])
def test_what_hides_a_text_hides_it_in_the_act(page, tree, act):
    closed = StandardPage(title="Le club", slug="club")
    tree.homes["fr"].add_child(instance=closed)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    drained()
    assert found("pamplemousse") == [f"page:{page.pk}"]
    {
        "unpublish": page.unpublish,
        "delete": page.delete,
        "close": lambda: close(page),
        "close_above": lambda: close(page.get_parent()),
        "move_under_closed": lambda: page.move(closed, pos="last-child"),
    }[act]()
    assert found("pamplemousse") == []
    assert Tombstone.objects.exists()
    drained()
    assert found("pamplemousse") == []


def test_opening_again_and_correcting_are_found(page):
    close(page)
    drained()
    PageViewRestriction.objects.all().delete()
    drained()
    assert found("pamplemousse") == [f"page:{page.pk}"]
    page.body = "<p>Un pomelo.</p>"
    page.save_revision().publish()
    drained()
    assert found("pomelo") == [f"page:{page.pk}"]
    assert found("pamplemousse") == []


def test_a_draft_of_a_text_is_not_found(page):
    page.body = "<p>Un pomelo.</p>"
    page.save_revision()
    drained()
    assert found("pomelo") == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_depend_on_the_number_of_texts(tree, count):
    for number in range(count):
        tree.homes["fr"].add_child(instance=StandardPage(title=f"Texte {number}", slug=f"texte-{number}"))
    with CaptureQueriesContext(connection) as asked:
        assert len([indexing.build(page) for page in indexing.indexed()]) > count
    assert len(asked) == 2


def close(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
