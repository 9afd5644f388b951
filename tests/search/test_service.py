"""A search from words to hits: languages apart, corrections offered, leaks impossible, engines mortal."""

import logging
import shutil
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from agora.people.audience import MEMBERS, PUBLIC
from agora.vocabulary.models import Concept
from search import generations
from search.answers import PER_PAGE, order_of
from search.breaker import Breaker
from search.contract import EnginePage, SearchUnavailable, Upsert
from search.engines import engine
from search.service import search_service
from tests.search.factories import doc

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset({PUBLIC})


@pytest.fixture
def member(make_member):
    return make_member()


def search(text="", user=None, **fields):
    return search_service().search(text, user or AnonymousUser(), **fields)


def titles(answer) -> list[str]:
    return [hit.obj.title for hit in answer.hits]


def test_a_hit_carries_marks_place_and_reason(shelf, member):
    Concept.objects.update_or_create(
        slug="essai", defaults={"label_fr": "coloc testée", "variants_fr": "cohabitation testée"}
    )
    shelf.put(1, "La cohabitation testée", body="On a essayé.")
    generations.rebuild()
    (hit,) = search("coloc testée", member).hits
    assert hit.title == "La <mark>cohabitation testée</mark>"
    assert hit.via == (("coloc testée", "cohabitation testée"),)
    assert (hit.in_title, hit.url, hit.language) == (True, "/notes/1/", "fr")


def test_the_own_language_comes_first_and_the_other_apart(shelf, member):
    for number in range(1, 9):
        shelf.put(number, f"Leefloon {number}", language="nl")
    shelf.put(20, "Le leefloon expliqué")
    generations.rebuild()
    answer = search("leefloon", member)
    assert (titles(answer), answer.total) == (["Le leefloon expliqué"], 1)
    assert (len(answer.others), answer.others_total) == (5, 8)
    with translation.override("nl"):
        answer = search("leefloon", member)
        assert (answer.total, answer.others_total) == (8, 1)


def test_a_text_of_the_other_language_that_fits_better_comes_ahead(shelf, member):
    shelf.put(1, "Le frigo du leefloon expliqué", language="fr")
    shelf.put(2, "Un mot", body=f"Un frigo. {'Rien de tout cela ici. ' * 20}")
    shelf.put(3, "Een frigo en een leefloon", language="nl")
    shelf.put(4, "Zonder frigo", body="Niets daarvan hier. " * 30, language="nl")
    generations.rebuild()
    answer = search("leefloon frigo", member)
    assert {hit.language for hit in answer.close_others} == {"nl"}
    shown = [*answer.first_hits, *answer.close_others, *answer.later_hits, *answer.other_others]
    assert len(shown) == 4 and all(hit in shown for hit in (*answer.hits, *answer.others))
    assert shown.index(answer.close_others[0]) < shown.index(answer.later_hits[-1])
    assert answer.later_hits[-1].uid == "note:2"
    newest = search("leefloon frigo", member, sort="newest")
    assert (newest.first_hits, newest.other_others) == (newest.hits, newest.others)


@pytest.mark.parametrize(
    ("own", "others", "order"),
    [
        ([9, 5, 1], [6.1, 4.6, 2], "A x y B C z"),
        ([9, 5, 1], [12, 6, 4.6], "A x y z B C"),  # a little better is not enough to head the page
        ([9, 5, 1], [5.4, 2], "A B x y C"),  # nor, behind it, is hardly better
        ([9], [12, 2], "A x y"),
        ([3, 2], [9], "x A B"),
        ([9, 8], [2, 1], "A B x y"),
        ([9, 8], [], "A B"),
        ([9] * 7 + [1], [8], "A B C D E F G H x"),
        ([], [2, 1], "x y"),
    ],
)
def test_texts_of_both_languages_stand_by_how_they_fit(own, others, order):
    pages = [EnginePage((), 0, {}, fits=tuple(map(float, each))) for each in (own, others)]
    names = "ABCDEFGH"[: len(own)], "xyz"[: len(others)]
    assert order_of(*pages).of(*names) == order.split()


