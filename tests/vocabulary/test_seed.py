"""What every installation starts with."""

import importlib
import re
from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from agora.vocabulary import lists, seed, words
from agora.vocabulary.models import Concept, Cpas, Theme

pytestmark = pytest.mark.django_db

# INS, French and Dutch name, their letters on the map, postal codes, size class, column, row.
THE_NINETEEN = """
21001|Anderlecht|Anderlecht|And|And|1070|XL|0|3
21002|Auderghem|Oudergem|Aud|Oud|1160|S|4|4
21003|Berchem-Sainte-Agathe|Sint-Agatha-Berchem|Ber|Ber|1082|S|0|1
21004|Bruxelles|Brussel|Bru|Bru|1000 1020 1120 1130|XL|2|1
21005|Etterbeek|Etterbeek|Ett|Ett|1040|M|3|3
21006|Evere|Evere|Eve|Eve|1140|M|3|0
21007|Forest|Vorst|For|Vor|1190|M|1|4
21008|Ganshoren|Ganshoren|Gan|Gan|1083|S|1|0
21009|Ixelles|Elsene|Ixe|Els|1050|L|2|3
21010|Jette|Jette|Jet|Jet|1090|M|2|0
21011|Koekelberg|Koekelberg|Koe|Koe|1081|S|1|1
21012|Molenbeek-Saint-Jean|Sint-Jans-Molenbeek|Mol|Mol|1080|L|1|2
21013|Saint-Gilles|Sint-Gillis|StG|StG|1060|M|1|3
21014|Saint-Josse-ten-Noode|Sint-Joost-ten-Node|StJ|StJ|1210|S|3|2
21015|Schaerbeek|Schaarbeek|Sch|Sch|1030|XL|3|1
21016|Uccle|Ukkel|Ucc|Ukk|1180|L|2|4
21017|Watermael-Boitsfort|Watermaal-Bosvoorde|W-B|W-B|1170|S|3|4
21018|Woluwe-Saint-Lambert|Sint-Lambrechts-Woluwe|WSL|SLW|1200|M|4|1
21019|Woluwe-Saint-Pierre|Sint-Pieters-Woluwe|WSP|SPW|1150|M|4|3
"""
COLUMNS = ["ins_code", "name_fr", "name_nl", "code_fr", "code_nl", "postal_codes", "size", "column", "row"]

# No Dutch word for these was found in use: better none than an invented one.
WITHOUT_DUTCH = {"codeveloppement", "comite-blanc"}


def test_the_nineteen_are_exactly_these():
    wanted = [tuple(line.split("|")) for line in THE_NINETEEN.split("\n") if line]
    found = [tuple(map(str, row)) for row in Cpas.objects.order_by("ins_code").values_list(*COLUMNS)]
    assert found == wanted


def test_only_the_mail_domains_seen_in_print_are_known():
    domains = {cpas.ins_code: cpas.domains for cpas in Cpas.objects.exclude(email_domains="")}
    assert domains == {"21001": ["cpas-anderlecht.brussels"], "21011": ["koekelberg.brussels"]}


@pytest.mark.parametrize("model", lists.TERM_MODELS)
def test_each_word_of_the_closed_lists_is_said_in_both_languages(model):
    rows = list(model.objects.all())
    assert len(rows) >= 8
    assert all(row.name_fr and row.name_nl and row.is_active for row in rows)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))


def test_the_eight_themes_keep_the_order_of_the_research():
    slugs = ["parcours", "accueil-flux", "reseau", "procedures", "bilan", "metiers", "emploi", "organisation"]
    assert list(Theme.objects.values_list("slug", flat=True)) == slugs


def test_there_are_concepts_enough_in_both_languages():
    assert Concept.objects.count() >= 130
    assert set(Concept.objects.filter(label_nl="").values_list("slug", flat=True)) == WITHOUT_DUTCH


def test_the_rows_of_the_seed_pass_their_own_checks_unchanged():
    for model in lists.MODELS:
        for row in model.objects.all():
            before = dict(row.__dict__)
            row.full_clean()
            assert {**row.__dict__, "_state": None} == {**before, "_state": None}, row


def test_no_word_leads_to_two_concepts():
    """Both languages together: nobody says which one they type in. No exception is allowed."""
    owners = defaultdict(set)
    for concept in Concept.objects.all():
        for language in ("fr", "nl"):
            for word in concept.said(language):
                owners[words.folded(word)].add(concept.slug)
    assert {word: slugs for word, slugs in owners.items() if len(slugs) > 1} == {}


