"""The part of the suite that every engine passes which is about words: what finds what, and what comes first.

A name of its own, beside contract.py, which goes on with pages, facets, readers and writing; see there.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from search.contract import Upsert
from search.plan import build_plan
from search.spelling import Vocabulary
from search.thesaurus import Idea, Term, Thesaurus
from tests.search.factories import MEMBER, NOW, THESAURUS, ask, doc


def put(engine, *docs) -> None:
    """Index contributions."""
    engine.apply([Upsert(each) for each in docs])


def found(engine, text="", viewer=MEMBER, **fields) -> list[str]:
    """Titles are not stored: answer with the uids, in order."""
    return list(engine.search(ask(text, viewer, **fields)).uids)


class WordsContract:
    """What a search by words relies on."""

    @pytest.mark.parametrize(
        "text",
        ["accueillir", "ACCUEIL", "l’accueil", "accueils", "premier accueil", '"premier accueil"', "demandes",
         "reorienter", "réorientation", "acueil"],
    )  # fmt: skip
    def test_other_forms_of_a_word_find_it(self, engine, text):
        put(engine, doc(1, "Premier accueil", body="Réorienter une demande."), doc(2, "Médiation de dettes"))
        assert found(engine, text, known=["accueil"]) == ["note:1"]

    @pytest.mark.parametrize(
        "text", ["premier guichet", '"accueil premier"', "médiation -dettes", "sanction"]
    )
    def test_what_is_not_there_is_not_found(self, engine, text):
        put(engine, doc(1, "Premier accueil"), doc(2, "Médiation de dettes"))
        assert found(engine, text) == []

    def test_a_title_is_worth_more_than_a_body_and_the_very_title_most(self, untouched):
        put(
            untouched,
            doc(1, "Visites", body="Un accueil, puis la suite de la visite, pièce après pièce."),
            doc(2, "Un accueil qui écoute, le jour de la file"),
            doc(3, "Accueil"),
        )
        assert found(untouched, "accueil") == ["note:3", "note:2", "note:1"]

    def test_other_words_of_the_concept_find_it_in_both_languages(self, untouched):
        put(
            untouched,
            doc(1, "Un bureau pour les primo-demandeurs"),
            doc(2, "Eerste aanvragen aan het loket", language="nl"),
            doc(3, "La première demande"),
            doc(4, "Demande d’énergie"),
        )
        assert found(untouched, "première demande") == ["note:3", "note:1", "note:2"]

    def test_capitals_find_the_acronym_and_not_the_word(self, untouched):
        put(
            untouched,
            doc(1, "Calcul du RIS"),
            doc(2, "Les ris et les jeux"),
            doc(3, "Leefloon berekenen", language="nl"),
        )
        assert found(untouched, "RIS") == ["note:1", "note:3"]

    @pytest.mark.parametrize(
        "text", ["aanvraag leefloon", "leefloonaanvraag", "leefloonaanvragen", "aanvragen"]
    )
    def test_dutch_compounds_are_found_split_and_joined(self, engine, text):
        put(engine, doc(1, "De leefloonaanvraag", language="nl"), doc(2, "Huisbezoek", language="nl"))
        assert found(engine, text) == ["note:1"]

    def test_an_exclusion_removes(self, engine):
        put(engine, doc(1, "Accueil au guichet"), doc(2, "Accueil à domicile"))
        assert found(engine, "accueil -guichets") == ["note:2"]
        assert found(engine, "-guichet") == ["note:2"]

    def test_fewer_words_than_asked_are_enough_in_a_long_query(self, engine):
        put(engine, doc(1, "Accueil, écoute, orientation"), doc(2, "Accueil seul"))
        known = ["accueil", "ecoute", "orientation", "budget"]
        assert found(engine, "accueil écoute orientation budget", known=known) == ["note:1"]

    def test_a_telling_word_is_enough_and_common_ones_are_not(self, engine):
        known = {"zwin": 1, "dossier": 40, "demande": 40, "guichet": 40}
        put(engine, doc(1, "Le zwin"), doc(2, "Un dossier"), doc(3, "Le dossier d’une demande"))
        asked = build_plan("zwin dossier demande guichet", "fr", THESAURUS, Vocabulary(known))
        assert [clause.typed for clause in asked.decisive] == ["zwin"]
        request = ask("")
        assert set(engine.search(replace(request, plan=asked)).uids) == {"note:1", "note:3"}
        strict = replace(asked, strict=True)
        assert engine.search(replace(request, plan=strict)).uids == ("note:3",)
        assert engine.search(replace(request, plan=asked, size=0)).total == 2

    def test_a_text_with_all_the_words_comes_before_one_that_repeats_some(self, untouched):
        again = "Le guichet, encore le guichet, toujours le guichet, un guichet."
        put(
            untouched,
            doc(1, "Visites", body=again),
            doc(2, "Une page", body=f"Un guichet et un frigo. {'Rien de plus ici. ' * 12}"),
        )
        known = Vocabulary({"une": 200, "guichet": 4, "frigo": 4})
        asked = build_plan("guichet frigo", "fr", THESAURUS, known)
        assert untouched.search(replace(ask(""), plan=asked)).uids == ("note:2", "note:1")

    @pytest.mark.parametrize(
        "about", [doc(2, "Un frigo"), doc(2, "", summary="Un frigo."), doc(2, "", above="Un frigo")]
    )
    @pytest.mark.parametrize("typed", ["frigos", "frigo guichet", "réfrigérateur"])
    def test_what_is_about_it_comes_before_what_repeats_it_in_passing(self, untouched, about, typed):
        again = "Un frigo, un réfrigérateur, encore un frigo, toujours un frigo et un guichet."
        page = f"Guichet. {'Rien de plus ici. ' * 12}"
        put(untouched, doc(1, "Visites", body=again), replace(about, body=page))
        named = Thesaurus([Idea("frigo", (Term("réfrigérateur", "fr"), Term("frigo", "fr")))])
        asked = build_plan(typed, "fr", named, Vocabulary({"une": 200, "guichet": 4, "frigo": 4}))
        assert untouched.search(replace(ask(""), plan=asked)).uids == ("note:2", "note:1")

    def test_a_term_that_denies_a_word_is_not_that_word(self, engine):
        put(engine, doc(1, "Dormir sans domicile"), doc(2, "Une visite à domicile"), doc(3, "Une autre"))
        assert found(engine, "sdf") == ["note:1"]  # one of its everyday group

    def test_what_hangs_under_a_text_is_found_by_it_for_less(self, untouched):
        put(
            untouched,
            doc(1, "", body="Chez nous aussi.", above="Un frigo partagé", above_language="fr"),
            doc(2, "", body="Bij ons ook.", language="nl", above="Un frigo partagé", above_language="fr"),
            doc(3, "Le frigo", body="Il est vide."),
        )
        assert found(untouched, "frigos") == ["note:3", "note:1", "note:2"]
        assert "frigo" not in untouched.words(MEMBER) or untouched.words(MEMBER)["frigo"] == 1

    def test_hits_tell_how_they_fit_where_that_is_their_order(self, engine):
        put(engine, doc(1, "Accueil"), doc(2, "Un accueil qui dure"), doc(3, "Bilan", body="Un accueil."))
        page = engine.search(ask("accueil"))
        assert (
            len(page.fits) == 3 and list(page.fits) == sorted(page.fits, reverse=True) and page.fits[-1] > 0
        )
        assert engine.search(ask("accueil", sort="newest")).fits == ()

    def test_nothing_readable_finds_nothing_and_nothing_typed_finds_all(self, engine):
        put(engine, doc(1), doc(2, updated=NOW - timedelta(days=9)))
        assert found(engine, "😀") == []
        assert found(engine, "") == ["note:1", "note:2"]

    @pytest.mark.parametrize(
        "text", ['"', "a\x00b", "kind:note", "title_x:*", "* ? ~2 ^3 (", "AND OR NOT", "é" * 9999]
    )
    def test_strange_queries_are_only_words(self, engine, text):
        put(engine, doc(1))
        assert engine.search(ask(text)).total in (0, 1)
