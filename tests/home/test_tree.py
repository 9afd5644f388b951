"""The page tree: what a new installation stands on, and what editors keep."""

import pytest
from wagtail.models import Page, Site

from agora.home.models import HomePage, StandardPage
from agora.home.tree import STANDARD_PAGES, build_tree
from practices.models import PracticeIndexPage

pytestmark = pytest.mark.django_db


def test_each_language_has_its_home_its_catalogue_and_its_texts(tree):
    assert {page.locale.language_code for page in HomePage.objects.all()} == {"fr", "nl"}
    assert {page.slug for page in PracticeIndexPage.objects.all()} == {"pratiques", "praktijken"}
    assert StandardPage.objects.count() == 2 * len(STANDARD_PAGES)
    assert Site.objects.get(is_default_site=True).root_page.pk == tree.homes["fr"].pk
    assert not Page.objects.filter(depth=2, content_type__app_label="wagtailcore").exists()


def test_the_two_languages_are_sisters(tree):
    for model in (HomePage, PracticeIndexPage):
        assert model.objects.values("translation_key").distinct().count() == 1
    keys = StandardPage.objects.values_list("translation_key", flat=True)
    assert all(list(keys).count(key) == 2 for key in keys)


def test_building_again_changes_nothing(tree):
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "slug", "title"))
    build_tree()
    assert list(Page.objects.order_by("pk").values_list("pk", "path", "slug", "title")) == before


def test_what_an_editor_changed_stays(tree):
    page = StandardPage.objects.get(slug="aide")
    page.title = "Aide, revue par l’équipe"
    page.save()
    build_tree()
    assert StandardPage.objects.get(slug="aide").title == "Aide, revue par l’équipe"


def test_a_deleted_text_comes_back(tree):
    StandardPage.objects.get(slug="aide").delete()
    build_tree()
    assert StandardPage.objects.filter(slug="aide").exists()


@pytest.mark.parametrize(("path", "other"), [("/fr/aide/", "/nl/hulp/"), ("/nl/charter/", "/fr/charte/")])
def test_the_texts_are_read_without_an_account_and_lead_to_their_sister(tree, client, path, other):
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'href="{other}"' in answer.text
    assert answer.text.count("<h1") == 1
