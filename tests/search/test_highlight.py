"""What the snippets show: the right piece, the right marks, and never any markup from a text."""

import html as entities
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.contract import Alternative, Clause, QueryPlan
from search.highlight import WIDTH, Highlighter
from tests.search.factories import plan

HOSTILE = "<script>alert('x')</script> & <b onclick=\"y\">accueil</b>"


def shown(text: str, query: str, lang="fr", known=()) -> str:
    return str(Highlighter(plan(query, known=known), lang).title(text).html)


def snippet(query: str, summary: str, body: str, lang="fr", known=()):
    return Highlighter(plan(query, known=known), lang).snippet(summary, body)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("accueillir", "L’accueil du matin", "L’<mark>accueil</mark> du matin"),
        ("ACCUEIL", "Accueils", "<mark>Accueils</mark>"),
        ("reorienter", "On réoriente vite", "On <mark>réoriente</mark> vite"),
        ("première demande", "Les premières demandes", "Les <mark>premières demandes</mark>"),
        (
            "première demande",
            "La demande était la première",
            "La <mark>demande</mark> était la <mark>première</mark>",
        ),
        ("première demande", "Un primo-demandeur", "Un <mark>primo-demandeur</mark>"),
        ("primo-demandeur", "La première demande", "La <mark>première demande</mark>"),
        ("RIS", "Le RIS et les ris", "Le <mark>RIS</mark> et les ris"),
        ('"premier accueil"', "premier accueil, accueil", "<mark>premier accueil</mark>, accueil"),
        ("lo\u00adgement", "un lo\u00adge\u00adment", "un <mark>lo\u00adge\u00adment</mark>"),
        ("acueil", "l’accueil", "l’<mark>accueil</mark>"),
        ("qui", "Qui es-tu ?", "<mark>Qui</mark> es-tu ?"),
        ("rien", "Autre chose", "Autre chose"),
    ],
)
def test_the_words_found_are_marked(query, text, marked):
    assert shown(text, query, known=["accueil"]) == marked


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("aanvraag", "De leefloonaanvraag", "De <mark>leefloonaanvraag</mark>"),
        ("leefloonaanvraag", "Een aanvraag", "Een <mark>aanvraag</mark>"),
        ("première demande", "De eerste aanvragen", "De <mark>eerste aanvragen</mark>"),
        ("minimex", "Het leefloon", "Het <mark>leefloon</mark>"),
    ],
)
def test_in_dutch_too_and_across_languages(query, text, marked):
    assert shown(text, query, lang="nl") == marked


def test_the_concept_word_that_was_found_is_told():
    found = Highlighter(plan("première demande"), "fr").title("Un bureau pour les primo-demandeurs")
    assert found.via == (("première demande", "primo-demandeur"),)
    assert Highlighter(plan("première demande"), "fr").title("La première demande").via == ()
    found = Highlighter(plan("sdf"), "fr").title("Le domicile de qui est sans domicile")
    assert found.html == "Le domicile de qui est <mark>sans domicile</mark>"
    assert found.via == (("sdf", "sans domicile"),)


def test_the_snippet_shows_the_passage_that_answers_most():
    body = f"Un mot sur l’accueil. {'Autre, longuement. ' * 9}\n\nUn accueil au guichet, sans papier.\n\nFin."
    html = snippet("accueil guichet", "Un résumé sans rapport.", body, known=["accueil", "guichet"]).html
    assert "Un <mark>accueil</mark> au <mark>guichet</mark>, sans papier." in html
    assert "longuement" not in html


def test_without_a_find_the_summary_speaks():
    assert snippet("zéro", "Le résumé.", "Le texte.").html == "Le résumé."
    assert snippet("zéro", "", "Le texte.").html == "Le texte."


def test_a_find_far_in_a_long_sentence_is_in_the_window():
    body = "mot " * 2000 + "guichet " + "mot " * 2000
    html = snippet("guichet", "", body, known=["guichet"]).html
    assert "<mark>guichet</mark>" in html
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert len(html) < WIDTH + 40


@pytest.mark.parametrize("query", ["accueil", "script", "alert", "<b>", HOSTILE, "onclick", "&", "&amp;"])
def test_a_hostile_text_shows_as_text(query):
    for html in (shown(HOSTILE, query), snippet(query, HOSTILE, HOSTILE * 20).html):
        rest = re.sub(r"</?mark>", "", str(html))
        assert "<" not in rest
        assert not re.search(r"&(?!lt;|gt;|amp;|#x27;|quot;)", rest)


texts = st.text(alphabet=st.sampled_from("ab <>&'\"\n.é’\u00ad\u0301-😀AS"), max_size=700)


@given(texts, texts, texts)
def test_any_text_is_shown_whole_and_escaped(query, summary, body):
    highlighter = Highlighter(plan(query[:60]), "fr")
    piece = highlighter.snippet(summary, body).html
    assert "<" not in re.sub(r"</?mark>", "", piece)
    assert piece.count("<mark>") == piece.count("</mark>")
    title = re.sub(r"</?mark>", "", highlighter.title(summary).html)
    assert entities.unescape(title) == summary.strip()


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_an_expression_of_stop_words_is_found_by_its_words(lang):
    expression = {"fr": "pour qui", "nl": "voor wie"}[lang]
    clause = Clause("public", (Alternative("variant", expression, lang, 0.7),))
    asked = QueryPlan("public", (clause,), (), 1, lang)
    assert f"<mark>{expression}</mark>" in str(Highlighter(asked, lang).title(f"Bon {expression} ?").html)
    assert Highlighter(asked, lang).title("Autre chose").answers is False
