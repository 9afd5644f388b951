"""« Utile »: who says it, who counts, who reads the word."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agora.people.models import Member
from practices.keeping.useful.actions import say_useful, take_back
from practices.keeping.useful.permissions import can_read_word, can_say_useful
from practices.keeping.waiting import unread_words
from practices.models import Useful

from .factories import make_practice

pytestmark = pytest.mark.django_db
WORD = "Merci, le tableau est au mur depuis lundi."


@pytest.fixture
def sheet(tree, member):
    return make_practice(by=member, is_showcase=True)


def url(sheet, name: str = "useful") -> str:
    """Address of an act on a sheet."""
    return reverse(f"practices:{name}", kwargs={"slug": sheet.slug})


def read(browser, sheet) -> str:
    """The page of a sheet."""
    return browser.get(sheet.get_absolute_url()).content.decode()


class TestSaying:
    def test_one_click_counts_the_cpas_and_can_be_taken_back(self, sheet, colleague, client_of):
        browser = client_of(colleague)
        assert "Utile à" not in read(browser, sheet)
        page = browser.post(url(sheet), follow=True).content.decode()
        assert "Utile à un CPAS" in page
        assert "Votre nom n’apparaît pas" in page
        page = browser.post(url(sheet, "take_back"), follow=True).content.decode()
        assert "Utile à" not in page
        assert not Useful.objects.exists()

    def test_it_counts_cpas_and_not_people(self, sheet, make_member, client_of):
        for cpas in ("21002", "21002", "21010", None):
            say_useful(make_member(cpas=cpas), sheet)
        assert "Utile à deux CPAS" in read(client_of(None), sheet)

    @pytest.mark.parametrize(
        ("status", "counts"), [("active", True), ("left", True), ("suspended", False), ("refused", False)]
    )
    def test_whose_access_was_closed_speaks_for_nobody(self, sheet, colleague, client_of, status, counts):
        say_useful(colleague, sheet)
        Member.objects.filter(pk=colleague.pk).update(status=status)
        assert ("Utile à un CPAS" in read(client_of(None), sheet)) is counts

    def test_nobody_s_name_is_shown_to_others(self, sheet, make_member, client_of):
        say_useful(make_member(first_name="Zoé", last_name="Quelqu", cpas="21002"), sheet, WORD)
        for reader in (None, make_member(cpas="21003")):
            page = read(client_of(reader), sheet)
            assert "Zoé" not in page
            assert WORD not in page

    def test_who_may(self, sheet, member, colleague, pending):
        assert can_say_useful(colleague, sheet)
        for other in (member, pending, AnonymousUser()):
            assert not can_say_useful(other, sheet)
            with pytest.raises(PermissionDenied):
                say_useful(other, sheet)

    def test_a_word_too_long_comes_back(self, sheet, colleague, client_of):
        page = client_of(colleague).post(url(sheet), {"word": "x" * 301})
        assert page.status_code == 200
        assert "x" * 301 in page.content.decode()
        assert not Useful.objects.exists()

    @pytest.mark.parametrize("word", ["\x00", "<b>gras</b>", "\u202e", "é" * 300])
    def test_any_word_is_acceptable(self, sheet, colleague, member, client_of, word):
        assert client_of(colleague).post(url(sheet), {"word": word}, follow=True).status_code == 200
        assert "<b>gras" not in client_of(member).get(reverse("practices:words")).content.decode()


class TestWords:
    def test_the_keeper_reads_it_signed_and_new_once(self, sheet, member, colleague, client_of):
        say_useful(colleague, sheet, WORD)
        assert unread_words(member) == 1
        browser = client_of(member)
        assert "Lire un mot reçu" in browser.get("/fr/").content.decode()
        page = browser.get(reverse("practices:words")).content.decode()
        for said in (WORD, "Lies P.", "Jette", "nouveau"):
            assert said in page
        assert "nouveau" not in browser.get(reverse("practices:words")).content.decode().split("<main")[1]
        assert unread_words(member) == 0

    def test_another_word_is_new_again_and_no_word_changes_nothing(self, sheet, member, colleague):
        say_useful(colleague, sheet, WORD)
        Useful.objects.update(read_at="2026-01-01T00:00Z")
        say_useful(colleague, sheet)
        assert unread_words(member) == 0
        say_useful(colleague, sheet, "Encore merci.")
        assert unread_words(member) == 1

    def test_taking_back_takes_the_word(self, sheet, member, colleague):
        say_useful(colleague, sheet, WORD)
        assert take_back(colleague, sheet)
        assert not take_back(colleague, sheet)
        assert unread_words(member) == 0

    def test_the_list_and_the_rule_agree(self, sheet, member, colleague, make_member, pending):
        stand_in = make_member(cpas="21003")
        sheet.fallback_owner = stand_in
        sheet.save()
        authors = [make_member(status=status, cpas="21002") for status in Member.Status.values]
        for number, author in enumerate(authors):
            Useful.objects.create(practice=sheet, member=author, word=WORD if number else "")
        said = list(Useful.objects.select_related("practice", "member"))
        archived = make_practice(by=member)
        said.append(Useful.objects.create(practice=archived, member=colleague, word=WORD))
        archived.unpublish()
        said[-1].refresh_from_db()
        for reader in (member, stand_in, colleague, pending, AnonymousUser()):
            seen = set(Useful.objects.visible_to(reader))
            assert seen == {each for each in said if can_read_word(reader, each)}
        assert any(can_read_word(member, each) for each in said)

    @pytest.mark.parametrize("count", [1, 30])
    def test_as_many_queries_for_thirty_words_as_for_one(
        self, sheet, member, make_member, client_of, count, django_assert_num_queries
    ):
        for number in range(count):
            say_useful(make_member(cpas="21002"), sheet, f"Mot {number}")
        browser = client_of(member)
        with django_assert_num_queries(6):  # session, person, roles, count, words, what was read
            browser.get(reverse("practices:words"))
