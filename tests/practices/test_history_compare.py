"""Two versions of a sheet compared on a page: chosen in the history, said in words, for members only."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from agora.drafts.models import Draft
from agora.people.models import Member
from practices.actions import change_practice, set_showcase
from practices.fields import PracticeFields
from practices.models import PracticePage, RevisionNote

from .factories import fields_of, make_practice

pytestmark = pytest.mark.django_db

TEXT = "Chacun suit ses échéances dans son carnet."


def address(name: str, sheet, **kwargs) -> str:
    """Address of a page of a sheet, in its language."""
    with translation.override(sheet.locale.language_code):
        return reverse(f"practices:{name}", kwargs={"slug": sheet.slug} | kwargs)


def rewrite(sheet, *, by, significance="minor", **changes):
    """Publish a change of some fields of a sheet."""
    data = PracticeFields.of(sheet).as_data() | changes
    fields = PracticeFields(**data)
    return change_practice(sheet, fields, by=by, significance=significance, based_on=sheet.live_revision_id)


def numbers(sheet) -> list[int]:
    notes = RevisionNote.objects.filter(revision__in=sheet.revisions.all())
    return list(notes.order_by("pk").values_list("revision_id", flat=True))


def three_versions(make_member) -> PracticePage:
    """Make a sheet with three versions: the second changes a word and a theme, the third the title."""
    member = make_member(first_name="Samira", last_name="Bastiaens")
    sheet = make_practice(by=member, title="Avant", problem=TEXT)
    sheet = rewrite(sheet, by=member, problem=TEXT.replace("carnet", "agenda"), themes=["reseau"])
    return rewrite(sheet, by=member, title="Après")


@pytest.fixture(scope="module")
def sheet_of_the_file(shared) -> PracticePage:
    return shared(three_versions)


@pytest.fixture
def member(types_known, sheet_of_the_file) -> Member:
    """Who wrote and keeps the sheet."""
    return Member.objects.get(pk=sheet_of_the_file.owner_id)


@pytest.fixture
def sheet(tree, sheet_of_the_file) -> PracticePage:
    """A sheet with three versions, read anew for each test."""
    return PracticePage.objects.get(pk=sheet_of_the_file.pk)


@pytest.fixture
def page(sheet, member, client_of):
    """Fetch the comparison of a sheet as text."""

    def fetch(query: str = "") -> str:
        response = client_of(member).get(address("compare", sheet) + query)
        assert response.status_code == 200
        return response.content.decode()

    return fetch


class TestCompare:
    def test_the_last_two_unless_asked(self, page):
        html = page()
        assert "<del>Avant</del>" in html
        assert "<ins>Après</ins>" in html
        assert "agenda" not in html

    def test_any_two(self, page, sheet):
        first, second, _third = numbers(sheet)
        html = page(f"?de={first}&a={second}")
        assert "<del>carnet</del>" in html
        assert "<ins>agenda</ins>" in html
        assert "Ajouté\u00a0: <ins>Travail individuel et en réseau</ins>" in html
        assert "Retiré\u00a0: <del>Premier accueil et flux</del>" in html
        assert "par Samira B., Forest" in html

    def test_backwards(self, page, sheet):
        first, second, _third = numbers(sheet)
        html = page(f"?de={second}&a={first}")
        assert "<ins>carnet</ins>" in html
        assert f"?de={first}&amp;a={second}" in html  # the way back

    def test_the_changes_before_and_after(self, page, sheet):
        first, second, third = numbers(sheet)
        html = page(f"?de={second}&a={third}")
        assert f'?de={first}&amp;a={second}">Changement précédent' in html
        assert "Changement suivant" not in html
        html = page(f"?de={first}&a={second}")
        assert f'?de={second}&amp;a={third}">Changement suivant' in html
        assert "Changement précédent" not in html

    @pytest.mark.parametrize("query", ["?de=abc&a=", "?de=²&a=%00", "?a=-3", "?de=0&a=0"])
    def test_what_is_no_number_is_not_asked(self, page, query):
        assert "<ins>Après</ins>" in page(query)

    def test_twice_the_same(self, page, sheet):
        assert "deux fois la même version" in page("?de={0}&a={0}".format(numbers(sheet)[0]))

    def test_versions_of_others_and_drafts_do_not_exist(self, sheet, member, client_of):
        other = make_practice(by=member)
        hidden = sheet.get_latest_revision_as_object().save_revision(user=member)
        for number in (other.live_revision_id, hidden.pk, 10**7, 10**18):
            for query in (f"?de={number}", f"?a={number}"):
                assert client_of(member).get(address("compare", sheet) + query).status_code == 404

    def test_a_sheet_with_one_version(self, tree, member, client_of):
        html = client_of(member).get(address("compare", make_practice(by=member))).content.decode()
        assert "Cette fiche n’a qu’une version" in html

    def test_who_may_read_is_said_when_it_changes(self, sheet, make_member, page):
        set_showcase(sheet, True, make_member(roles=["editor"]))
        assert "Maintenant\u00a0: <ins>Lisible par tous, même sans compte.</ins>" in page()

    def test_nobody_s_name_once_they_left(self, sheet, member, colleague, client_of):
        Member.objects.filter(pk=member.pk).update(status=Member.Status.LEFT)
        html = client_of(colleague).get(address("compare", sheet)).content.decode()
        assert "Samira B." not in html

    @pytest.mark.parametrize("count", [2, 30])
    def test_six_queries_always(self, tree, member, client_of, count, django_assert_num_queries):
        sheet = make_practice(by=member)
        for number in range(count - 1):
            sheet = rewrite(sheet, by=member, title=f"Titre {number}", problem=f"Texte {number}.\n\n{TEXT}")
        browser, url = client_of(member), address("compare", sheet)
        with django_assert_num_queries(6):  # session, person, roles, sheet, numbers, two versions
            html = browser.get(url).content.decode()
        assert f"Titre {count - 2}" in html

    def test_members_only(self, sheet, pending, client_of):
        url = address("compare", sheet)
        assert client_of(pending).get(url).status_code == 403
        assert client_of(None).get(url).status_code == 302


class TestHistoryPage:
    def test_two_columns_of_buttons_lead_to_a_comparison(self, sheet, member, client_of):
        html = client_of(member).get(address("history", sheet)).content.decode()
        first, second, third = numbers(sheet)
        for number in (first, second, third):
            for name in ("de", "a"):
                assert f'name="{name}" value="{number}"' in html
        checked = re.findall(r'name="(\w+)" value="(\d+)" checked', html)
        assert checked == [("a", str(third)), ("de", str(second))]
        assert f'action="{address("compare", sheet)}"' in html

    def test_each_version_leads_to_what_it_changed(self, sheet, member, client_of):
        html = client_of(member).get(address("history", sheet)).content.decode()
        first, second, third = numbers(sheet)
        assert html.count("?de=") == 2
        assert f"?de={first}&amp;a={second}" in html
        assert f"?de={second}&amp;a={third}" in html

    def test_the_last_of_a_page_too(self, tree, member, client_of):
        sheet = make_practice(by=member)
        for number in range(30):
            sheet = rewrite(sheet, by=member, title=f"Titre {number}")
        first, second = numbers(sheet)[:2]
        html = client_of(member).get(address("history", sheet)).content.decode()
        assert f"?de={first}&amp;a={second}" in html

    def test_one_version_offers_no_comparison(self, tree, member, client_of):
        html = client_of(member).get(address("history", make_practice(by=member))).content.decode()
        assert "Comparer" not in html

    def test_one_s_own_draft_and_nobody_else_s(self, sheet, member, colleague, client_of):
        Draft.objects.create(
            owner=member,
            kind="practice",
            language="fr",
            target=str(sheet.pk),
            base=str(sheet.live_revision_id),
        )
        said = "Votre brouillon de cette fiche, enregistré aujourd’hui"
        assert said in client_of(member).get(address("history", sheet)).content.decode()
        assert (
            "brouillon de cette fiche"
            not in client_of(colleague).get(address("history", sheet)).content.decode()
        )


def test_what_wagtail_keeps_reads_like_the_sheet(tree, member):
    full = dict.fromkeys(
        ("problem", "steps", "key_functions", "means", "effects", "conditions"), "Un **mot**."
    )
    fields = fields_of(
        **full, themes=("reseau", "bilan"), services=(), origin="21006", maturity="tried", kind="sheet"
    )
    sheet = make_practice(by=member)
    sheet = change_practice(sheet, fields, by=member, significance="major", based_on=sheet.live_revision_id)
    revision = sheet.live_revision
    assert PracticeFields.of_content(revision.content) == PracticeFields.of(revision.as_object()) == fields
    del revision.content["key_functions"]  # as in versions from before this field
    assert PracticeFields.of_content(revision.content).key_functions == ""
