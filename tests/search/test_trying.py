"""Trying a concept before it is saved: both sides, nothing written, editors only."""

import pytest
from django.urls import reverse

from agora.vocabulary import lists
from agora.vocabulary.models import Concept
from search import generations, thesaurus
from search.models import PendingChange

WRITTEN = {
    "label_fr": "girouette",
    "variants_fr": "coq du clocher",
    "label_nl": "windwijzer",
    "is_active": "on",
}


@pytest.fixture
def index(shelf, db):
    """Two notes that say one thing in different words, indexed."""
    shelf.put(1, "La girouette du toit", body="Elle grince.")
    shelf.put(2, "Le coq du clocher", body="Il tourne.")
    generations.rebuild()
    lists.forget()
    return shelf


@pytest.fixture
def desk(editor, client_of):
    """The browser of an editor."""
    return client_of(editor)


def tried(client, **fields) -> str:
    response = client.post(
        reverse("try_concept"), {"try": "girouette"} | WRITTEN | fields, headers={"X-Piece": "1"}
    )
    assert response.status_code == 200
    return response.content.decode()


def sides(html: str) -> list[str]:
    return html.split("<section")[1:]


def test_a_concept_shows_what_it_would_find_before_it_is_saved(index, desk):
    before = PendingChange.objects.count()
    now, then = sides(tried(desk))
    assert "clocher" not in now
    assert "clocher" in then
    assert "de ce côté seulement" in then
    assert "1 résultat" in now
    assert "2 résultats" in then
    assert not Concept.objects.filter(label_fr="girouette").exists()
    assert "girouette" not in thesaurus.current().words
    assert PendingChange.objects.count() == before


def test_what_is_saved_counts_at_once_and_without_reindexing(index, desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Concept.objects.create(slug="girouette", label_fr="girouette", variants_fr="coq du clocher")
    lists.forget()
    now, then = sides(tried(desk, variants_fr="", concept=str(Concept.objects.get(slug="girouette").pk)))
    assert "clocher" in now
    assert "clocher" not in then


def test_a_concept_put_to_sleep_is_tried_as_such(index, desk):
    assert "ne change rien" in tried(desk, is_active="")


@pytest.mark.parametrize(
    "fields",
    [
        {"variants_fr": "as\nri\x00s\n" + "é" * 9000},
        {"concept": "99999999999999999999"},
        {"concept": "12345"},
        {"concept": "x' OR 1"},
        {"label_fr": ""},
        {"try": "\x00" + "mot " * 900},
        {"try": '" -" <script>alert(1)</script>'},
    ],
)
def test_any_form_gives_a_trial(index, desk, fields):
    assert "<script>" not in tried(desk, **fields)


def test_without_a_query_there_is_nothing_to_compare(index, desk):
    assert "Tapez d’abord" in tried(desk, **{"try": "  "})


def test_without_the_engine_it_says_so(shelf, desk):
    assert "ne répond pas" in tried(desk)


def test_without_scripts_it_is_a_page(index, desk):
    page = desk.post(reverse("try_concept"), {"try": "girouette"} | WRITTEN).content.decode()
    assert "<h1" in page
    assert "clocher" in page


def test_the_form_of_a_concept_offers_the_trial(desk):
    page = desk.get(reverse("wagtailsnippets_vocabulary_concept:add")).content.decode()
    assert 'name="try"' in page
    assert "search/try-concept.js" in page


@pytest.mark.parametrize("who", ["member", "relay", "moderator"])
def test_only_who_writes_concepts_tries_them(index, who, request, client_of):
    client = client_of(request.getfixturevalue(who))
    assert client.post(reverse("try_concept"), {"try": "girouette"} | WRITTEN).status_code in (302, 403)
