"""Files among what is found: with the readers of the sheets that carry them now, page by page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agora.attachments.actions import withdraw
from agora.attachments.models import FileText
from agora.attachments.signals import was_read
from agora.people.audience import MEMBERS, PUBLIC
from practices.attached import indexing
from practices.models import PracticePage, SheetFile
from search import generations, outbox
from search.models import Tombstone
from search.service import search_service
from tests.attachments.factories import stored
from tests.search.conftest import own_index  # noqa: F401

from .factories import make_practice
from .test_attached import change

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
PAGES = ["Premier accueil", "", "Le pamplemousse attend dans le frigo", "Fin"]


def file_saying(by, pages=PAGES, name: str = "grille_entretien.pdf", **fields):
    attachment = stored(by, name, **fields)
    FileText.objects.create(attachment=attachment, pages=list(pages))
    return attachment


def with_files(*files, by, **options) -> PracticePage:
    """Return a published sheet that carries files."""
    return make_practice(by=by, attachments=tuple(str(file.pk) for file in files), **options)


@pytest.fixture
def file(tree, member):
    return file_saying(member)


@pytest.fixture
def sheet(file, member) -> PracticePage:
    """A sheet for members that carries the file, as search knows both."""
    sheet = with_files(file, by=member, title="La colocation", themes=("bilan",), origin="21007")
    generations.rebuild()
    return sheet


def hits(words: str, user):
    answer = search_service().search(words, user, filters={"kind": frozenset({"file"})})
    return [*answer.hits, *answer.others]


def found(words: str, user) -> list[str]:
    return [hit.uid for hit in hits(words, user)]


def drained() -> None:
    outbox.drain()
    assert generations.check().is_clean


class TestWhatIsKnown:
    def test_a_file_is_its_words_and_the_readers_and_subjects_of_its_sheets(self, sheet, file, member):
        with_files(file, by=member, is_showcase=True, themes=("emploi",))
        doc = indexing.build(indexing.indexed().get())
        assert (doc.title, doc.audience) == ("grille_entretien.pdf", {MEMBERS, PUBLIC})
        assert "pamplemousse" in doc.body
        assert set(doc.values("theme")) == {"bilan", "emploi"}
        assert doc.values("cpas") == ("21007",)
        assert 0 < doc.weight < 1

    def test_it_is_found_by_a_sheet_that_all_its_readers_read_and_by_no_other(self, sheet, file, member):
        assert "La colocation" in indexing.build(indexing.indexed().get()).above
        with_files(file, by=member, title="La clémentine", is_showcase=True)
        doc = indexing.build(indexing.indexed().get())
        assert (doc.above.splitlines()[0], doc.above_language) == ("La clémentine", "fr")

    def test_it_is_found_by_its_words_and_by_its_name(self, sheet, file, colleague):
        assert found("pamplemousse", colleague) == [f"file:{file.pk}"]
        assert found("grille entretien", colleague) == [f"file:{file.pk}"]
        assert found("pamplemousse", VISITOR) == []

    def test_a_scan_is_found_by_its_name_only(self, tree, member):
        scan = stored(member, "affiche-scannee.pdf")
        with_files(scan, by=member)
        generations.rebuild()
        assert found("affiche scannée", member) == [f"file:{scan.pk}"]

    def test_what_is_proposed_kept_by_history_or_loose_is_not_found(self, sheet, file, member):
        stored(member, "seule.pdf")
        change(sheet, member, attachments=[])
        drained()
        assert not indexing.indexed().exists()
        assert not indexing.visible(member).exists()

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_number_of_queries_does_not_depend_on_the_number_of_files(self, tree, member, count):
        for _number in range(count):
            sheet, attachment = make_practice(by=member), file_saying(member)
            PracticePage.attachments.through.objects.create(practicepage=sheet, attachment=attachment)
            SheetFile.objects.create(practice=sheet, attachment=attachment)
        with CaptureQueriesContext(connection) as building:
            assert len([indexing.build(file) for file in indexing.indexed()]) == count
        with CaptureQueriesContext(connection) as showing:
            assert len([indexing.words_of(file) for file in indexing.visible(member)]) == count
        # Files, sheets, their four lists of words; then files, what waits for an answer, sheets.
        assert (len(building), len(showing)) == (6, 3)


class TestActs:
    @pytest.mark.parametrize("act", ["withdraw", "take_off", "archive", "delete"])
    def test_what_hides_a_file_hides_it_in_the_act(self, sheet, file, member, colleague, act):
        assert found("pamplemousse", colleague) == [f"file:{file.pk}"]
        {
            "withdraw": lambda: withdraw(file, member, "Un nom."),
            "take_off": lambda: change(sheet, member, attachments=[]),
            "archive": sheet.unpublish,
            "delete": sheet.delete,
        }[act]()
        assert Tombstone.objects.filter(uid=f"file:{file.pk}").exists()
        assert found("pamplemousse", colleague) == []
        drained()
        assert found("pamplemousse", colleague) == []

    def test_a_sheet_that_leaves_the_showcase_takes_its_files_along(self, tree, file, member):
        sheet = with_files(file, by=member, is_showcase=True)
        generations.rebuild()
        assert found("pamplemousse", VISITOR) == [f"file:{file.pk}"]
        sheet.is_showcase = False
        sheet.save_revision().publish()
        assert found("pamplemousse", VISITOR) == []
        drained()
        assert found("pamplemousse", VISITOR) == []
        assert found("pamplemousse", member) == [f"file:{file.pk}"]

    def test_a_file_added_and_a_file_read_later_are_found(self, tree, member, colleague):
        sheet = make_practice(by=member)
        generations.rebuild()
        late = stored(member, "tard.pdf")
        change(sheet, member, attachments=[str(late.pk)])
        drained()
        assert found("tard", colleague) == [f"file:{late.pk}"]
        FileText.objects.create(attachment=late, pages=["Un pomelo"])
        was_read.send(type(late), attachment=late)
        drained()
        assert found("pomelo", colleague) == [f"file:{late.pk}"]


class TestTheRow:
    def test_it_says_on_which_page_and_on_which_sheet(self, sheet, file, colleague):
        hit = hits("pamplemousse", colleague)[0]
        html = render_to_string(hit.template, {"hit": hit, "LANGUAGE_CODE": "fr"})
        assert hit.page == 3
        assert f'/fr/fichiers/{file.pk}/#page=3"' in html
        assert "page 3" in html
        assert f'href="{sheet.get_absolute_url()}"' in html
        assert "<mark>pamplemousse</mark>" in html

    def test_found_by_its_name_it_opens_at_its_beginning(self, sheet, file, colleague):
        hit = hits("grille", colleague)[0]
        assert hit.page is None
        assert hit.url == f"/fr/fichiers/{file.pk}/"

    @pytest.mark.parametrize(("kind", "said"), [("odp", "diapositive 3"), ("xlsx", "feuille 3")])
    def test_other_files_have_slides_or_sheets_but_no_address_inside(self, tree, member, kind, said):
        file = file_saying(member, name=f"plan.{kind}")
        with_files(file, by=member)
        generations.rebuild()
        hit = hits("pamplemousse", member)[0]
        assert said in render_to_string(hit.template, {"hit": hit, "LANGUAGE_CODE": "fr"})
        assert "#" not in hit.url

    def test_a_word_far_inside_a_long_file_is_shown_with_its_page(self, tree, member):
        long = [*(["mot " * 1000] * 30), "Le pamplemousse est ici", *(["mot " * 1000] * 10)]
        with_files(file_saying(member, long), by=member)
        generations.rebuild()
        hit = hits("pamplemousse", member)[0]
        assert (hit.page, "pamplemousse</mark>" in hit.snippet) == (31, True)

    def test_only_the_sheets_that_the_reader_opens_are_named(self, sheet, file, member):
        with_files(file, by=member, title="Ouverte", is_showcase=True)
        drained()
        hit = hits("pamplemousse", VISITOR)[0]
        html = render_to_string(hit.template, {"hit": hit, "LANGUAGE_CODE": "fr"})
        assert "Ouverte" in html
        assert "La colocation" not in html

    def test_in_dutch(self, sheet, colleague):
        with translation.override("nl"):
            hit = hits("pamplemousse", colleague)[0]
            html = render_to_string(hit.template, {"hit": hit, "LANGUAGE_CODE": "nl"})
        assert "bladzijde 3" in html
