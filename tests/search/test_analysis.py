"""Words as the index knows them: what must meet, what must not, and what hostile text may not break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis


def surfaces(text: str) -> list[str]:
    return [token.surface for token in analysis.tokens(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’accueil d'urgence jusqu’à midi", ["accueil", "urgence", "à", "midi"]),
        ("qu’il s’agit d’aujourd’hui", ["il", "agit", "aujourd’hui"]),
        ("C.P.A.S. d’Ixelles", ["CPAS", "Ixelles"]),
        ("le c.p.a.s.", ["le", "CPAS"]),
        ("RIS/PIIS et l’art.60 §7", ["RIS", "PIIS", "et", "art", "60", "7"]),
        ("assistant·e·s social·e", ["assistant", "social"]),
        ("primo-demandeur", ["primo", "demandeur"]),
        ("foto's van het OCMW's", ["foto", "van", "het", "OCMW"]),
        ("lo\u00adge\u00adment", ["logement"]),
        ("e\u0301cole", ["école"]),
        ("fin.Début", ["fin", "Début"]),
        ("a\x00b", ["a", "b"]),
        ("😀 — … \u0301", []),
    ],
)
def test_a_text_is_cut_into_words(text, words):
    assert surfaces(text) == words


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  L’œuvre   de la ﬁche ", "L'oeuvre de la fiche"),
        ("« première demande »", '" première demande "'),
        ("C.P.A.S.", "CPAS"),
        ("a\x00b\x1f", "a b"),
        ("e\u0301te\u0301", "été"),
        ("lo\u00adge\u00adment\u200b", "logement"),
        ("\ud800x", "x"),
    ],
)
def test_a_query_is_cleaned(typed, clean):
    assert analysis.normalise(typed) == clean


def pairs(text: str) -> list[list[str]]:
    return [pair.split() for pair in text.split("|")]


FRENCH_TOGETHER = pairs(
    """
accueil accueillir | accueil accueils | demande demandes | demande demander | sanction sanctionné |
sanctionner sanctions | enquête enquetes | bénéficiaire beneficiaires | réseau reseaux |
travail travaux | bail baux | loyer loyers | étranger étrangères | crédit crédits |
travailleur travailleuses | neuf neuves | social sociales | général generaux | médiation médiatrice |
formation formateur | interprète interpretariat | endettée endetté | logement logements |
jeune jeunes | dossier dossiers | énergie energies | réorienter reorientation | écouter ecoute |
hébergement heberger | œuvre oeuvres | vélo vélos | ami amis | traduire traduisent | répondre répond |
venir vient | écrire écrivent | interrompre interrompu | accueil accueille | raconter racontent |
payer paient | convaincre convainquons | moisi moisissure
"""
)
DUTCH_TOGETHER = pairs(
    """
