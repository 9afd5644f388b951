"""What editors may write, and what they are told otherwise."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from agora.vocabulary.models import Concept, Cpas, Function, Theme
from agora.vocabulary.words import folded

from .factories import concept, make_theme

pytestmark = pytest.mark.django_db


def refused(row) -> dict[str, list[str]]:
    """Messages of full_clean() by field; fails when the row is accepted."""
    with pytest.raises(ValidationError) as raised:
        row.full_clean()
    return raised.value.message_dict


def accepted(row):
    """The row after a full_clean() that accepts it."""
    row.full_clean(exclude=["slug"])
    return row


# --- concepts


def test_variants_are_trimmed_and_said_once_in_the_order_given():
    row = accepted(concept(variants_fr="  coq  du clocher \r\n\r\nGirouettes\nCOQ DU CLOCHER\ngirouettes\n"))
    assert row.variants_fr.split("\n") == ["coq du clocher", "Girouettes"]


def test_a_variant_that_repeats_the_label_goes():
    assert accepted(concept(variants_fr="Girouette\ncoq du clocher")).variants_fr == "coq du clocher"


def test_a_new_concept_gets_an_identifier_of_its_own():
    first, second = accepted(concept(label_fr="Ça tourne")), concept(label_fr="Ça tourne", is_active=False)
    assert first.slug == "ca-tourne"
    first.save()
    second.clean()
    assert second.slug == "ca-tourne-2"


def test_a_concept_without_letters_gets_an_identifier_too():
    row = concept(label_fr="???")
    row.clean()
    assert row.slug == "mot"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n".join(f"mot inventé {number}" for number in range(41)), "au plus 40"),
        ("x" * 81, "80 caractères"),
        ("ris", "autre sens"),
        ("Gebruiker", "autre sens"),
        ("\n".join(["y" * 10_000] * 3), "80 caractères"),
    ],
)
def test_variants_that_would_harm_search_are_refused(text, said):
    assert said in " ".join(refused(concept(slug="essai", variants_nl=text))["variants_nl"])


@pytest.mark.parametrize("count", [1, 40])
def test_forty_variants_of_eighty_characters_are_kept(count):
    text = "\n".join(f"{number:080d}" for number in range(count))
    assert accepted(concept(variants_fr=text)).variants_fr == text


def test_a_label_with_a_commoner_sense_is_refused():
    assert "label_fr" in refused(concept(slug="essai", label_fr="as"))


@pytest.mark.parametrize("text", ["as", "A", "A.S.", "ABCDEFGHI", "aBc", "ÉTÉ", "AS as"])
def test_what_is_no_acronym_is_refused(text):
    assert "n’est pas un sigle" in refused(concept(slug="essai", acronyms_fr=text))["acronyms_fr"][0]


@pytest.mark.parametrize(("text", "kept"), [(" GIR,  FdSS ;GIR ", "GIR FdSS"), ("NT2", "NT2"), ("", "")])
def test_acronyms_keep_their_case_and_are_said_once(text, kept):
    assert accepted(concept(acronyms_fr=text)).acronyms_fr == kept


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("variants_fr", "Loyer impaye"),
        ("variants_nl", "huurachterstand"),
        ("label_fr", "Piis"),
        ("label_nl", "tolk"),
    ],
)
def test_a_word_of_another_concept_is_refused_and_the_other_named(field, word):
    said = refused(concept(slug="essai", **{field: word}))[field][0]
    assert "appartient déjà au concept" in said
    assert word in said


def test_a_hidden_concept_neither_claims_nor_respects_words():
    hidden = concept(label_fr="loyer impayé", is_active=False)
    accepted(hidden).save()
    other = Concept.objects.get(slug="loyer-impaye")
    other.is_active = False
    other.save()
    accepted(concept(variants_fr="huurachterstand"))


def test_spellings_count_as_one_whatever_accents_case_and_apostrophes():
    assert folded("  Garantie-LOCATIVE d’État ") == folded("garantie locative d'etat")


# --- terms


def test_a_new_term_gets_an_identifier_and_tidy_names():
    row = Theme(name_fr="  Santé   et soins ", name_nl="Gezondheid en zorg")
    row.clean()
    assert (row.slug, row.name_fr) == ("sante-et-soins", "Santé et soins")


def test_a_name_already_in_the_list_is_refused():
    assert "name_nl" in refused(Theme(slug="essai", name_fr="Essai", name_nl="ARBEIDSMARKT"))


# --- CPAS


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("postal_codes", "119"),
        ("postal_codes", "1190 ABCD"),
        ("postal_codes", "0190"),
        ("email_domains", "pas un domaine !"),
        ("email_domains", "cpas-anderlecht.brussels"),
        ("email_domains", "x" * 10_000),
        ("column", 2),
        ("column", 5),
    ],
)
def test_what_cannot_be_right_in_a_cpas_is_refused(field, text):
    row = Cpas.objects.get(pk="21007")
    row.row = 2 if text == 2 else row.row
    setattr(row, field, text)
    assert field in refused(row)


def test_domains_and_codes_of_a_cpas_are_tidied():
    row = Cpas.objects.get(pk="21007")
    row.email_domains = " @CPAS-Forest.example \r\ncpas-forest.example\n"
    row.postal_codes = "1190,  1620"
    row.full_clean()
    assert (row.email_domains, row.postal_codes) == ("cpas-forest.example", "1190 1620")


def test_two_cpas_never_share_a_place():
    row = Cpas.objects.get(pk="21007")
    row.column, row.row = 0, 3
    assert "Un autre CPAS" in str(refused(row))


# --- words in use


def test_a_word_that_a_member_follows_is_not_deleted(member):
    theme = make_theme()
    member.themes.add(theme)
    with pytest.raises(ProtectedError, match="Thème d’essai"), transaction.atomic():
        theme.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        Theme.objects.filter(pk=theme.pk).delete()
    assert member.themes.get() == theme


def test_a_word_that_nobody_uses_is_deleted():
    theme = make_theme()
    theme.delete()
    assert not Theme.objects.filter(slug="essai").exists()


def test_a_function_of_a_member_is_not_deleted(make_member):
    function = Function.objects.get(slug="jobcoach")
    make_member(function=function)
    with pytest.raises(ProtectedError):
        function.delete()
