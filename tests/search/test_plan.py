"""The plan: what is asked of the engines for what somebody typed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import analysis, kinship
from search.contract import QueryPlan
from search.plan import LONGEST_TEXT, MOST_CLAUSES, build_plan, is_relaxed, relaxed
from search.reading import MOST_ALTERNATIVES
from search.spelling import Vocabulary
from search.thesaurus import key_of
from tests.search.factories import THESAURUS, plan


def ways(clause) -> set[tuple[str, str]]:
    return {(each.kind, each.text) for each in clause.alternatives}


def typed(plan: QueryPlan) -> list[str]:
    return [clause.typed for clause in plan.clauses]


def test_each_word_is_a_clause_and_question_words_are_not():
    asked = plan("Comment faut-il accueillir un jeune ?", known=["accueillir", "jeune"])
    assert typed(asked) == ["accueillir", "jeune"]
    assert asked.minimum == 2


def test_a_query_of_stop_words_still_asks_something():
    assert typed(plan("qui quoi")) == ["qui", "quoi"]


def test_a_concept_is_one_clause_with_its_words_in_both_languages():
    clause, *_words = plan("première demande").clauses
    assert {("variant", "première demande"), ("own", "première demande")} <= ways(clause)
    assert {("variant", "primo-demandeur"), ("variant", "eerste aanvraag")} <= ways(clause)
    weight = {each.text: each.weight for each in clause.alternatives if each.kind == "variant"}
    assert weight["première demande"] >= weight["eerste aanvraag"] > weight["primo-demandeur"]


@pytest.mark.parametrize(
    "text", ["premiere demande", "PREMIERE DEMANDE", "premières demandes", "première  Demande"]
)
def test_a_concept_is_recognised_in_any_dress(text):
    clause, *_words = plan(text).clauses
    assert ("variant", "eerste aanvraag") in ways(clause)


def test_the_words_of_a_concept_count_alone_too_for_less():
    asked = plan("première demande", known=["première", "demande"])
    assert typed(asked) == ["première demande", "première", "demande"]
    whole, first, _second = asked.clauses
    assert max(each.weight for each in first.alternatives) < max(each.weight for each in whole.alternatives)
    assert asked.minimum == 2


def test_an_expression_of_little_words_needs_them():
    known = ["papiers", "perdre"]
    (lost, _papers) = plan("perdre ses papiers", known=known).clauses
    (papers,) = plan("sans papiers", known=known).clauses
    assert lost.typed == "perdre"
    assert {("phrase", "sans-papiers"), ("phrase", "sans papiers")} & ways(papers)
    assert ("phrase", "zonder papieren") in ways(papers)  # nor is it « papieren » in the other language
    assert ("variant", "document") not in ways(papers)
    (papers,) = plan("papiers", known=known).clauses
    assert ("variant", "document") in ways(papers) and ("phrase", "zonder papieren") not in ways(papers)


def test_a_rarer_word_tells_more_and_is_decisive_when_it_tells_enough():
    known = Vocabulary({"zwin": 1, "dossier": 40, "demande": 80, "guichet": 100})
    asked = build_plan("zwin dossier demande", "fr", THESAURUS, known)
    assert [clause.rarity for clause in asked.clauses] == sorted(
        (clause.rarity for clause in asked.clauses), reverse=True
    )
    assert [clause.typed for clause in asked.decisive] == ["zwin"]
    assert replace(asked, strict=True).decisive == ()


def test_what_an_expression_and_its_words_tell_counts_once_when_a_word_is_to_be_decisive():
    known = Vocabulary({"première": 9, "demande": 8, "zwin": 8, "guichet": 100})
    asked = build_plan("première demande zwin", "fr", THESAURUS, known)
    assert [clause.within for clause in asked.clauses] == [False, False, True, True]
    assert "zwin" in [clause.typed for clause in asked.decisive]
    flat = replace(asked, clauses=tuple(replace(clause, within=False) for clause in asked.clauses))
    assert "zwin" not in [clause.typed for clause in flat.decisive]


def test_a_word_spelled_by_ear_is_read_as_what_sounds_alike():
    known = ["agence", "avance", "agent", "professionnel", "gezondheid"]
    for typed, meant in (
        ("ajance", "agence"),
        ("profesionel", "professionnel"),
        ("gezontheit", "gezondheid"),
    ):
        (clause,) = plan(typed, known=known).clauses
        assert next(each.text for each in clause.alternatives if each.kind == "typo") == meant


def test_a_word_that_says_little_counts_less_beside_others_and_whole_alone():
    known = Vocabulary({"interprète": 10, "demain": 10, "dossier": 100})
    first, second = build_plan("interprète demain", "fr", THESAURUS, known).clauses
    assert first.rarity > second.rarity
    assert first.alternatives[0].weight == 1.0 > second.alternatives[0].weight
    (alone,) = build_plan("demain", "fr", THESAURUS, known).clauses
    assert (alone.rarity, alone.alternatives[0].weight) == (first.rarity, 1.0)


def test_a_dutch_verb_meets_its_particle():
    first, *_rest = plan("leg het dossier uit", known=["uitleggen", "dossier"], language="nl").clauses
    assert ("kin", "uitleg") in ways(first)


def test_a_search_is_relaxed_when_few_texts_have_its_words_whatever_a_telling_one_finds():
    known = Vocabulary({"zwin": 1, "dossier": 40, "demande": 80, "guichet": 100})
    asked = build_plan("zwin dossier demande", "fr", THESAURUS, known)
    assert is_relaxed(asked, asked, lambda each: 5 if each.strict else 500)
    assert not is_relaxed(asked, asked, lambda each: 50 if each.strict else 500)
    assert is_relaxed(asked, relaxed(asked), lambda each: 500)


def test_a_dutch_word_brings_the_french_ones():
    (clause,) = plan("leefloon", language="nl").clauses
    assert ("variant", "revenu d’intégration") in ways(clause)
    assert ("acronym", "RIS") in ways(clause)


@pytest.mark.parametrize(
    ("text", "expanded"), [("AS", True), ("as", True), ("AS énergie", True), ("as énergie", False)]
)
def test_an_ambiguous_acronym_counts_in_capitals_or_alone(text, expanded):
    clauses = plan(text, known=["énergie"]).clauses
    found = any(("variant", "assistant social") in ways(clause) for clause in clauses)
    assert found is expanded


def test_an_acronym_in_capitals_never_searches_the_ordinary_word():
    (clause,) = plan("RIS").clauses
    assert ("acronym", "RIS") in ways(clause)
    assert not [each for each in clause.alternatives if each.kind == "own"]


@pytest.mark.parametrize("text", ["cpas", "CPAS", "C.P.A.S."])
def test_an_acronym_that_is_no_word_counts_in_any_case(text):
    (clause,) = plan(text).clauses
    assert {("acronym", "CPAS"), ("acronym", "OCMW")} <= ways(clause)


def test_capitals_all_along_are_not_acronyms():
    assert typed(plan("ACCUEIL DES JEUNES", known=["accueil", "jeunes"])) == ["accueil", "jeunes"]


def test_an_unknown_word_is_searched_as_typed_and_as_its_neighbours():
    asked = plan("acueil urgent", known=["accueil", "recueil", "urgent"])
    first = asked.clauses[0].alternatives
    assert [(each.kind, each.text) for each in first][:2] == [("own", "acueil"), ("typo", "accueil")]
    assert first[0].weight > first[1].weight
    assert asked.corrected_text == "accueil urgent"
    assert [(each.typed, each.proposed) for each in asked.corrections] == [("acueil", "accueil")]


def test_a_slip_in_a_concept_still_finds_the_concept():
    (clause,) = plan("minimxe").clauses
    assert {("own", "minimxe"), ("typo", "minimex"), ("variant", "leefloon")} <= ways(clause)


@pytest.mark.parametrize(
    "word", ["accueil", "accueillir", "Accueils", "leefloonaanvraag", "XYZ", "60", "abc", "qui"]
)
def test_known_short_and_odd_words_are_not_corrected(word):
    assert not plan(word, known=["accueil"]).corrections


def test_two_slips_are_repaired_in_long_words_only():
    vocabulary = Vocabulary({"mediation": 5, "bilan": 5})
    assert vocabulary.nearest("medaition")[0] == ("mediation", 1)
    assert vocabulary.nearest("mediasion") == (("mediation", 1),)
    assert vocabulary.nearest("meddiasion") == (("mediation", 2),)
    assert vocabulary.nearest("bulin") == ()


def test_a_word_of_one_text_is_never_proposed():
    assert Vocabulary({"vandenberghe": 1}).nearest("vandenbergh") == ()
    assert Vocabulary({"vandenberghe": 1}).knows("vandenberghe")


def test_an_everyday_word_brings_what_others_call_it():
    (clause, _) = plan("pourquoi mon patron surveille", known=["surveille"]).clauses
    assert {("own", "patron"), ("variant", "employeur"), ("variant", "chef")} <= ways(clause)
    french = [each.weight for each in clause.alternatives if each.kind == "variant" and each.lang == "fr"]
    assert max(french) < 0.7


def test_a_word_of_both_languages_counts_in_that_of_the_sentence():
    (clause,) = plan("waar kan ik mijn gsm", known=["gsm"], language="nl").clauses
    assert {("variant", "smartphone"), ("variant", "portable")} <= ways(clause)


def test_an_everyday_expression_is_one_clause():
    (clause,) = plan("mot de passe oublié", known=["oublié"]).clauses[:1]
    assert {("variant", "mot passe"), ("variant", "identifiant")} <= ways(clause)


def test_the_glossary_says_a_word_in_the_other_language_and_adds_nothing_in_its_own():
    (clause,) = plan("immeuble", known=["immeuble"]).clauses
    assert ("variant", "gebouw") in ways(clause)
    assert {each.lang for each in clause.alternatives if each.kind == "variant"} == {"nl"}
    (clause,) = plan("de kapper", known=["kapper"], language="nl").clauses
    assert ("variant", "coiffeur") in ways(clause)
    (clause,) = plan("le couloir", known=["couloir"], language="nl").clauses
    assert ("variant", "gang") in ways(clause)


def test_the_glossary_is_worth_less_than_a_concept_and_least_beside_another_translation():
    (concept,) = plan("minimex").clauses
    (alone,) = plan("immeuble", known=["immeuble"]).clauses
    (beside,) = plan("réunion", known=["réunion"]).clauses
    worth = {each.text: each.weight for clause in (concept, alone, beside) for each in clause.alternatives}
    assert worth["leefloon"] > worth["gebouw"] > 0.5
    (both,) = plan("lettre", known=["lettre"]).clauses
    worth = {each.text: each.weight for each in both.alternatives}
    assert worth["brief"] > worth["letter"]


def test_a_word_of_the_glossary_in_the_other_language_of_the_sentence_means_nothing():
    # « net » is Dutch for « just », « pan » a casserole: not in a French sentence.
    (clause,) = plan("dans le pan", known=["pan"]).clauses
    assert ("variant", "casserole") not in ways(clause)


def test_an_expression_of_the_glossary_is_one_clause_and_its_words_count_alone():
    asked = plan("une demi-journée", known=["demi", "journée"])
    assert typed(asked) == ["demi journée", "demi", "journée"]
    assert ("variant", "halve dag") in ways(asked.clauses[0])


def test_every_line_of_the_glossary_says_something_in_both_languages():
    lines = (analysis.DATA / "glossary.txt").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(rows) > 1000
    assert len(set(rows)) == len(rows)
    for row in rows:
        french, dutch = (side.split(",") for side in row.split("="))
        assert any(key_of(term, "fr") for term in french), row
        assert any(key_of(term, "nl") for term in dutch), row


def test_a_compound_that_no_text_has_is_also_asked_for_by_its_words():
    known = ["elektriciteit", "afrekening", "papieren"]
    asked = plan("elektriciteitsafrekening", known=known, language="nl")
    assert typed(asked) == ["elektriciteitsafrekening", "elektriciteit", "afrekening"]
    assert ("variant", "facture") in ways(asked.clauses[2])
    assert [clause.within for clause in asked.clauses] == [False, True, True]
    whole = plan("elektriciteitsafrekening", known=[*known, "elektriciteitsafrekening"], language="nl")
    assert typed(whole) == ["elektriciteitsafrekening"]


def test_a_separable_verb_is_understood_with_its_particle():
    clause = plan("hoe leg ik dat uit", known=["uitleg", "uitleggen"], language="nl").clauses[0]
    assert clause.typed == "leg"
    assert ("variant", "expliquer") in ways(clause)


def test_a_word_brings_its_family_as_far_as_texts_have_it():
    (clause,) = plan("surveiller", known=["surveillance", "surveillant", "surveiller", "surveille"]).clauses
    (alone,) = plan("surveiller", known=["surveiller"]).clauses
    (fiche,) = plan("fichage", known=["fichage", "fiche", "fichier", "ficelle"]).clauses
    assert ("kin", "surveillance") not in ways(alone)
    assert ("kin", "fiche") in ways(fiche)
    assert ("kin", "ficelle") not in ways(fiche)
    # « surveille » has the very stem of « surveiller »: nothing to add.
    assert ("kin", "surveille") not in ways(clause)


@pytest.mark.parametrize(
    ("one", "other"), [("brieven", "brief"), ("aangevraagd", "aanvragen"), ("begeleider", "begeleiding")]
)
def test_dutch_families_see_through_participles_and_spelling(one, other):
    assert kinship.root(one, "nl") == kinship.root(other, "nl")


def test_compounds_of_the_texts_are_split_and_joined_without_any_list():
    known = ["paspoort", "nummer", "paspoortnummer", "aanvraag", "paspoortaanvraag"]
    (clause,) = plan("paspoortnummer", known=known, language="nl").clauses
    assert ("parts", "paspoort nummer") in ways(clause)
    first, second = plan("paspoort aanvraag", known=known, language="nl").clauses
    assert ("kin", "paspoortaanvraag") in ways(first) & ways(second)
    (clause,) = plan("paspoort", known=known, language="nl").clauses
    assert ("kin", "paspoortnummer") in ways(clause)


@pytest.mark.parametrize(
    ("typed_as", "read_as"), [("lecole", "ecole"), ("dargent", "argent"), ("quenfant", "enfant")]
)
def test_an_article_run_into_its_word_is_taken_off(typed_as, read_as):
    (clause, _) = plan(f"{typed_as} guichet", known=["ecole", "argent", "enfant", "guichet"]).clauses
    assert ("typo", read_as) in ways(clause)


def test_a_misspelt_question_word_is_still_one():
    assert typed(plan("coment demander", known=["comment", "demander"])) == ["demander"]


def test_question_words_lift_and_are_never_asked_for():
    asked = plan("c’est quoi un guichet", known=["guichet"])
    assert typed(asked) == ["guichet"]
    assert [clause.typed for clause in asked.bonus] == ["quoi"]
    assert asked.minimum == 1
    assert plan("guichet").bonus == plan("qui quoi").bonus == ()


def test_a_compound_asks_for_its_parts_too():
    (clause,) = plan("huurwaarborg").clauses
    assert ("parts", "huur waarborg") in ways(clause)


def test_a_compound_asks_for_known_ones_that_say_a_part_of_it_otherwise():
    known = ["school", "facturen", "schoolrekeningen", "schoolrekening", "schoolboek"]
    clause, *_parts = plan("schoolfacturen", known=known, language="nl").clauses
    assert ("kin", "schoolrekening") in ways(clause)
    assert ("kin", "schoolboek") not in ways(clause)
    clause, *_parts = plan("schoolfacturen", known=["school", "facturen"], language="nl").clauses
    assert "kin" not in {kind for kind, _text in ways(clause)}


def test_quotes_ask_for_the_words_side_by_side():
    asked = plan('"premier accueil" jeunes', known=["jeunes"])
    assert [(clause.typed, clause.required) for clause in asked.clauses] == [
        ("premier accueil", True),
        ("jeunes", False),
    ]
    assert asked.minimum == 1


@pytest.mark.parametrize("text", ["« premier accueil »", "“premier accueil”", '"premier accueil'])
def test_any_quotes_will_do_even_one(text):
    (clause,) = plan(text).clauses
    assert clause.required


def test_minus_excludes_a_word_or_a_phrase_and_only_at_the_start_of_a_word():
    asked = plan('accueil -guichet -"file d’attente" rendez-vous', known=["accueil", "rendez"])
    assert [clause.typed for clause in asked.excluded] == ["guichet", "file d'attente"]
    assert typed(asked) == ["accueil", "rendez"]


@pytest.mark.parametrize(("count", "minimum"), [(1, 1), (2, 2), (3, 2), (4, 2), (5, 2), (7, 3), (10, 4)])
def test_the_more_words_the_fewer_must_be_there(count, minimum):
    words = [f"mot{chr(97 + number)}" for number in range(count)]
    assert plan(" ".join(words), known=words).minimum == minimum


def test_relaxing_asks_one_less_each_time_down_to_one():
    words = ["table", "chaise", "tiroir", "lampe", "tapis", "nappe", "rideau"]
    asked, seen = plan(" ".join(words), known=words), []
    while asked:
        seen.append(asked.minimum)
        asked = relaxed(asked)
    assert seen == [3, 2, 1]


def test_everything_is_capped():
    asked = plan(" ".join(f"mot{number}" for number in range(400)))
    assert len(asked.text) <= LONGEST_TEXT
    assert len(asked.clauses) <= MOST_CLAUSES
    assert plan("é" * 10_000).text == "é" * LONGEST_TEXT


@pytest.mark.parametrize(
    "text", ["", "   ", "\t\n", "\x00", "😀", '"', '""', "-", "--", "- -", "…", '-"', "''"]
)
def test_nothing_readable_gives_no_clause(text):
    assert plan(text).clauses == ()
    assert plan(text).excluded == ()


def test_blank_is_not_the_same_as_unreadable():
    assert plan("  ").is_empty
    assert not plan("😀").is_empty


@settings(deadline=None)  # the first one reads the lists of words
@given(st.text(max_size=400))
def test_any_text_gives_a_plan_within_its_caps(text):
    asked = plan(text, known=["accueil"])
    assert len(asked.clauses) <= MOST_CLAUSES
    assert all(len(clause.alternatives) <= MOST_ALTERNATIVES for clause in asked.clauses)
    assert asked.minimum <= len(asked.clauses)
