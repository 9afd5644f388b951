"""What the box suggests: words, lists, titles that the person may read; no trace of the rest."""

import pytest
from django.urls import reverse
from django.utils import translation

from agora.people.audience import PUBLIC
from agora.vocabulary.models import Concept
from search import generations, outbox, views

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make_member, client):
    person = make_member()
    client.force_login(person)
    return person


def suggested(client, text: str, locale: str = "fr") -> list[tuple[str, str]]:
    with translation.override(locale):
        address = reverse("search:suggestions")
    response = client.get(address, {"q": text})
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    return [(each["label"], each["url"]) for each in response.json()["options"]]


def test_words_lists_and_titles_are_offered_in_this_order(shelf, client, member):
    names = {"label_fr": "mediathèque", "label_nl": "mediatheek"}
    Concept.objects.update_or_create(slug="essai", defaults=names)
    shelf.put(1, "Médiation au guichet")
    generations.rebuild()
    found = suggested(client, "media")
    assert found[0] == ("mediathèque", "/fr/recherche/?q=mediath%C3%A8que")
    assert found[-1] == ("Médiation au guichet", "/notes/1/")
    lists = [url for _label, url in found[:-1] if "service=" in url or "theme=" in url]
    assert lists


def test_another_word_of_the_concept_leads_to_its_name(client, member):
    Concept.objects.update_or_create(
        slug="essai", defaults={"label_fr": "quaternion", "variants_fr": "hypercomplexe", "label_nl": "quat"}
    )
    assert suggested(client, "hyperc") == [("quaternion", "/fr/recherche/?q=quaternion")]
    assert suggested(client, "quate", "nl")[0][0] == "quaternion"
    Concept.objects.filter(slug="essai").update(label_fr="autre chose")
    Concept.objects.get(slug="essai").save()
    assert suggested(client, "hyperc") == [("autre chose", "/fr/recherche/?q=autre+chose")]


def test_titles_are_those_that_one_may_read_now(shelf, client, make_member):
    shelf.put(1, "Zanzibar ouvert", audience=frozenset({PUBLIC}))
    shelf.put(2, "Zanzibar réservé")
    shelf.put(3, "Zanzibar ailleurs", audience=frozenset({"group:9"}))
    generations.rebuild()
    assert suggested(client, "zanz") == [("Zanzibar ouvert", "/notes/1/")]
    client.force_login(make_member())
    assert {label for label, _url in suggested(client, "zanz")} == {"Zanzibar ouvert", "Zanzibar réservé"}
    outbox.narrow("note:2")
    assert {label for label, _url in suggested(client, "zanz")} == {"Zanzibar ouvert"}
    del shelf.notes[1]
    assert suggested(client, "zanz") == []


def test_how_many_there_are_is_said_in_words(shelf, client, member):
    for number in (1, 2):
        shelf.put(number, f"Zanzibar {number}")
    generations.rebuild()
    said = lambda text: client.get("/fr/recherche/suggestions/", {"q": text}).json()["said"]  # noqa: E731
    assert said("zanzibar") == "Deux suggestions."
    assert said("zanzibar 2") == "Une suggestion."
    assert said("introuvable") == "Aucune suggestion."


@pytest.mark.parametrize(
    "text", ["", "a", " ", "\x00\x00", "'\"(", "%%", "\ud800\ud800", "é" * 5000, "<script>", "😀😀😀"]
)
def test_odd_beginnings_suggest_nothing_and_break_nothing(shelf, client, member, text):
    shelf.put(1, "Zanzibar")
    generations.rebuild()
    assert suggested(client, text.encode("utf-8", "surrogatepass")) == []


def test_without_an_engine_words_and_lists_are_still_offered(shelf, client, member):
    shelf.put(1, "Médiation")
    assert all("?" in url for _label, url in suggested(client, "media"))
    assert suggested(client, "media")


def test_whoever_asks_too_often_waits(client, member, monkeypatch):
    monkeypatch.setattr(views, "MOST_SUGGESTIONS", 2)
    answers = [client.get("/fr/recherche/suggestions/", {"q": "media"}) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert answers[2].json()["options"] == []


@pytest.mark.parametrize("count", [1, 30])
def test_a_suggestion_costs_few_queries(shelf, client, member, django_assert_max_num_queries, count):
    for number in range(count):
        shelf.put(number, f"Zanzibar {number}")
    generations.rebuild()
    suggested(client, "zanz")
    with django_assert_max_num_queries(4):  # session, member, roles, tombstones; one more per kind of text
        assert suggested(client, "zanz")
