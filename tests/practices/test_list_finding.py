"""What the list finds beyond its facets: words, freshness, and the map of the 19."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from agora.people.models import Member
from practices import facets
from practices.permissions import is_kept
from search import asking, generations
from search.breaker import Breaker
from search.contract import SearchUnavailable

from .factories import make_practice
from .samples import declare, many_sheets
from .test_list import list_url, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheets(tree, member, colleague, monkeypatch):
    """Two sheets for members and one in the showcase, as search knows them."""
    monkeypatch.setattr(Breaker, "allows", True)  # whatever tests without an index did before
    made = {
        "inside": make_practice(
            by=member, title="La colocation solidaire", themes=("bilan",), origin="21007"
        ),
        "open": make_practice(by=member, title="Le tableau mural", themes=("emploi",), is_showcase=True),
        "dutch": make_practice(by=colleague, language="nl", title="Samenwonen", themes=("bilan",)),
    }
    generations.rebuild()
    return made


class TestWords:
    def test_words_and_filters_narrow_each_other(self, sheets, member, client_of):
        browser = client_of(member)
        assert titles(browser.get(list_url(query="?mots=colocation"))) == ["La colocation solidaire"]
        assert titles(browser.get(list_url(query="?mots=tableau&theme=bilan"))) == []
        page = browser.get(list_url(query="?mots=tableau&theme=emploi")).content.decode()
        assert 'class="chip" href="?theme=emploi">« tableau »' in page
        assert 'class="chip" href="?mots=tableau">' in page

    def test_words_are_understood_as_in_the_header(self, sheets, member, client_of):
        page = client_of(member).get(list_url(query="?mots=les+tableaux+muraux"))
        assert titles(page) == ["Le tableau mural"]
        assert "au ralenti" not in page.content.decode()

    def test_visitors_find_the_showcase_only(self, sheets, client_of):
        assert titles(client_of(None).get(list_url(query="?mots=tableau"))) == ["Le tableau mural"]
        assert titles(client_of(None).get(list_url(query="?mots=colocation"))) == []

    def test_an_archived_sheet_is_not_found_whatever_the_index_says(self, sheets, member, client_of):
        sheets["inside"].unpublish()  # nothing was committed: the index still has it
        assert titles(client_of(member).get(list_url(query="?mots=colocation"))) == []

    def test_without_the_engine_titles_and_summaries_are_read(self, sheets, member, client_of, monkeypatch):
        def down(*args, **kwargs):
            raise SearchUnavailable("down")

        monkeypatch.setattr(asking.Search, "uids", down)
        page = client_of(member).get(list_url(query="?mots=Colocation"))
        assert titles(page) == ["La colocation solidaire"]
        assert "La recherche est au ralenti" in page.content.decode()

    def test_nothing_found_leads_to_the_whole_of_agora(self, sheets, member, client_of):
        page = client_of(member).get(list_url(query="?mots=zzyzx")).content.decode()
        assert 'href="/fr/recherche/?q=zzyzx"' in page

    @pytest.mark.parametrize("words", ["%00", "x" * 9000, "%22%27%3Cb%3E", "%F0%9F%8C%BB", "-", "((("])
    def test_any_words_are_acceptable(self, sheets, member, client_of, words):
        page = client_of(member).get(list_url(query=f"?mots={words}"))
        assert page.status_code == 200
        assert "<b>" not in re.sub(r"<b>\d", "", page.content.decode().split("resultats")[1])


class TestFreshness:
    @pytest.fixture
    def old(self, tree, member):
        """A sheet to be read every six months, last read a year ago."""
        sheet = make_practice(by=member, title="Ancienne", is_showcase=True)
        sheet.reviewed_on = timezone.localdate() - timedelta(days=365)
        sheet.review_months = 6
        sheet.save()
        return sheet

    def test_due_by_its_own_shelf_life(self, old, member, client_of):
        make_practice(by=member, title="Fraîche")
        page = client_of(member).get(list_url(query="?etat=a-relire"))
        assert titles(page) == ["Ancienne"]
        assert "à relire depuis" in page.content.decode()

    def test_visitors_do_not_filter_by_it(self, old, client_of):
        page = client_of(None).get(list_url(query="?etat=a-relire"))
        assert "Fraîcheur" not in page.content.decode()
        assert 'class="chip"' not in page.content.decode()

    def test_a_sheet_whose_keeper_left_is_alone_at_once(self, old, member, make_member, client_of):
        reader = client_of(make_member(cpas="21002"))
        assert titles(reader.get(list_url(query="?etat=seule"))) == []
        member.status = Member.Status.LEFT
        member.save(update_fields=["status"])
        assert titles(reader.get(list_url(query="?etat=seule"))) == ["Ancienne"]
        old.fallback_owner = make_member()
        old.save()
        assert titles(reader.get(list_url(query="?etat=seule"))) == []

    @pytest.mark.parametrize("status", Member.Status.values)
    @pytest.mark.parametrize("other", [None, *Member.Status.values])
    def test_the_picture_and_the_rule_agree_on_who_is_kept(self, old, make_member, status, other):
        old.owner = make_member(status=status, is_active=status != "suspended")
        old.fallback_owner = make_member(status=other) if other else None
        old.save()
        assert [card.is_kept for card in facets.picture().cards] == [is_kept(old)]

    def test_signing_in_does_not_forget_the_picture(self, old, member):
        before = facets.picture()
        member.save(update_fields=["last_login"])
        assert facets.picture() is before

    def test_a_new_day_is_a_new_picture(self, old, monkeypatch):
        before = facets.picture()
        tomorrow = timezone.localdate() + timedelta(days=1)
        monkeypatch.setattr(facets.timezone, "localdate", lambda: tomorrow)
        assert facets.picture() is not before


class TestMap:
    def test_each_cpas_counts_and_leads_to_its_list(self, sheets, member, client_of):
        declare(sheets["inside"], "21010"), declare(sheets["open"], "21010")
        page = client_of(member).get(list_url(query="?vue=carte&theme=bilan")).content.decode()
        assert "Jette. Essayées là : 1. Racontées par ce CPAS : 0." in page
        assert 'href="?theme=bilan&amp;essayee=21010"' in page
        assert 'href="?theme=bilan&amp;cpas=21007"' in page
        assert titles(client_of(member).get(list_url(query="?theme=bilan&essayee=21010"))) == [
            "La colocation solidaire"
        ]

    def test_the_map_counts_what_the_reader_may_open(self, sheets, client_of):
        declare(sheets["inside"], "21010")
        page = client_of(None).get(list_url(query="?vue=carte")).content.decode()
        assert "Jette. Essayées là : 0. Racontées par ce CPAS : 0." in page

    def test_filters_and_words_stay_from_one_face_to_the_other(self, sheets, member, client_of):
        page = client_of(member).get(list_url(query="?theme=bilan&mots=colocation&vue=carte"))
        assert 'href="?theme=bilan&amp;mots=colocation" id="en-liste"' in page.content.decode()
        assert '<input type="hidden" name="vue" value="carte">' in page.content.decode()

    @pytest.mark.parametrize("count", [1, 30])
    def test_four_queries_whatever_the_number(
        self, tree, member, client_of, count, django_assert_num_queries
    ):
        many_sheets(tree, count, live=True)
        browser = client_of(member)
        browser.get(list_url())
        with django_assert_num_queries(4):  # session, person, roles, mark
            browser.get(list_url(query="?vue=carte&theme=bilan"))
