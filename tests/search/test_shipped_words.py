"""The words that every installation starts with, read by search: what they must not be taken for."""

import pytest

from search.plan import build_plan
from search.spelling import Vocabulary
from search.thesaurus import Thesaurus, shipped


@pytest.fixture(scope="module")
def known() -> Thesaurus:
    """The concepts that Agora starts with, put together once: they are only read."""
    return shipped()


def ways(clause) -> set[tuple[str, str]]:
    return {(each.kind, each.text) for each in clause.alternatives}


@pytest.mark.parametrize("text", ["que dit la loi", "fondation du roi", "trop de sel"])
def test_a_word_is_not_the_acronym_that_it_looks_like(text, known):
    asked = build_plan(text, "fr", known, Vocabulary({}))
    assert not any(kind == "acronym" for clause in asked.clauses for kind, _text in ways(clause))


def test_an_acronym_is_asked_for_however_many_ways_its_concept_has(known):
    (clause,) = build_plan("leefloon", "nl", known, Vocabulary({})).clauses
    assert ("acronym", "RIS") in ways(clause)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("aide", "fetes-religieuses"),
        ("papiers", "personnes-agees"),
        ("décision", "deces"),
        ("semaine", "preparation-des-medicaments"),
        ("repas", "court-sejour"),
        ("allocation", "allocations-familiales"),
        ("isolé", "prime-energie"),
        ("gebeurt", "bourse"),
        ("oude", "personnes-agees"),
        ("vergeten", "demence"),
        ("geschenk", "testament"),
    ],
)
def test_a_common_word_does_not_name_a_concept_of_quite_another_thing(text, other, known):
    assert other not in {idea.slug for idea, _lang in known.match([text])}


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("vendredi", "fr", "maandag"),
        ("français", "fr", "nederlands"),
        ("avant la fin", "fr", "voorbereiding"),
        ("werken", "nl", "rénovation"),
        ("duur", "nl", "durée"),
        ("wacht", "nl", "astreinte"),
    ],
)
def test_an_everyday_word_does_not_bring_another_thing_in_the_other_language(text, language, other, known):
    asked = build_plan(text, language, known, Vocabulary({}))
    assert not any(other == way for clause in asked.clauses for _kind, way in ways(clause))
