"""Reading lists: kept, ordered, shared, and never showing more than the reader may open."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from agora.people.models import Member
from practices.keeping.lists import actions
from practices.keeping.lists.permissions import can_read_list
from practices.models import ReadingItem, ReadingList

from .factories import make_practice
from .test_list import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheets(tree, colleague):
    return [make_practice(by=colleague, title=title) for title in ("Un", "Deux", "Trois")]


@pytest.fixture
def full(sheets, member):
    """A list of three sheets."""
    reading_list = actions.create_list(member, "Pour lundi")
    for sheet in sheets:
        actions.keep(member, sheet, reading_list)
    return reading_list


def url(name: str, **arguments) -> str:
    return reverse(f"practices:{name}", kwargs=arguments)


def order(reading_list) -> list[str]:
    return [item.practice.title for item in reading_list.items.select_related("practice")]


def act(browser, reading_list, title: str, name: str, **more):
    item = reading_list.items.get(practice__title=title)
    return browser.post(
        url("list_item", pk=reading_list.pk, item_pk=item.pk), {"act": name} | more, follow=True
    )


class TestKeeping:
    def test_one_click_begins_a_list(self, sheets, member, client_of):
        browser = client_of(member)
        page = browser.post(
            url("keep_for_later", slug=sheets[0].slug), {"act": "usual"}, follow=True
        ).content.decode()
        assert "gardée dans «\u00a0À lire\u00a0»" in page
        assert "Changer de liste" in page
        browser.post(url("keep_for_later", slug=sheets[1].slug), {"act": "usual"})
        browser.post(url("keep_for_later", slug=sheets[1].slug), {"act": "usual"})
        assert order(ReadingList.objects.get(owner=member)) == ["Un", "Deux"]

    def test_lists_are_chosen_and_begun_on_one_page(self, sheets, full, member, client_of):
        other = actions.create_list(member, "Autre")
        posted = {"lists": [other.pk], "title": "Neuve", "note": "Pour l’accueil"}
        client_of(member).post(url("keep_for_later", slug=sheets[0].slug), posted)
        kept = ReadingItem.objects.filter(practice=sheets[0])
        assert {item.reading_list.title for item in kept} == {"Autre", "Neuve"}
        assert {item.note for item in kept} == {"Pour l’accueil"}
        assert order(full) == ["Deux", "Trois"]

    def test_nobody_puts_anything_in_the_list_of_another(self, sheets, full, colleague, client_of):
        page = client_of(colleague).post(url("keep_for_later", slug=sheets[0].slug), {"lists": [full.pk]})
        assert page.status_code == 200
        with pytest.raises(PermissionDenied):
            actions.keep(colleague, sheets[0], full)

    def test_a_list_has_an_end(self, sheets, full, member, monkeypatch):
        monkeypatch.setattr(actions, "MOST_ITEMS", 3)
        with pytest.raises(ValidationError, match="cent fiches"):
            actions.keep(member, make_practice(by=member), full)
        actions.keep(member, sheets[0], full, "Déjà là")

    @pytest.mark.parametrize("title", ["", "   ", "\x00", "x" * 121])
    def test_a_title_that_is_none_comes_back(self, tree, member, client_of, title):
        page = client_of(member).post(url("lists"), {"title": title, "audience": "self", "note": "Gardée"})
        assert page.status_code == 200
        assert 'value="Gardée"' in page.content.decode()
        assert not ReadingList.objects.exists()


class TestOrder:
    def test_up_down_and_no_further(self, full, member, client_of):
        browser = client_of(member)
        act(browser, full, "Trois", "up")
        assert order(full) == ["Un", "Trois", "Deux"]
        act(browser, full, "Un", "down")
        assert order(full) == ["Trois", "Un", "Deux"]
        act(browser, full, "Trois", "up")
        act(browser, full, "Deux", "down")
        assert order(full) == ["Trois", "Un", "Deux"]

    def test_a_sheet_that_is_gone_does_not_hold_the_others(self, full, sheets, member, client_of):
        sheets[1].unpublish()
        act(client_of(member), full, "Trois", "up")
        page = client_of(member).get(url("reading_list", pk=full.pk))
        assert titles(page) == ["Trois", "Un"]

    def test_a_note_and_a_note_too_long(self, full, member, client_of):
        browser = client_of(member)
        page = act(browser, full, "Un", "note", note="À lire <b>avant</b>")
        assert "À lire &lt;b&gt;avant" in page.content.decode()
        page = act(browser, full, "Un", "note", note="x" * 301)
        assert "300 caractères" in page.content.decode()
        assert full.items.first().note == "À lire <b>avant</b>"


class TestUndo:
    def test_a_sheet_comes_back_where_it_was(self, full, member, client_of):
        browser = client_of(member)
        act(browser, full, "Deux", "note", note="Pourquoi")
        page = act(browser, full, "Deux", "remove").content.decode()
        assert url("put_back") in page
        assert order(full) == ["Un", "Trois"]
        assert url("put_back") not in browser.get(url("reading_list", pk=full.pk)).content.decode()
        browser.post(url("put_back"))
        assert order(full) == ["Un", "Deux", "Trois"]
        assert full.items.get(practice__title="Deux").note == "Pourquoi"

    def test_a_list_comes_back_with_its_sheets(self, full, sheets, member, client_of):
        browser = client_of(member)
        browser.post(url("delete_list", pk=full.pk))
        assert not ReadingList.objects.exists()
        sheets[0].delete()
        browser.post(url("put_back"))
        assert order(ReadingList.objects.get(title="Pour lundi")) == ["Deux", "Trois"]

    def test_nothing_is_put_back_twice_nor_for_another(self, full, member, colleague, client_of):
        browser = client_of(member)
        browser.post(url("delete_list", pk=full.pk))
        assert "plus rien" in client_of(colleague).post(url("put_back"), follow=True).content.decode()
        browser.post(url("put_back"))
        assert "plus rien" in browser.post(url("put_back"), follow=True).content.decode()
        assert ReadingList.objects.count() == 1


class TestSharing:
    def test_the_list_and_the_rule_agree(self, tree, make_member, member, colleague, pending):
        owners = [
            make_member(status=status, cpas=cpas, is_active=status != "suspended")
            for status in Member.Status.values
            for cpas in ("21007", None)
        ]
        lists = [
            ReadingList.objects.create(owner=owner, title="L", audience=audience)
            for owner in owners
            for audience in ReadingList.Audience.values
        ]
        nowhere = make_member(cpas=None)
        for reader in (member, colleague, pending, nowhere, AnonymousUser(), *owners):
            seen = set(ReadingList.objects.visible_to(reader))
            assert seen == {each for each in lists if can_read_list(reader, each)}

    def test_shared_lists_are_listed_with_an_honest_count(self, full, sheets, member, colleague, client_of):
        assert "Pour lundi" not in client_of(colleague).get(url("shared_lists")).content.decode()
        full.audience = "members"
        full.save()
        sheets[2].unpublish()
        page = client_of(colleague).get(url("shared_lists")).content.decode()
        assert "Pour lundi" in page
        assert "2 fiches" in page
        page = client_of(colleague).get(url("reading_list", pk=full.pk))
        assert titles(page) == ["Un", "Deux"]
        assert "Samira B." in page.content.decode()
        assert 'value="remove"' not in page.content.decode()

    @pytest.mark.parametrize("count", [1, 30])
    def test_as_many_queries_for_thirty_as_for_one(
        self, tree, member, client_of, count, django_assert_num_queries
    ):
        sheets = [make_practice(by=member) for _ in range(count)]
        for _ in range(min(count, 10)):
            reading_list = actions.create_list(member, "Liste", audience="members")
        for sheet in sheets:
            actions.keep(member, sheet, reading_list)
        browser = client_of(member)
        browser.get(url("lists"))
        with django_assert_num_queries(6):  # session, person, roles, lists, items, the mark
            browser.get(url("lists"))
        with django_assert_num_queries(6):
            browser.get(url("reading_list", pk=reading_list.pk))
