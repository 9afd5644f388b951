"""What an import owes to others than its rows: the catalogue's mark and Wagtail's indexes, once a batch."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks import task
from wagtail.models import ReferenceIndex

from agora.gathering import gathered
from practices.models import CatalogueStamp, PracticePage

from .import_samples import row

pytestmark = pytest.mark.django_db
done: list[str] = []


@task()
def note(word: str) -> None:
    """Remember a word; the word « fail » fails."""
    if word == "fail":
        raise ValueError(word)
    done.append(word)


@pytest.fixture(autouse=True)
def at_once(settings):
    """Tasks are done, as on a site (the other tests leave them)."""
    settings.TASKS = {"default": {"BACKEND": "agora.gathering.GatheringBackend"}}
    done.clear()


class TestGathering:
    def test_without_a_block_a_task_is_done_at_once_each_time(self):
        note.enqueue("a")
        note.enqueue("a")
        assert done == ["a", "a"]

    def test_within_a_block_each_is_done_once_at_the_end(self):
        with gathered():
            for word in ("a", "b", "a"):
                note.enqueue(word)
            assert done == []
        assert done == ["a", "b"]

    def test_an_inner_block_hands_over_and_one_that_raises_asks_nothing(self):
        with gathered():
            with gathered():
                note.enqueue("kept")
            with pytest.raises(KeyError), gathered():
                note.enqueue("lost")
                raise KeyError
            assert done == []
        assert done == ["kept"]

    def test_a_trial_asks_nothing(self):
        with gathered(wanted=False):
            note.enqueue("a")
        assert done == []
        note.enqueue("after")
        assert done == ["after"]

    def test_a_task_that_fails_stops_no_other(self):
        with gathered():
            for word in ("fail", "b"):
                note.enqueue(word)
        assert done == ["b"]


class TestImport:
    def test_wagtail_finds_what_came_in_and_knows_what_it_refers_to(self, load):
        assert load(row(title="Ornithorynque")).created == 1
        sheet = PracticePage.objects.get()
        assert [page.pk for page in PracticePage.objects.all().search("ornithorynque")] == [sheet.pk]
        assert ReferenceIndex.get_references_for_object(sheet).exists()

    def test_a_trial_leaves_nothing_to_find(self, load):
        assert load(row(title="Ornithorynque"), dry_run=True).created == 1
        assert list(PracticePage.objects.all().search("ornithorynque")) == []

    def test_the_mark_moves_with_an_import_and_not_with_a_trial(self, load):
        before = CatalogueStamp.current()
        load(row(), dry_run=True)
        assert CatalogueStamp.current() == before
        load(row())
        after = CatalogueStamp.current()
        assert after not in ("", before)

    def test_the_upkeep_is_done_once_a_batch_or_once_a_sheet(self, load):
        rows = [row(external_id=f"x{number}", title=f"Fiche {number}") for number in range(4)]
        with CaptureQueriesContext(connection) as asked:
            assert load(*rows, row(title="")).created == 4
        said = [query["sql"] for query in asked.captured_queries]
        assert sum(CatalogueStamp._meta.db_table in sql and "UPDATE" in sql for sql in said) == 2
        # Each database has its own way to write Wagtail's index: one statement a sheet on all of them.
        written = [sql for sql in said if "INSERT INTO" in sql and "wagtailsearch_indexentry" in sql]
        assert len(written) == 4
        assert not any('UPDATE "wagtailsearch_indexentry" SET "title" =' in sql for sql in said)
