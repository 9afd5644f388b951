"""What search is told of a sheet, and how a sheet looks among the results."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from agora.people.audience import MEMBERS, PUBLIC
from practices import indexing
from practices.models import PracticePage
from search import documents
from search.answers import Hit

from .factories import make_practice
from .samples import declare, many_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tree, member):
    return make_practice(
        by=member,
        title="Premier accueil",
        summary="On écoute.",
        problem="Une **file** & des gens.\n\n- un\n- deux",
        themes=("bilan",),
        services=("ssg",),
        origin="21007",
        maturity="tried",
    )


def test_the_source_is_registered(db):
    assert documents.source_of("practice:1") is indexing.SOURCE


def test_a_sheet_becomes_plain_words_and_facets(sheet):
    doc = indexing.build(sheet)
    assert (doc.uid, doc.language, doc.title) == (f"practice:{sheet.pk}", "fr", "Premier accueil")
    assert "Une file & des gens. un deux" in doc.body
    assert "<" not in doc.body
    assert "*" not in doc.body
    assert doc.values("theme") == ("bilan",)
    assert doc.values("service") == ("ssg",)
    assert doc.values("cpas") == ("21007",)
    assert doc.updated == sheet.last_published_at


def test_the_audience_is_the_sheet_s_own(sheet, member):
    assert indexing.build(sheet).audience == {MEMBERS}
    assert indexing.build(make_practice(by=member, is_showcase=True)).audience == {PUBLIC}


def test_a_sheet_without_any_date_is_old_not_broken(sheet):
    sheet.first_published_at = sheet.last_published_at = None
    assert indexing.build(sheet).updated == datetime(2012, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("count", [1, 30])
def test_five_queries_build_any_number(tree, count, django_assert_num_queries):
    many_sheets(tree, count, live=True)
    with django_assert_num_queries(5):  # sheets with locale, and four lists of words
        assert len([indexing.build(sheet) for sheet in indexing.indexed()]) == count


def test_an_archived_sheet_is_neither_indexed_nor_shown(sheet, member):
    sheet.unpublish()
    assert not indexing.indexed().exists()
    assert not indexing.visible(member).exists()


@pytest.mark.parametrize("is_elsewhere", [True, False])
def test_a_hit_says_what_it_is(sheet, member, is_elsewhere, django_assert_num_queries):
    PracticePage.objects.filter(pk=sheet.pk).update(maturity="abandoned")
    declare(sheet, "21010" if is_elsewhere else "21007")
    found = indexing.visible(member).get()
    hit = Hit(
        uid=f"practice:{sheet.pk}", obj=found, language="fr", title="T", snippet="", via=(), in_title=False,
        template=indexing.SOURCE.template, label="Fiches",
    )  # fmt: skip
    with translation.override("fr"), django_assert_num_queries(0):
        html = render_to_string(indexing.SOURCE.template, {"hit": hit, "LANGUAGE_CODE": "fr"})
    assert "Fiche, Forest" in html
    assert "Arrêtée, avec sa leçon" in html
    assert html.count("<i></i>") == (2 if is_elsewhere else 1)


def test_bold_words_keep_their_punctuation():
    assert indexing.plain("<p>où cela fait <strong>mal</strong>, et <em>quand</em>.</p><p>Puis</p>") == (
        "où cela fait mal, et quand. Puis"
    )