def test_choosing_a_language_gives_one_list(shelf, member):
    shelf.put(1, "Leefloon", language="nl")
    shelf.put(2, "Leefloon, le mot")
    generations.rebuild()
    answer = search("leefloon", member, filters={"language": frozenset({"nl"})})
    assert (titles(answer), answer.others_total, answer.is_split) == (["Leefloon"], 0, False)


def test_a_correction_is_offered_with_what_it_would_find_and_not_imposed(shelf, member):
    for number in range(1, 4):
        shelf.put(number, f"Accueil du matin {number}")
    shelf.put(9, "Le matin")
    generations.rebuild()
    answer = search("acueil matin", member)
    assert answer.text == "acueil matin"
    assert answer.correction.text == "accueil matin"
    assert answer.correction.unknown == ("acueil",)
    assert answer.correction.count == search("accueil matin", member).all_total
    assert search("accueil", member).correction is None


def test_a_visitor_is_not_corrected_to_a_members_word(shelf, member):
    for number in range(1, 4):
        shelf.put(number, "Zanzibarette")
    shelf.put(9, "Vitrine", audience=EVERYBODY)
    generations.rebuild()
    assert search("zanzybarette", member).correction
    answer = search("zanzybarette")
    assert answer.correction is None
    assert all(each.text != "zanzibarette" for clause in answer.plan.clauses for each in clause.alternatives)


def test_too_few_hits_ask_for_fewer_words_and_filters_agree(shelf, member):
    for number in range(1, 8):
        shelf.put(number, f"Accueil {number}", facets={"theme": ("emploi",)})
    shelf.put(9, "Accueil et budget", facets={"theme": ("reseau",)})
    generations.rebuild()
    answer = search("accueil budget", member)
    assert answer.is_relaxed
    assert titles(answer)[0] == "Accueil et budget"
    counts = {each.value: each.count for each in answer.facets.facets["theme"]}
    for value, count in counts.items():
        filtered = search("accueil budget", member, filters={"theme": frozenset({value})})
        assert filtered.total == count


def test_blank_shows_everything_by_recency(shelf, member):
    now = timezone.now()
    for number in range(1, 4):
        shelf.put(number, f"Note {number}", updated=now - timedelta(days=number))
    generations.rebuild()
    assert titles(search("  ", member)) == ["Note 1", "Note 2", "Note 3"]