def test_no_acronym_leads_to_two_concepts_of_one_language():
    for language in ("fr", "nl"):
        acronyms = [each for concept in Concept.objects.all() for each in concept.acronyms(language)]
        assert len(acronyms) == len(set(acronyms))


def test_words_with_a_commoner_sense_are_acronyms_only():
    said = {
        words.folded(word)
        for concept in Concept.objects.all()
        for language in ("fr", "nl")
        for word in concept.said(language)
    }
    assert said & {"as", "ai", "ris", "ri", "dis", "loi", "mag", "utilisateur", "gebruiker"} == set()
    acronyms = {each for concept in Concept.objects.all() for each in concept.acronyms("fr")}
    assert {
        "AS",
        "AI",
        "RI",
        "RIS",
        "DIS",
        "MAG",
        "ISP",
        "PIIS",
        "AMU",
        "SSG",
        "CPAS",
        "BSP",
        "EPN",
        "ILA",
    } <= acronyms
    acronyms = {each for concept in Concept.objects.all() for each in concept.acronyms("nl")}
    assert {"SPI", "GPMI", "DMH", "ASD", "OCMW", "SPB", "LOI"} <= acronyms


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("loyer impayé", "loyer-impaye"),
        ("huurachterstand", "loyer-impaye"),
        ("coupure de courant", "coupure"),
        ("facture", "facture"),
        ("caution", "garantie-locative"),
        ("schulden", "dettes"),
        ("leefloon", "ris"),
        ("tolk", "interprete"),
        ("proprio", "proprietaire"),
        ("geen dop meer", "exclusion-chomage"),
        ("lege brooddoos", "boite-a-tartines-vide"),
    ],
)
def test_everyday_words_lead_to_their_concept(typed, slug):
    concept = Concept.objects.get(slug=slug)
    assert typed in concept.said("fr") + concept.said("nl")


def test_texts_use_typographic_apostrophes_and_no_straight_quotes():
    names = ("terms", "cpas", "concepts", *seed.MORE_CONCEPTS, seed.CORRECTIONS)
    texts = (seed.DATA / f"{name}.json" for name in names)
    assert not any(re.search("[a-zé]'[a-zé]", text.read_text(encoding="utf-8")) for text in texts)


def test_loading_again_changes_nothing_and_keeps_what_editors_wrote():
    Theme.objects.filter(slug="emploi").update(name_fr="Le travail")
    Concept.objects.filter(slug="ris").delete()
    counts = [model.objects.count() for model in lists.MODELS]
    seed.load(apps)
    seed.load(apps)
    assert Theme.objects.get(slug="emploi").name_fr == "Le travail"
    assert [model.objects.count() for model in lists.MODELS] == [*counts[:-1], counts[-1] + 1]


def test_more_concepts_leave_words_where_editors_put_them():
    Concept.objects.filter(slug__in=("procuration", "neutralite-du-service-public")).delete()
    Concept.objects.filter(slug="ris").update(variants_fr="procuration")
    seed.load_more_concepts(apps)
    assert not Concept.objects.filter(slug="procuration").exists()
    assert Concept.objects.filter(slug="neutralite-du-service-public").exists()
    assert Concept.objects.get(slug="ris").variants_fr == "procuration"


def test_search_is_judged_with_the_concepts_of_an_installation():
    rows = {row["slug"]: row for row in seed.shipped()}
    found = {row["slug"]: row for row in Concept.objects.values(*seed.CONCEPT_FIELDS)}
    assert rows == found


@pytest.fixture
def corrections():
    """Migration 0008, to be run on the concepts as 0007 left them."""
    module = importlib.import_module("agora.vocabulary.migrations.0008_correct_concepts")
    Concept.objects.all().delete()
    Concept.objects.bulk_create(Concept(**row) for row in seed.uncorrected())
    return module


def test_more_concepts_lengthen_those_of_the_first_file_once(corrections):
    """As 0006 and 0007 would if run twice, before the corrections."""
    recours = Concept.objects.get(slug="recours")
    assert "aller au tribunal" in recours.said("fr")
    for name in seed.MORE_CONCEPTS:
        seed.load_more_concepts(apps, name=name)
    assert Concept.objects.get(slug="recours").variants_fr == recours.variants_fr


