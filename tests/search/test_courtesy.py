"""What people say around what they look for, and what is left of a query without it."""

import pytest

from search import analysis, courtesy
from tests.search.factories import plan

LOOKED_FOR = ["accueil", "frigo", "onthaal", "koelkast"]


def typed(text: str, language="fr", **fields) -> list[str]:
    return [clause.typed for clause in plan(text, known=LOOKED_FOR, language=language, **fields).clauses]


@pytest.mark.parametrize(
    "text",
    [
        "frigo",
        "bonjour, je cherche des infos sur un frigo, merci",
        "J’ai besoin d’aide pour un frigo svp",
        "quelqu’un a une idée pour un frigo ?",
        "j’ai une dame qui n’a pas de frigo",
        "fiche frigo",
        "bonnes pratiques frigo",
        "s’il vous plaît : frigo",
    ],
)
def test_what_is_said_around_a_word_is_not_asked_for(text):
    assert typed(text) == ["frigo"]


@pytest.mark.parametrize(
    "text",
    [
        "hallo, ik zoek info over een koelkast, alvast bedankt",
        "ik heb hulp nodig: koelkast",
        "heeft iemand een voorbeeld van een koelkast?",
        "ik heb een cliënt die geen koelkast heeft",
        "goede praktijken koelkast aub",
    ],
)
def test_nor_in_dutch(text):
    assert typed(text, "nl") == ["koelkast"]


@pytest.mark.parametrize("text", ["bonnes pratiques", "bonjour", "des exemples", "hallo", "wat is het"])
def test_it_is_what_is_looked_for_where_nothing_else_is_left(text):
    asked = plan(text)
    assert asked.clauses and asked.bonus == ()


def test_it_lifts_a_text_whose_title_says_it_too():
    asked = plan("bonjour accueil", known=LOOKED_FOR)
    assert [clause.typed for clause in asked.bonus] == ["bonjour"]
    assert asked.minimum == 1


def test_it_is_nobody_s_slip():
    asked = plan("svp frigo", known=["slip", *LOOKED_FOR])
    assert asked.corrections == ()


def test_a_word_counts_again_outside_the_saying():
    assert typed("je cherche un accueil") == ["accueil"]
    assert typed("il cherche un accueil") == ["cherche", "accueil"]


def test_quotes_ask_for_all_that_is_between_them():
    assert typed('"bonnes pratiques" frigo') == ["bonnes pratiques", "frigo"]


def test_the_list_is_written_as_queries_are_read():
    rows = (analysis.DATA / courtesy.FILE).read_text("utf-8").splitlines()
    said = [row for row in rows if row and not row.startswith("#")]
    assert len(said) > 100
    for each in said:
        surfaces = [token.surface for token in analysis.tokens(each)]
        assert each == analysis.fold(each)
        assert set(courtesy.around([*surfaces, "frigo"])) == set(range(len(surfaces))), each
