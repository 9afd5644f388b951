"""The catalogue in Wagtail's admin: who enters, what lists and reports say, many changes at once."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.users.models import UserProfile

from agora.people.models import Member
from agora.people.roles import ADMINISTRATOR, TRAINER
from practices.admin.actions import refile_practices, replace_word
from practices.models import PracticePage

from .editors_desk import bulk, propose, slugs_of, text_of, theme
from .factories import make_practice

pytestmark = pytest.mark.django_db
REPORTS = ("overdue", "unkept", "waiting")
PAGES = ("sheets:index", *(f"sheet_reports:{name}" for name in REPORTS))
OLD = date(2019, 3, 1)


@pytest.fixture
def sheet(tree, member):
    return make_practice(by=member, title="Un accueil en deux temps")


@pytest.fixture
def desk(editor, client_of):
    """The browser of an editor."""
    return client_of(editor)


class TestDoors:
    @pytest.fixture
    def people(self, make_member, member, relay, editor, moderator):
        trainer = make_member(roles=[TRAINER], cpas=None)
        administrator = make_member(roles=[ADMINISTRATOR], cpas=None)
        inside = [editor, moderator, administrator]
        return [(person, person in inside) for person in (member, relay, trainer, *inside)]

    @pytest.mark.parametrize("page", PAGES)
    def test_the_team_of_editors_enters_and_nobody_else(self, tree, people, client_of, page):
        for person, enters in people:
            status = client_of(person).get(reverse(page)).status_code
            assert (status == 200) is enters, person
            assert enters or status in (302, 403)

    def test_only_they_see_it_in_the_menu(self, tree, people, client_of):
        for person, enters in people:
            home = client_of(person).get(reverse("wagtailadmin_home"))
            assert (reverse("sheets:index") in home.content.decode()) is enters

    def test_the_acts_are_closed_to_others(self, sheet, people, client_of):
        word = f"themes:{theme('bilan').slug}"
        for person, enters in people:
            browser = client_of(person)
            for url in (
                f"{bulk('add_word')}?id={sheet.pk}",
                reverse("replace_word", args=["theme", "bilan"]),
            ):
                assert (browser.get(url).status_code == 200) is enters
            if not enters:
                browser.post(f"{bulk('add_word')}?id={sheet.pk}", {"word": word})
                assert "bilan" not in slugs_of(sheet)
                with pytest.raises(PermissionDenied):
                    refile_practices([sheet], theme("bilan"), on=True, by=person, reason="")
                with pytest.raises(PermissionDenied):
                    replace_word(theme("accueil-flux"), theme("bilan"), by=person)


class TestListing:
    def test_a_row_says_what_an_editor_looks_for(self, sheet, desk):
        text = text_of(desk.get(reverse("sheets:index")))
        for said in ("Un accueil en deux temps", "Racontée", "Samira Bastiaens", "avant "):
            assert said in text

    def test_filters_and_search(self, tree, member, make_member, desk, subtests):
        make_practice(by=member, title="suivie", maturity="followed")
        make_practice(by=member, title="astuce", kind="tip", steps="")
        make_practice(by=member, title="vitrine", is_showcase=True)
        make_practice(by=member, title="ixelles", origin="21009")
        left = make_member()
        make_practice(by=left, title="seule")
        Member.objects.filter(pk=left.pk).update(status=Member.Status.LEFT)
        PracticePage.objects.filter(pk=make_practice(by=member, title="vieille").pk).update(reviewed_on=OLD)
        titles = ("suivie", "astuce", "vitrine", "ixelles", "seule", "vieille")
        for asked, found in (
            ({"maturity": "followed"}, {"suivie"}),
            ({"kind": "tip"}, {"astuce"}),
            ({"showcase": "yes"}, {"vitrine"}),
            ({"review": "overdue"}, {"vieille"}),
            ({"kept": "nobody"}, {"seule"}),
            ({"origin": "21009"}, {"ixelles"}),
            ({"q": "vitr"}, {"vitrine"}),
            ({"q": "VIEILLE"}, {"vieille"}),
            ({"q": 'rien"de tel'}, set()),
            ({"q": "nul\x00"}, None),
            ({"kept": "quoi", "owner": "999999999999"}, None),
        ):
            with subtests.test(str(asked)):
                response = desk.get(reverse("sheets:index_results"), asked)
                assert response.status_code == 200
                said = {title for title in titles if re.search(rf"\b{title}\b", text_of(response))}
                assert found is None or said == found

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_it_goes_out_as_a_table(self, sheet, desk, form):
        response = desk.get(reverse("sheets:index"), {"export": form})
        content = b"".join(response.streaming_content)
        assert response.status_code == 200
        if form == "csv":
            assert "Un accueil en deux temps" in content.decode()


class TestReports:
    def test_each_says_its_own(self, tree, member, make_member, desk):
        titles = {"overdue": "Vieille", "unkept": "Seule", "waiting": "Discutée"}
        sheets = {name: make_practice(by=member, title=title) for name, title in titles.items()}
        gone = make_member(first_name="Partie")
        PracticePage.objects.filter(pk=sheets["overdue"].pk).update(reviewed_on=OLD)
        PracticePage.objects.filter(pk=sheets["unkept"].pk).update(owner=gone)
        Member.objects.filter(pk=gone.pk).update(status=Member.Status.SUSPENDED)
        propose(sheets["waiting"], member)
        for name in REPORTS:
            text = text_of(desk.get(reverse(f"sheet_reports:{name}")))
            for other, title in titles.items():
                assert (title in text) is (other == name), (name, other)

    def test_the_cost_does_not_grow(self, tree, make_member, desk, django_assert_num_queries, subtests):
        for number in (1, 30):
            self.everything(tree, make_member, number if number == 1 else number - 1)
            for page in PAGES:
                with subtests.test(f"{page}, {number}"):
                    desk.get(reverse(page))  # what the admin asks once in a process
                    with django_assert_num_queries(QUERIES[page]):
                        response = desk.get(reverse(page))
                    assert len(re.findall(r"<tr", response.content.decode())) >= number

    @staticmethod
    def everything(tree, make_member, count: int) -> None:
        """Sheets that are in each of the reports."""
        for _number in range(count):
            keeper = make_member()
            practice = make_practice(by=keeper)
            propose(practice, keeper)
            PracticePage.objects.filter(pk=practice.pk).update(reviewed_on=OLD)
            Member.objects.filter(pk=keeper.pk).update(status=Member.Status.LEFT)

    def test_in_dutch(self, tree, make_member, desk, editor, subtests):
        Member.objects.filter(pk=editor.pk).update(language="nl")
        UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "nl"})
        self.everything(tree, make_member, 1)
        for page in PAGES:
            with subtests.test(page):
                assert DUTCH[page] in text_of(desk.get(reverse(page)))

    def test_a_title_is_no_formula_in_the_table(self, tree, member, desk):
        sheet = make_practice(by=member, title="=1+1 est un titre")
        PracticePage.objects.filter(pk=sheet.pk).update(reviewed_on=OLD)
        for page in ("sheets:index", "sheet_reports:overdue"):
            content = b"".join(desk.get(reverse(page), {"export": "csv"}).streaming_content).decode()
            assert "'=1+1" in content


QUERIES = dict.fromkeys(PAGES, 13) | {"sheets:index": 22}
DUTCH = {
    "sheets:index": "Praktijkfiches",
    "sheet_reports:overdue": "Opnieuw te lezen fiches",
    "sheet_reports:unkept": "Fiches zonder verantwoordelijke",
    "sheet_reports:waiting": "Wachtende voorstellen",
}
