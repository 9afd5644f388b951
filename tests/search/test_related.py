"""What resembles a text: rare words first, concepts across languages, themes; closed texts leave no trace."""

import pytest

from agora.people.audience import PUBLIC
from agora.vocabulary.models import Concept
from search import generations, outbox, spelling
from search.documents import Text
from search.plan import Thesaurus
from search.related import plan_of
from search.service import search_service

pytestmark = pytest.mark.django_db
NOTES = frozenset({"note"})
COLOCATION = Text(
    "fr", "La colocation solidaire", "Deux personnes partagent un loyer.", "Un bail, une caution."
)


def related(text=COLOCATION, *, member=True, size=5, **fields) -> list[str]:
    return list(search_service().related(text, member=member, size=size, kinds=NOTES, **fields))


def weights_of(counts: dict[str, int]) -> dict[str, float]:
    """What the words of COLOCATION weigh where so many texts have them."""
    plan = plan_of(COLOCATION, Thesaurus(), spelling.Vocabulary(counts))
    return {clause.typed: clause.alternatives[0].weight for clause in plan.clauses}


def fill(shelf) -> None:
    for number in range(1, 6):
        shelf.put(number, f"Une réunion du lundi {number}", body="Les personnes de l’équipe.")
    shelf.put(10, "Un bail à deux", body="La colocation et la caution, avec un loyer commun.")
    shelf.put(11, "Le loyer impayé", body="Une caution retrouvée.")
    generations.rebuild()
    spelling.forget()


def test_what_shares_most_rare_words_comes_first_and_the_rest_stays_out(shelf):
    fill(shelf)
    assert related() == ["note:10", "note:11"]


def test_themes_lift_and_leave_nothing_out(shelf):
    for number, theme in ((1, "emploi"), (2, "reseau")):
        shelf.put(number, "Loyer et caution", facets={"theme": (theme,)})
    generations.rebuild()
    assert related(near={"theme": frozenset({"reseau"})}) == ["note:2", "note:1"]
    assert related(near={"theme": frozenset({"emploi"})}) == ["note:1", "note:2"]


def test_a_concept_brings_the_other_language_along(shelf):
    Concept.objects.update_or_create(
        slug="colocation", defaults={"label_fr": "colocation solidaire", "label_nl": "solidair samenhuizen"}
    )
    Concept.objects.update_or_create(slug="bail", defaults={"label_fr": "loyer", "label_nl": "huurprijs"})
    shelf.put(1, "Solidair samenhuizen", body="De huurprijs delen.", language="nl")
    shelf.put(2, "De vergadering", body="Op maandag.", language="nl")
    generations.rebuild()
    assert related() == ["note:1"]


def test_what_is_closed_hidden_or_left_out_is_not_there(shelf):
    fill(shelf)
    shelf.put(12, "Un bail à trois", body="La colocation et la caution.", audience=frozenset({"cpas:21001"}))
    shelf.put(13, "Un bail ouvert", body="La colocation et la caution.", audience=frozenset({PUBLIC}))
    generations.rebuild()
    assert related(member=False) == ["note:13"]
    assert "note:12" not in related()
    assert "note:10" not in related(but=frozenset({"note:10"}))
    outbox.narrow("note:11")
    assert "note:11" not in related()


def test_what_is_shown_is_asked_again_and_tells_each_subject_once(shelf, make_member):
    fill(shelf)
    member = make_member()
    uids = related()
    assert [hit.uid for hit in search_service().around(uids, member, but=(), size=5)] == uids
    assert [hit.uid for hit in search_service().around(uids, member, but={"note:10"}, size=5)] == ["note:11"]
    del shelf.notes[10]
    assert [hit.uid for hit in search_service().around(uids, member, but=(), size=5)] == ["note:11"]


def test_without_an_engine_nothing_is_related(shelf):
    shelf.put(1, "La colocation solidaire")
    assert related() == []


@pytest.mark.parametrize("words", ["", "de la le", "\x00", "1234 5678", "é" * 9000])
def test_a_text_without_words_of_its_own_resembles_nothing(shelf, words):
    fill(shelf)
    assert related(Text("fr", words)) == []


def test_the_rarest_words_weigh_most():
    weights = weights_of({"caution": 3, "loyer": 40, "personnes": 400, "avec": 1300})
    assert list(weights) == ["caution", "loyer", "personnes"]
    assert weights["caution"] == 1.0


def test_a_word_that_a_third_of_many_texts_have_is_not_asked():
    assert list(weights_of({"caution": 3, "loyer": 40, "personnes": 400, "avec": 1100})) == [
        "caution",
        "loyer",
    ]
    assert list(weights_of({"caution": 3, "loyer": 9, "personnes": 50, "avec": 60}))[-1] == "personnes"
