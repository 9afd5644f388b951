"""The page types as Wagtail sees them: where they may stand, and what its routes answer."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from agora.home.models import HomePage, StandardPage
from practices.models import PracticeIndexPage, PracticePage

from .factories import make_practice


class TestPlaces(WagtailPageTestCase):
    """What may hang under what."""

    def test_parents_and_children(self):
        self.assertAllowedParentPageTypes(HomePage, {Page})
        self.assertAllowedSubpageTypes(HomePage, {StandardPage, PracticeIndexPage})
        self.assertAllowedParentPageTypes(PracticeIndexPage, {HomePage})
        self.assertAllowedSubpageTypes(PracticeIndexPage, {PracticePage})
        self.assertAllowedParentPageTypes(PracticePage, {PracticeIndexPage})
        self.assertAllowedSubpageTypes(PracticePage, {})
        self.assertAllowedParentPageTypes(StandardPage, {HomePage, StandardPage})


@pytest.mark.django_db
def test_the_page_tree_leads_to_the_reading_page(tree, member):
    sheet = make_practice(by=member, title="Un accueil à deux")
    request = RequestFactory().get("/")
    assert sheet.serve(request).headers["Location"] == sheet.get_absolute_url()
    assert sheet.get_url() == sheet.get_absolute_url() == f"/fr/pratiques/{sheet.slug}/"


@pytest.mark.django_db
def test_an_editor_previews_what_is_typed_not_what_was_saved(tree, member, editor, client_of):
    sheet = make_practice(by=member, title="Un accueil à deux", problem="La file commence tôt.")
    sheet.problem = "La file commence **très** tôt."
    request = RequestFactory().get("/")
    request.user, request.session, request.resolver_match = editor, {}, None
    answer = sheet.serve_preview(request, "").render()
    assert answer.status_code == 200
    assert "<strong>très</strong>" in answer.content.decode()