aanvraag aanvragen | onthaal onthalen | adres adressen | woord woorden | mens mensen | groot grote |
leeg lege | gewoon gewone | begeleiding begeleiders | schuld schulden | gezin gezinnen |
kind kinderen | woning woningen | cliënt clienten | stad steden | sociaal sociale |
dakloze daklozen | bemiddelaar bemiddelaars | gesprek gesprekken | factuur facturen |
coördinator coordinatoren | jongere jongeren | medewerker medewerkers | zorgen zorgt | betalen betaald |
helpen geholpen | sterven gestorven | bespreken besproken | afspreken afgesproken | vrijlaten vrijgelaten |
volstouwt volgestouwde
"""
)
APART = [
    ("fr", "sanction", "santé"), ("fr", "accueil", "accusé"), ("fr", "logement", "logiciel"),
    ("nl", "begeleiding", "beleid"), ("nl", "huur", "huis"), ("nl", "werk", "wereld"), ("nl", "dag", "dak"),
    ("fr", "gens", "gêne"), ("fr", "mois", "moisi"), ("fr", "agent", "âge"), ("fr", "revenu", "revenir"),
    ("fr", "permis", "permettre"), ("fr", "loyer", "loi"), ("nl", "gewoon", "wonen"),
    ("fr", "décès", "décision"), ("fr", "papa", "papier"), ("fr", "répit", "repas"), ("fr", "rats", "raté"),
    ("fr", "fils", "file"), ("fr", "mer", "mère"), ("fr", "isolation", "isolé"), ("fr", "pays", "payer"),
    ("nl", "beurs", "gebeurt"), ("nl", "gemeente", "mening"), ("nl", "vocht", "vechten"),
    ("nl", "geweld", "wel"), ("nl", "vergeetachtig", "vergeten"), ("nl", "gezondheid", "zon"),
    ("nl", "moe", "moet"), ("nl", "overheid", "over"), ("nl", "vergetelheid", "vertellen"),
]  # fmt: skip


def meet(one: str, other: str, lang: str) -> bool:
    return bool(set(analysis.stems(one, lang)) & set(analysis.stems(other, lang)))


@pytest.mark.parametrize(("one", "other"), FRENCH_TOGETHER)
def test_french_forms_meet(one, other):
    assert meet(one, other, "fr")


@pytest.mark.parametrize(("one", "other"), DUTCH_TOGETHER)
def test_dutch_forms_meet(one, other):
    assert meet(one, other, "nl")


@pytest.mark.parametrize(("lang", "one", "other"), APART)
def test_different_words_stay_apart(lang, one, other):
    assert not meet(one, other, lang)


@pytest.mark.parametrize("word", ["enquête", "médiatrice", "élève", "préféré", "évaluée", "hébergées"])
def test_the_first_stem_ignores_accents_so_that_phrases_hold(word):
    assert analysis.stems(word, "fr")[0] == analysis.stems(analysis.fold(word), "fr")[0]


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("leefloonaanvraag", ("leefloon", "aanvraag")),
        ("leefloonaanvragen", ("leefloon", "aanvragen")),
        ("Schuldbemiddelaar", ("schuld", "bemiddelaar")),
        ("schuldenregeling", ("schulden", "regeling")),
        ("huurwaarborgen", ("huur", "waarborgen")),
        ("energiefonds", ("energie", "fonds")),
        ("projectfacilitator", ("project", "facilitator")),
        ("arbeidstrajectbegeleider", ("arbeid", "traject", "begeleider")),
        ("wachttijden", ("wacht", "tijden")),
        ("onderzoek", ()),
        ("maatschappelijk", ()),
        ("beroepsgeheim", ()),
        ("facturation", ()),
        ("loon", ()),
    ],
)
def test_dutch_compounds_are_split_into_reviewed_parts_only(compound, parts):
    assert analysis.parts(compound) == parts


@pytest.mark.parametrize(
    ("word", "yes"),
    [("AS", True), ("CPAS", True), ("NT2", True), ("as", False), ("Cpas", False), ("A", False), ("A1", False),
     ("INTERMINABLE", False), ("É", False)],
)  # fmt: skip
def test_acronyms_are_capitals(word, yes):
    assert analysis.is_acronym(word) is yes


def test_offsets_point_into_the_text_as_written():
    text = "À l’œuvre : C.P.A.S. et lo\u00adge\u00adment"
    assert [text[token.start : token.end] for token in analysis.tokens(text)] == [
        "À", "œuvre", "C.P.A.S.", "et", "lo\u00adge\u00adment",
    ]  # fmt: skip


def test_a_monstrous_word_is_cut():
    assert len(surfaces("x" * 10_000)[0]) == analysis.WORD_LENGTH


@given(st.text(max_size=300))
def test_any_text_gives_words_inside_it(text):
    end = 0
    for token in analysis.tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert analysis.fold(token.surface)
        assert analysis.stems(token.surface, "fr")
        assert analysis.stems(token.surface, "nl")
        end = token.end


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text):
    once = analysis.normalise(text)
    assert analysis.normalise(once) == once
    assert "\x00" not in once