def test_pages_follow_each_other(shelf, member):
    for number in range(1, 24):
        shelf.put(number, f"Accueil {number}")
    generations.rebuild()
    pages = [titles(search("accueil", member, page=page)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [PER_PAGE, PER_PAGE, 3, 0]
    assert len(set(sum(pages, []))) == 23


# --- Leaks ---------------------------------------------------------------------------------------


def test_a_lying_index_shows_nothing_and_is_heard(shelf, member, caplog):
    """The index says public, the database says members: dropped, uncounted, logged without its text."""
    for number in range(1, 15):
        shelf.put(number, f"L’accueil numéro {number}", audience=EVERYBODY)
    shelf.put(99, "Accueil", body="secret")
    generations.rebuild()
    engine().apply([Upsert(doc(99, "Accueil", audience=EVERYBODY, facets={"theme": ("emploi",)}))])
    before = search_service().refused
    with caplog.at_level(logging.ERROR):
        answer = search("accueil")
    assert len(answer.hits) == PER_PAGE  # the page stays full
    assert answer.total == 14
    assert not answer.facets.facets["theme"]
    assert search_service().refused == before + 1
    assert "refused 1 hits" in caplog.text
    assert "secret" not in caplog.text


def test_a_hit_that_left_the_database_is_dropped(shelf, member):
    shelf.put(1, "Accueil")
    shelf.put(2, "Accueil bis")
    generations.rebuild()
    del shelf.notes[1]
    assert titles(search("accueil", member)) == ["Accueil bis"]


CANARY = "zyxwvutsaurus"


@pytest.mark.parametrize(
    "text", [CANARY, CANARY[:-1] + "z", CANARY[:6], "", f'"{CANARY}"', f"-{CANARY}", "canari"]
)
def test_a_restricted_word_appears_nowhere_for_those_who_may_not_read_it(shelf, make_member, text, client):
    shelf.put(1, "Ouvert", audience=EVERYBODY)
    for number, audience in ((2, {"group:5"}), (3, {"user:0"}), (4, {MEMBERS}), (5, {MEMBERS})):
        shelf.put(
            number,
            f"{CANARY} canari",
            body=CANARY,
            summary=CANARY,
            audience=frozenset(audience),
            facets={"theme": (CANARY,), "cpas": (CANARY,)},
        )
    generations.rebuild()
    for user in (AnonymousUser(), make_member(status="pending"), make_member(status="suspended")):
        answer = search(text, user)
        said = repr([answer.hits, answer.others, answer.facets, answer.correction]).replace(text, "")
        assert CANARY not in said
        assert {hit.uid for hit in answer.hits} <= {"note:1"}
        assert answer.all_total <= 1


def test_losing_a_right_counts_at_the_next_search(shelf, member):
    shelf.put(1, "Accueil")
    generations.rebuild()
    assert titles(search("accueil", member)) == ["Accueil"]
    member.status = "suspended"
    assert titles(search("accueil", member)) == []


# --- Failure -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["accueil", "l’ACCUEIL matin", ""])
def test_a_wiped_index_gives_a_simplified_answer_with_the_same_rights(shelf, member, own_index, text):
    shelf.put(1, "Accueil du matin", audience=EVERYBODY)
    shelf.put(2, "L’accueil des membres, un matin")
    generations.rebuild()
    shutil.rmtree(own_index, ignore_errors=True)
    answer = search(text)
    assert answer.is_simplified
    assert (titles(answer), answer.total) == (["Accueil du matin"], 1)
    assert search(text, member).total == 2
    assert answer.facets.facets == {}


def test_a_simplified_answer_marks_its_words_and_accepts_any_of_them(shelf):
    shelf.put(1, "Accueil", audience=EVERYBODY)
    (hit,) = search("accueil introuvable").hits
    assert hit.title == "<mark>Accueil</mark>"
    assert search("😀").hits == ()


def test_after_three_failures_the_engine_is_left_in_peace(monkeypatch):
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(3):
        assert breaker.allows
        breaker.failed()
    assert not breaker.allows
    now[0] = 31.0
    assert breaker.allows
    breaker.succeeded()
    assert breaker.allows


def test_a_broken_engine_is_not_asked_during_the_pause(shelf, monkeypatch):
    shelf.put(1, "Accueil", audience=EVERYBODY)
    generations.rebuild()
    asked = []

    def search_fails(self, request):
        asked.append(1)
        raise SearchUnavailable("down")

    monkeypatch.setattr("search.engines.embedded.EmbeddedEngine.search", search_fails)
    for _ in range(6):
        assert search("accueil").is_simplified
    assert len(asked) == 3


def test_concepts_work_as_soon_as_an_editor_writes_them(shelf, member):
    shelf.put(1, "Het vlinderwoord", language="nl")
    generations.rebuild()
    assert search("motpapillon", member).all_total == 0
    concept = Concept.objects.create(slug="papillon", label_fr="motpapillon", label_nl="vlinderwoord")
    answer = search("motpapillon", member)
    assert answer.others_total == 1
    assert answer.synonyms("nl")[0].words == ("vlinderwoord",)
    concept.delete()
    assert search("motpapillon", member).all_total == 0


def test_the_service_is_one_per_engine(settings, tmp_path):
    first = search_service()
    assert search_service() is first
    settings.SEARCH_URL = f"tantivy://{tmp_path / 'other'}"
    assert search_service() is not first