def rows_of_concepts():
    return {row["slug"]: row for row in Concept.objects.values(*seed.CONCEPT_FIELDS)}


def test_corrections_reach_concepts_that_nobody_edited_and_can_be_taken_back(corrections):
    former = rows_of_concepts()
    corrections.forward(apps, connection.SchemaEditorClass(connection))
    latter = rows_of_concepts()
    assert latter == {row["slug"]: row for row in seed.shipped()} != former
    assert "Aïd" not in Concept.objects.get(slug="fetes-religieuses").said("fr")
    assert Concept.objects.get(slug="metier-en-penurie").label_nl == "knelpuntberoep"
    corrections.forward(apps, connection.SchemaEditorClass(connection))
    assert rows_of_concepts() == latter
    corrections.backward(apps, connection.SchemaEditorClass(connection))
    assert rows_of_concepts() == former


def test_corrections_leave_what_editors_wrote_and_give_none_of_its_words_away(corrections):
    """« dentiste » stays where editors put it and goes to nobody else; a name that they use stays theirs."""
    costs = Concept.objects.get(slug="frais-medicaux")
    Concept.objects.filter(pk=costs.pk).update(variants_fr="dentiste\nlunettes", label_nl="dokterskosten")
    Concept.objects.create(slug="ours", label_fr="revenu de remplacement", label_nl="vervangingsinkomen")
    corrections.forward(apps, connection.SchemaEditorClass(connection))
    costs.refresh_from_db()
    assert (costs.variants_fr, costs.label_nl) == ("dentiste\nlunettes", "dokterskosten")
    assert "dentiste" not in Concept.objects.get(slug="soins-dentaires").said("fr")
    assert not Concept.objects.filter(slug="revenu-de-remplacement").exists()
    corrections.backward(apps, connection.SchemaEditorClass(connection))
    costs.refresh_from_db()
    assert costs.variants_fr == "dentiste\nlunettes" and Concept.objects.filter(slug="ours").exists()


def test_each_correction_names_what_is_there_and_is_all_brought():
    """A slip in the file would silently correct nothing."""
    former = {row["slug"]: Concept(**row) for row in seed.uncorrected()}
    latter = {row["slug"]: Concept(**row) for row in seed.shipped()}
    for entry in seed.read(seed.CORRECTIONS):
        slug, old = entry["slug"], former.get(entry["slug"])
        had = set(map(words.folded, [*old.said("fr"), *old.said("nl")])) if old else set()
        if old:
            had |= set(map(words.folded, [*old.acronyms("fr"), *old.acronyms("nl")]))
        assert set(map(words.folded, entry.get("away", ()))) <= had, slug
        for language in ("fr", "nl"):
            wanted = [*entry.get(f"first_{language}", ()), *entry.get(f"variants_{language}", ())]
            assert set(wanted) <= set(latter[slug].said(language)), slug


@pytest.fixture
def migration():
    """Migration 0002, to be run on the tables as 0001 left them."""
    module = importlib.import_module("agora.vocabulary.migrations.0002_load_vocabularies")
    state = MigrationExecutor(connection).loader.project_state([("vocabulary", "0001_initial")])
    editor = connection.SchemaEditorClass(connection)  # not entered: it only carries the connection
    one = module.Migration("0002_load_vocabularies", "vocabulary")

    class Run:
        def forward(self):
            one.apply(state.clone(), editor)

        def back(self):
            one.unapply(state.clone(), editor)

    return Run()


def test_the_migration_fills_empty_tables(migration):
    for model in lists.MODELS:
        model.objects.all().delete()
    migration.forward()
    assert Cpas.objects.count() == 19
    assert Concept.objects.get(slug="piis").acronyms("nl") == ["GPMI"]


def test_the_migration_goes_back_and_forth_without_losing_a_choice(migration):
    """Going back leaves the rows, because sheets and members point to them."""
    Theme.objects.filter(slug="emploi").update(name_fr="Le travail")
    before = [model.objects.count() for model in lists.MODELS]
    migration.back()
    assert [model.objects.count() for model in lists.MODELS] == before
    migration.forward()
    assert [model.objects.count() for model in lists.MODELS] == before
    assert Theme.objects.get(slug="emploi").name_fr == "Le travail"
