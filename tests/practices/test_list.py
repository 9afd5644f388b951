"""The catalogue page: who sees what, filters, order, pages, and bad addresses."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from agora.vocabulary.models import Theme
from practices.models import PracticePage
from search.facets import labels

from .factories import make_practice
from .samples import declare, many_sheets

pytestmark = pytest.mark.django_db


def list_url(language: str = "fr", query: str = "") -> str:
    """Address of the list in one language."""
    with translation.override(language):
        return reverse("practices:list") + query


def titles(page) -> list[str]:
    """The titles of the rows, in order."""
    found = re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", page.content.decode())
    return [title.replace("&#x27;", "'") for title in found]


@pytest.fixture
def sheets(tree, member, colleague):
    """One sheet for members, one in the showcase, one in Dutch."""
    return {
        "inside": make_practice(
            by=member, title="Dedans", themes=("bilan",), services=("ssg",), origin="21007"
        ),
        "open": make_practice(by=member, title="Ouverte", themes=("emploi",), is_showcase=True),
        "dutch": make_practice(by=colleague, language="nl", title="Onthaal", kind="tip", themes=("bilan",)),
    }


class TestWhoSees:
    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_members_see_everything_in_both_languages(self, sheets, member, client_of, language):
        page = client_of(member).get(list_url(language))
        assert page.status_code == 200
        assert set(titles(page)) == {"Dedans", "Ouverte", "Onthaal"}

    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_visitors_see_the_showcase_and_no_trace_of_the_rest(self, sheets, client_of, language):
        page = client_of(None).get(list_url(language))
        assert titles(page) == ["Ouverte"]
        assert "Dedans" not in page.content.decode()
        assert "Bilan social" not in page.content.decode()  # a theme of members' sheets only

    def test_somebody_who_waits_sees_what_visitors_see(self, sheets, pending, client_of):
        assert titles(client_of(pending).get(list_url())) == ["Ouverte"]

    def test_an_archived_sheet_is_gone(self, sheets, member, client_of):
        sheets["open"].unpublish()
        assert "Ouverte" not in titles(client_of(member).get(list_url()))
        assert titles(client_of(None).get(list_url())) == []


class TestWords:
    def test_a_word_that_is_renamed_shows_at_once_in_its_own_language(self, sheets, member, client_of):
        browser, theme = client_of(member), Theme.objects.get(slug="bilan")
        for language in ("fr", "nl"):
            with translation.override(language):
                before = theme.name
            assert before in browser.get(list_url(language)).content.decode()
        theme.name_fr = "Premier regard"
        theme.save()
        assert "Premier regard" in browser.get(list_url("fr")).content.decode()
        dutch = browser.get(list_url("nl")).content.decode()
        assert theme.name_nl in dutch and "Premier regard" not in dutch
        with translation.override("fr"):
            assert labels()["theme"]["bilan"] == "Premier regard"
        with translation.override("nl"):
            assert labels()["theme"]["bilan"] == theme.name_nl


class TestRows:
    def test_a_row_says_what_it_is_where_it_comes_from_and_how_old_it_is(self, sheets, member, client_of):
        sheet = sheets["inside"]
        declare(sheet, "21007"), declare(sheet, "21010")
        PracticePage.objects.filter(pk=sheet.pk).update(maturity="tried")
        sheet.refresh_from_db()
        sheet.save()
        html = client_of(member).get(list_url()).content.decode()
        row = next(part for part in html.split("<li>") if ">Dedans<" in part)
        for words in ("Essayée ailleurs", "Forest", "2 CPAS", "écrite en"):
            assert words in row
        assert row.split("</li>")[0].count("<i></i>") == 2

    def test_the_other_language_is_marked_for_screen_readers_and_in_words(self, sheets, member, client_of):
        html = client_of(member).get(list_url("fr")).content.decode()
        row = next(part for part in html.split("<li>") if ">Onthaal<" in part)
        url = sheets["dutch"].get_absolute_url()
        assert f'<a href="{url}" lang="nl" hreflang="nl">Onthaal</a>' in row
        assert "en néerlandais" in row
        assert "Astuce" in row

    def test_an_overdue_sheet_says_since_when(self, tree, member, client_of):
        today = timezone.localdate()
        sheet = make_practice(by=member)
        month, year = (
            (today.month - 2, today.year - 2) if today.month > 2 else (today.month + 10, today.year - 3)
        )
        sheet.reviewed_on = today.replace(year=year, month=month, day=1)
        sheet.save()
        assert "à relire depuis deux mois" in client_of(member).get(list_url()).content.decode()

    def test_texts_are_escaped(self, tree, member, client_of):
        make_practice(by=member, title="<b>T</b>", summary='"><script>alert(1)</script>')
        html = client_of(member).get(list_url()).content.decode()
        assert "<script>alert" not in html
        assert "&lt;b&gt;T&lt;/b&gt;" in html


class TestFilters:
    def test_filters_narrow_and_can_be_taken_off_one_by_one(self, sheets, member, client_of):
        browser = client_of(member)
        page = browser.get(list_url(query="?theme=bilan&langue=fr"))
        html = page.content.decode()
        assert titles(page) == ["Dedans"]
        assert 'value="bilan" checked' in html
        assert 'class="chip" href="?langue=fr"' in html
        assert 'class="chip" href="?theme=bilan"' in html

    def test_counts_come_from_the_other_facets(self, sheets, member, client_of):
        html = client_of(member).get(list_url(query="?theme=bilan")).content.decode()
        emploi = re.search(r'value="emploi".*?<span class="n">(\d+)', html)
        dutch = re.search(r'value="nl".*?<span class="n">(\d+)', html)
        assert emploi[1] == "1"
        assert dutch[1] == "1"

    def test_values_of_one_facet_add_up(self, sheets, member, client_of):
        page = client_of(member).get(list_url(query="?theme=bilan&theme=emploi&langue=fr"))
        assert set(titles(page)) == {"Dedans", "Ouverte"}

    def test_a_value_that_gives_nothing_is_left_out_unless_chosen(self, sheets, member, client_of):
        browser = client_of(member)
        assert 'value="seniors"' not in browser.get(list_url()).content.decode()
        page = browser.get(list_url(query="?public=seniors"))
        assert 'name="public" value="seniors" checked' in page.content.decode()
        assert titles(page) == []
        assert "Aucune fiche ne réunit tous ces filtres." in page.content.decode()
        assert f'href="{list_url()}"' in page.content.decode()

    def test_order(self, sheets, member, client_of):
        assert titles(client_of(member).get(list_url(query="?tri=titre"))) == ["Dedans", "Onthaal", "Ouverte"]
        assert titles(client_of(member).get(list_url(query="?tri=nouvelles"))) == [
            "Onthaal",
            "Ouverte",
            "Dedans",
        ]

    def test_the_order_survives_a_filter_and_the_filter_an_order(self, sheets, member, client_of):
        html = client_of(member).get(list_url(query="?tri=titre&theme=bilan")).content.decode()
        assert '<input type="hidden" name="tri" value="titre">' in html
        assert '<input type="hidden" name="theme" value="bilan">' in html

    @pytest.mark.parametrize(
        "query",
        [
            "?theme=nulle-part",
            "?theme=%00&age=%00",
            "?theme=" + "x" * 10_000,
            "?tri=%3Cscript%3E",
            "?page=abc",
            "?page=-1",
            "?page=0",
            "?page=99999999999999999999999",
            "?page=%00",
            "?page=" + "9" * 5000,
            "?langue=de&cpas=99999&taille=XXL&service=&public=%27%22",
            "?" + "&".join(["theme=bilan"] * 900),
            "?%FF%FE=%C3%28",
        ],
    )
    def test_bad_addresses_are_read_as_far_as_they_go(self, sheets, member, client_of, query):
        page = client_of(member).get(list_url(query=query))
        assert page.status_code == 200
        assert titles(page)
        assert "<script>" not in page.content.decode()

    def test_posting_is_refused(self, tree, member, client_of):
        assert client_of(member).post(list_url()).status_code == 405


class TestPages:
    def test_a_dozen_a_page_and_the_filter_stays(self, tree, member, client_of):
        many_sheets(tree, 30, live=True)
        browser = client_of(member)
        first = browser.get(list_url(query="?tri=titre"))
        second = browser.get(list_url(query="?tri=titre&page=2"))
        assert [len(titles(first)), len(titles(second))] == [12, 12]
        assert not set(titles(first)) & set(titles(second))
        assert 'href="?tri=titre&amp;page=2"' in first.content.decode()
        assert "Fiches 13 à 24 sur 30" in second.content.decode()

    def test_beyond_the_end_is_the_end(self, tree, member, client_of):
        many_sheets(tree, 17, live=True)
        assert len(titles(client_of(member).get(list_url(query="?page=7")))) == 5

    @pytest.mark.parametrize("count", [1, 30])
    def test_four_queries_whatever_the_number(
        self, tree, member, client_of, count, django_assert_num_queries
    ):
        many_sheets(tree, count, live=True)
        browser = client_of(member)
        browser.get(list_url())
        with django_assert_num_queries(4):  # session, person, roles, mark
            browser.get(list_url(query="?theme=bilan&theme=emploi"))

    def test_an_empty_catalogue_leads_to_writing(self, tree, member, client_of):
        html = client_of(member).get(list_url()).content.decode()
        assert "Une astuce tient en 600 caractères" in html
        with translation.override("fr"):
            assert f'class="btn" href="{reverse("practices:write")}"' in html

    def test_an_empty_showcase_says_so(self, tree, client_of):
        assert "Aucune fiche n’est encore ouverte à tous." in client_of(None).get(list_url()).content.decode()
