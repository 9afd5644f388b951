"""The vocabularies in Wagtail's admin: editors work there, nobody else."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from agora.people.roles import EDITOR
from agora.vocabulary import lists, permissions
from agora.vocabulary.models import Concept, Cpas, Theme

from .factories import make_theme

pytestmark = pytest.mark.django_db


def address(model, view: str, *args) -> str:
    """Address of an admin page of a vocabulary."""
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def text_of(response) -> str:
    """Visible text of a page, spaces made plain."""
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").split())


PAGES = [(model, view) for model in lists.MODELS for view in ("list", "edit", "history", "usage")]


def page(model, view: str) -> str:
    """Address of one of PAGES."""
    return address(model, view, *(() if view == "list" else (model.objects.first().pk,)))


@pytest.mark.parametrize(("model", "view"), PAGES)
def test_each_page_opens_to_an_editor(model, view, desk):
    assert desk.get(page(model, view)).status_code == 200


@pytest.mark.parametrize(("model", "view"), PAGES)
def test_each_page_is_closed_to_everybody_else(model, view, member, moderator, client_of):
    assert client_of(member).get(page(model, view)).status_code == 403
    assert client_of(moderator).get(page(model, view)).status_code in (302, 403)
    assert client_of(None).get(page(model, view)).status_code == 302


@pytest.mark.parametrize("model", [*lists.TERM_MODELS, Concept])
def test_an_editor_may_add_and_delete_what_is_free(model, desk):
    assert desk.get(address(model, "add")).status_code == 200


def test_the_menu_says_vocabulaires(desk):
    assert "Vocabulaires" in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_the_name_of_the_role_is_the_one_of_people():
    assert permissions.EDITOR == EDITOR


def test_rights_are_given_once_and_can_be_given_again():
    group = Group.objects.get(name=EDITOR)
    before = set(group.permissions.values_list("codename", flat=True))
    group.permissions.clear()
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    wanted = Permission.objects.filter(content_type__app_label="vocabulary")
    wanted = wanted.exclude(content_type__model="stamp").exclude(codename__in=["add_cpas", "delete_cpas"])
    codenames = set(wanted.values_list("codename", flat=True))
    given = group.permissions.filter(content_type__app_label="vocabulary")
    assert set(given.values_list("codename", flat=True)) == codenames
    assert codenames <= before


@pytest.mark.parametrize("model", lists.MODELS)
def test_search_and_filters_answer(model, desk):
    response = desk.get(address(model, "list"), {"q": "zzz\x00", "is_active": "x"})
    assert response.status_code == 200


@pytest.mark.parametrize(("typed", "found"), [("huurachterstand", "loyer"), ("GPMI", "projet individualisé")])
def test_a_concept_is_found_by_any_of_its_words(typed, found, desk):
    assert found in text_of(desk.get(address(Concept, "list_results"), {"q": typed}))


def test_concepts_without_dutch_words_can_be_listed(desk):
    text = text_of(desk.get(address(Concept, "list_results"), {"dutch": "no"}))
    assert "comité à blanc" in text
    assert "loyer" not in text
    assert "comité à blanc" not in text_of(desk.get(address(Concept, "list_results"), {"dutch": "yes"}))


def test_concepts_are_exported_with_all_their_words(desk):
    response = desk.get(address(Concept, "list"), {"export": "csv"})
    content = b"".join(response.streaming_content).decode()
    assert "huurachterstand" in content
    assert len(re.findall(r"(?m)^[a-z0-9-]+,", content)) >= 130


WORDS = {
    "label_fr": "girouette",
    "label_nl": "windwijzer",
    "variants_fr": " coq du clocher \r\n\r\ncoq du clocher",
    "variants_nl": "",
    "acronyms_fr": "GIR",
    "acronyms_nl": "",
    "is_active": "on",
}


def test_an_editor_adds_a_concept_and_search_has_it(desk):
    desk.post(address(Concept, "add"), WORDS)
    concept = Concept.objects.get(slug="girouette")
    assert concept.said("fr") == ["girouette", "coq du clocher"]
    assert concept in lists.concepts()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("variants_fr", "loyer impayé", "appartient déjà au concept"),
        ("variants_nl", "gebruiker", "autre sens"),
        ("acronyms_fr", "as", "n’est pas un sigle"),
        ("variants_fr", "é" * 10_000, "80 caractères"),
    ],
)
def test_a_refused_word_is_explained_and_comes_back(field, typed, said, desk):
    response = desk.post(address(Concept, "add"), WORDS | {field: typed})
    assert response.status_code == 200
    assert said in text_of(response)
    assert typed in response.content.decode()
    assert not Concept.objects.filter(slug="girouette").exists()


def test_a_nul_byte_is_refused_without_a_fault(desk):
    assert desk.post(address(Concept, "add"), WORDS | {"variants_fr": "a\x00b"}).status_code == 200


def test_an_editor_adds_renames_and_hides_a_theme(desk):
    desk.post(address(Theme, "add"), {"name_fr": "Essai", "name_nl": "Proef", "is_active": "on"})
    theme = lists.themes().by_slug["essai"]
    assert lists.themes().ordered[-1] == theme
    desk.post(address(Theme, "edit", theme.pk), {"name_fr": "Essai, suite", "name_nl": "Proef"})
    theme = lists.themes().by_slug["essai"]
    assert (theme.name_fr, theme.is_active) == ("Essai, suite", False)


def test_an_editor_moves_a_theme(desk):
    theme = Theme.objects.get(slug="organisation")
    desk.post(address(Theme, "reorder", theme.pk) + "?position=0")
    assert [each.slug for each in lists.themes().ordered][:2] == ["organisation", "parcours"]


def test_a_theme_in_use_stays_and_the_editor_is_told_why(desk, member):
    theme = make_theme()
    member.themes.add(theme)
    for method in (desk.get, desk.post):
        response = method(address(Theme, "delete", theme.pk), follow=True)
        assert response.redirect_chain[-1][0] == address(Theme, "edit", theme.pk)
        assert "Thème d’essai : déjà choisi" in text_of(response)
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_a_selection_with_a_theme_in_use_stays_whole(desk, member):
    used, free = make_theme(), make_theme("libre", name_fr="Libre", name_nl="Vrij")
    member.themes.add(used)
    bulk = reverse("wagtail_bulk_action", args=["vocabulary", "theme", "delete"])
    response = desk.post(f"{bulk}?id={used.pk}&id={free.pk}", follow=True)
    assert "Thème d’essai : déjà choisi" in text_of(response)
    assert Theme.objects.filter(pk__in=[used.pk, free.pk]).count() == 2


def test_a_theme_that_nobody_uses_goes(desk):
    theme = make_theme()
    desk.post(address(Theme, "delete", theme.pk))
    assert not Theme.objects.filter(pk=theme.pk).exists()


CPAS = {
    "name_fr": "Forest",
    "name_nl": "Vorst",
    "code_fr": "For",
    "code_nl": "Vor",
    "postal_codes": "1190",
    "size": "M",
    "email_domains": "cpas-forest.example",
    "column": "1",
    "row": "4",
}


def test_an_editor_corrects_a_cpas_whose_code_cannot_change(desk):
    desk.post(address(Cpas, "edit", "21007"), CPAS | {"ins_code": "99999"})
    assert lists.cpas_by_ins()["21007"].domains == ["cpas-forest.example"]
    assert Cpas.objects.count() == 19


def test_nobody_adds_or_deletes_a_cpas_not_even_a_superuser(desk, editor):
    editor.is_superuser = True
    editor.save()
    assert desk.get(address(Cpas, "edit", "21007")).status_code == 200
    for page in (address(Cpas, "add"), address(Cpas, "delete", "21007")):
        assert desk.post(page, CPAS).status_code in (302, 403)
    assert Cpas.objects.count() == 19
