"""The page of results, as a browser gets it."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from agora.people.audience import PUBLIC
from search import generations, outbox
from search.contract import FACETS

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset({PUBLIC})


@pytest.fixture
def member(make_member, client):
    person = make_member()
    client.force_login(person)
    return person


def page(client, locale="fr", **query) -> str:
    with translation.override(locale):
        address = reverse("search:results")
    response = client.get(address, query)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    return response.content.decode().replace("\xa0", " ")


def main(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def headings(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r"<h3[^>]*>(.*?)</h3>", html)]


def test_a_member_finds_with_marks_and_counts(shelf, client, member):
    shelf.put(1, "Premier accueil", summary="Un accueil en deux temps.", facets={"theme": ("accueil-flux",)})
    shelf.put(2, "Médiation de dettes")
    shelf.put(3, "Le guichet", body="Accueillir debout.", facets={"theme": ("emploi",)})
    generations.rebuild()
    html = page(client, q="accueillir")
    assert "<h1>Résultats pour « accueillir »</h1>" in html
    assert headings(html) == ["Premier accueil", "Le guichet"]
    assert "Un <mark>accueil</mark> en deux temps." in html
    assert "2 résultats" in html
    assert re.search(r'value="accueil-flux"><span>Premier accueil et flux</span><span class="n">1', html)
    assert html.count("<h1") == 1
    assert "style=" not in main(html)


def test_a_visitor_finds_the_showcase_and_is_told_so(shelf, client):
    shelf.put(1, "Accueil ouvert", audience=EVERYBODY)
    shelf.put(2, "Accueil réservé")
    generations.rebuild()
    html = page(client, q="accueil")
    assert headings(html) == ["Accueil ouvert"]
    assert "réservé" not in html
    assert "Vous cherchez dans les textes ouverts à tous." in html
    assert "next=/fr/recherche/%3Fq%3Daccueil" in html


def test_someone_who_waits_for_validation_sees_what_a_visitor_sees(shelf, client, make_member):
    shelf.put(1, "Accueil réservé")
    generations.rebuild()
    client.force_login(make_member(status="pending"))
    assert headings(page(client, q="accueil")) == []


def test_the_other_language_has_its_own_block_that_says_what_was_searched(shelf, client, member):
    for number in range(1, 8):
        shelf.put(number, f"Leefloon {number}", language="nl")
    shelf.put(9, "Le revenu d’intégration")
    generations.rebuild()
    html = page(client, q="revenu d'intégration")
    assert "Aussi en néerlandais" in html
    assert "7 textes" in html
    assert re.search(r'<span lang="nl">[^<]*« leefloon »', html.lower())
    assert len(re.findall(r'<h3 lang="nl">', html)) == 5
    assert "Les 7 textes en néerlandais" in html
    assert len(headings(page(client, q="revenu d'intégration", language="nl"))) == 7


def test_filters_stay_in_the_address_and_can_be_removed(shelf, client, member):
    shelf.put(1, "Accueil", facets={"theme": ("emploi", "reseau"), "cpas": ("21001",)})
    shelf.put(2, "Accueil", facets={"theme": ("reseau",), "cpas": ("21002",)})
    generations.rebuild()
    html = page(client, q="accueil", theme=["emploi"], cpas="21001")
    assert len(headings(html)) == 1
    chips = re.findall(r'<a class="chip" href="([^"]+)">', html)
    assert sorted(chips) == ["?q=accueil&amp;cpas=21001", "?q=accueil&amp;theme=emploi"]
    assert re.search(r'value="emploi" checked', html)
    assert "2 filtres actifs" in html
    assert len(headings(page(client, q="accueil", theme=["emploi", "reseau"]))) == 2


def test_a_facet_choice_that_gives_nothing_can_still_be_unchecked(shelf, client, member):
    shelf.put(1, "Accueil", facets={"theme": ("emploi",)})
    generations.rebuild()
    html = page(client, q="accueil", theme="bilan")
    assert re.search(r'value="bilan" checked', html)
    assert "Rien pour « accueil »." in html
    assert "Enlevez un filtre" in html


def test_a_correction_is_a_link_with_its_count(shelf, client, member):
    shelf.put(1, "Accueil du matin", facets={"theme": ("emploi",)})
    shelf.put(2, "Accueil du soir", facets={"theme": ("emploi",)})
    generations.rebuild()
    html = page(client, q="acueil", theme="emploi")
    assert "Aucun texte ne contient « acueil »." in html
    assert (
        '<a href="?q=accueil&amp;theme=emploi">accueil</a> ? <span class="quiet num">2 résultats</span>'
        in html
    )
    assert 'value="acueil"' in html


def test_nothing_found_blames_nobody_and_shows_a_way(shelf, client, member):
    shelf.put(1, "Accueil")
    generations.rebuild()
    html = page(client, q="colocation")
    assert "Rien pour « colocation »." in html
    assert "Voir ce qui est récent" in html


def test_without_words_the_page_shows_what_is_recent(shelf, client, member):
    shelf.put(1, "Accueil")
    generations.rebuild()
    html = page(client)
    situations, _id, found = html.partition('id="resultats"')
    assert headings(found) == ["Accueil"]
    assert "Je reçois une première demande" in headings(situations)
    assert "Tout Agora, le plus récent d’abord" in html


def test_an_empty_agora_says_so(shelf, client, member):
    generations.rebuild()
    assert "Il n’y a encore rien à lire ici." in page(client)


def test_pages_have_numbers_and_the_last_one_answers_for_those_beyond(shelf, client, member):
    for number in range(1, 24):
        shelf.put(number, f"Accueil {number}")
    generations.rebuild()
    html = page(client, q="accueil", page=2)
    assert "Résultats 11 à 20 sur 23" in html
    assert "?q=accueil&amp;page=3" in html
    beyond = page(client, q="accueil", page=99)
    assert "Résultats 21 à 23 sur 23" in beyond
    assert len(headings(beyond)) == 3


def test_without_an_engine_the_page_answers_simply(shelf, client, member):
    shelf.put(1, "Accueil du matin")
    html = page(client, q="accueil", theme="emploi")
    assert "Recherche simplifiée" in html
    assert headings(html) == ["Accueil du matin"]
    assert 'class="facet"' not in html


HOSTILE = [
    '"', '""', "-", "a\x00b", "x" * 10_000, "mot " * 5000, "   ", "\t\n", "😀🎉", "<script>alert(1)</script>",
    "' OR 1=1 --", "a:b", "title_x:[* TO *]", "(((((", "\ud800", "\u202eabc", "é" * 300, "{{ x }}", "%", "\\",
    '-"', '"-a" -"b c', "a AND b OR NOT c", "\u0301\u0301", "ﷺ", "1" * 300, "& amp; <b>", "A.B.C.D.E.F.G.H.",
]  # fmt: skip


@pytest.mark.parametrize("locale", ["fr", "nl"])
def test_hostile_words_are_only_words(shelf, client, member, locale):
    shelf.put(
        1, "<script>alert('titre')</script> a b", summary="<b onclick=x>gras</b> mot", body="<img src=x>"
    )
    generations.rebuild()
    for text in HOSTILE:
        html = main(page(client, locale, q=text.encode("utf-8", "surrogatepass")))
        assert "<h1>" in html, text
        assert "<script" not in html, text
        assert "<img" not in html, text
        assert "<b onclick" not in html, text


ODD = [
    {"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "9" * 50}, {"page": "٣"}, {"page": ["1", "2"]},
    {"theme": "inconnu"}, {"theme": "\x00"}, {"theme": ["x"] * 3000}, {"cpas": "99999"}, {"kind": "user"},
    {"language": "de"}, {"since": "7"}, {"since": ["1", "3"]}, {"audience": "moderators"},
    {"q": ["a", "accueil"]}, {"uid": "note:1", "exclude": "x"}, dict.fromkeys(FACETS, "x" * 500),
]  # fmt: skip


def test_odd_addresses_are_read_as_far_as_they_make_sense(shelf, client, member):
    shelf.put(1, "Accueil")
    generations.rebuild()
    for query in ODD:
        assert headings(page(client, **({"q": "accueil"} | query))) == ["Accueil"], query


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_few_queries_whatever_the_number_of_hits(
    shelf, client, member, django_assert_max_num_queries, count
):
    for number in range(1, count + 1):
        shelf.put(number, f"Accueil {number}")
        shelf.put(number + 100, f"Accueil nl {number}", language="nl")
    generations.rebuild()
    page(client, q="accueil")
    # Session, member, roles, tombstones, followed?; the shelf of the tests asks nothing: one more per kind.
    with django_assert_max_num_queries(5):
        page(client, q="accueil", theme="emploi")
    assert shelf.read


def test_only_reading_is_allowed(client):
    assert client.post("/fr/recherche/").status_code in (403, 405)


def test_a_narrowed_text_is_gone_from_the_page_before_any_drain(shelf, client):
    shelf.put(1, "Accueil ouvert", audience=EVERYBODY)
    generations.rebuild()
    outbox.narrow("note:1")
    assert "Rien pour" in page(client, q="accueil")


def test_the_dutch_page_is_in_dutch_order(shelf, client, member):
    shelf.put(1, "Leefloon", language="nl")
    shelf.put(2, "Le leefloon")
    generations.rebuild()
    html = page(client, "nl", q="leefloon")
    assert headings(html) == ["Leefloon", "Le leefloon"]
    assert re.search(r'<h3 lang="fr">', html)
