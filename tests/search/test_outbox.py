"""From a saved change to a findable one: nothing lost, nothing shown too long."""

import os
import signal
import subprocess
import sys

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from agora.people.audience import MEMBERS, PUBLIC
from search import generations, outbox
from search.engines import engine, home
from search.locks import lock
from search.models import PendingChange, Tombstone
from search.service import search_service

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def member(make_member):
    return make_member()


def titles(user, text="") -> set[str]:
    answer = search_service().search(text, user)
    return {hit.obj.title for hit in (*answer.hits, *answer.others)}


def test_a_change_is_found_once_its_transaction_commits(shelf, member, django_capture_on_commit_callbacks):
    shelf.put(1, "Accueil")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        outbox.enqueue("note:1")
        assert PendingChange.objects.count() == 1
    assert titles(member, "accueil") == {"Accueil"}
    assert not PendingChange.objects.exists()


def test_a_rolled_back_change_leaves_no_trace(shelf, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(RuntimeError), transaction.atomic():
        outbox.enqueue("note:1")
        raise RuntimeError
    assert callbacks == []
    assert not PendingChange.objects.exists()


def test_many_changes_of_a_transaction_are_drained_once(shelf, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        outbox.enqueue(*(f"note:{number}" for number in range(50)))
        outbox.enqueue("note:1")
        outbox.narrow("note:2", "note:3")
    assert len(callbacks) == 1


def test_a_savepoint_that_rolls_back_does_not_take_the_drain_with_it(
    shelf, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        with pytest.raises(RuntimeError), transaction.atomic():
            outbox.enqueue("note:1")
            raise RuntimeError
        outbox.enqueue("note:2")
    assert len(callbacks) == 1


@pytest.mark.parametrize("uid", ["", "note", "note:", ":1", "note:" + "1" * 90])
def test_a_malformed_uid_is_refused(uid):
    with pytest.raises(ValueError, match="Malformed"):
        outbox.enqueue(uid)


def test_narrowing_hides_at_once_from_everybody_with_the_drain_stopped(shelf, member):
    note = shelf.put(1, "Accueil", audience=frozenset({PUBLIC}), facets={"theme": ("emploi",)})
    shelf.put(2, "Guichet", audience=frozenset({PUBLIC}))
    generations.rebuild()
    assert titles(AnonymousUser()) == {"Accueil", "Guichet"}
    note.audience = frozenset({MEMBERS})
    outbox.narrow("note:1")
    for user in (AnonymousUser(), member):
        answer = search_service().search("", user)
        assert [hit.obj.title for hit in answer.hits] == ["Guichet"]
        assert answer.total == 1
        assert not answer.facets.facets["theme"]
    outbox.drain()
    assert titles(AnonymousUser()) == {"Guichet"}
    assert titles(member) == {"Accueil", "Guichet"}
    assert not Tombstone.objects.exists()


def test_a_deleted_contribution_leaves_the_index(shelf, member):
    shelf.put(1, "Accueil")
    generations.rebuild()
    del shelf.notes[1]
    outbox.narrow("note:1")
    outbox.drain()
    assert not list(engine().scan())
    assert not Tombstone.objects.exists()


def test_a_tombstone_outlives_an_older_change(shelf):
    """A narrowing that comes between the reading and the settling of a drain keeps its stone."""
    generations.rebuild()
    outbox.enqueue("note:1")
    (row,) = PendingChange.objects.all()
    outbox.narrow("note:1")
    outbox.settle([row], None)
    assert Tombstone.objects.filter(uid="note:1").exists()
    outbox.drain()
    assert not Tombstone.objects.exists()


def test_what_cannot_be_read_does_not_stop_the_others_and_is_set_aside_in_the_end(shelf, member):
    generations.rebuild()
    shelf.put(1, "Cassée", broken=True)
    shelf.put(2, "Entière")
    outbox.enqueue("note:1", "note:2")
    report = outbox.drain()
    assert (report.written, report.failed) == (1, 1)
    assert titles(member) == {"Entière"}
    for _ in range(outbox.MAX_TRIES):
        outbox.drain()
    assert PendingChange.objects.get().parked
    with pytest.raises(CommandError):
        call_command("search_check")
    shelf.notes[1].broken = False
    call_command("search_drain", "--retry-parked")
    call_command("search_check")
    assert titles(member) == {"Cassée", "Entière"}


def test_a_kind_that_nobody_registered_waits(shelf):
    generations.rebuild()
    outbox.enqueue("ghost:1")
    assert outbox.drain().failed == 1
    assert PendingChange.objects.filter(uid="ghost:1", tries=1).exists()


def test_two_do_not_drain_at_once_and_nobody_waits(shelf):
    generations.rebuild()
    outbox.enqueue("note:1")
    with lock(home(), "drain", wait=False) as held:
        assert held
        assert outbox.drain().busy
    assert PendingChange.objects.exists()
    assert not outbox.drain().busy


def test_a_change_that_comes_while_draining_is_taken_too(shelf, monkeypatch):
    generations.rebuild()
    outbox.enqueue("note:1")
    real = outbox.changes_for

    def changes_for(versions):
        if "note:1" in versions:
            outbox.enqueue("note:2")
        return real(versions)

    monkeypatch.setattr(outbox, "changes_for", changes_for)
    outbox.drain()
    assert not PendingChange.objects.exists()


def test_a_save_succeeds_when_the_engine_is_down(shelf, own_index, django_capture_on_commit_callbacks):
    generations.rebuild()
    (own_index / "serving").write_text("elsewhere")
    with django_capture_on_commit_callbacks(execute=True):
        outbox.narrow("note:1")
    row = PendingChange.objects.get()
    assert (row.tries, row.parked) == (0, False)
    assert Tombstone.objects.exists()


def test_without_an_index_a_page_builds_a_small_one_and_leaves_a_big_one(shelf, member, monkeypatch):
    shelf.put(1, "Un")
    shelf.put(2, "Deux")
    outbox.enqueue("note:1")
    monkeypatch.setattr(outbox, "SMALL", 1)
    outbox._drain_quietly()
    assert engine().serving() is None
    assert PendingChange.objects.exists()
    monkeypatch.setattr(outbox, "SMALL", 2)
    outbox._drain_quietly()
    assert titles(member) == {"Un", "Deux"}
    assert not PendingChange.objects.exists()


# A little site of its own, so that a process can be killed in the middle of its work.
A_PROCESS = """
import os, signal, sys
import django
from django.conf import settings

database, url, killed_at = sys.argv[1:]
settings.DATABASES["default"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": database}
settings.SEARCH_URL = url
django.setup()
from django.core.management import call_command
from django.db import connection
from search import documents, outbox
from search.engines import engine
from search.engines.embedded import EmbeddedEngine
from search.models import PendingChange, Tombstone
from tests.search.factories import Shelf

shelf = Shelf()
for number in range(1, 31):
    shelf.put(number, f"Accueil numéro {number}")
documents._sources.clear()
documents.register(shelf.source())
"""
DIES = """
with connection.schema_editor() as editor:
    editor.create_model(PendingChange)
    editor.create_model(Tombstone)
engine().promote(engine().create())
PendingChange.objects.bulk_create([PendingChange(uid=f"note:{n}") for n in range(1, 31)])
outbox.BATCH = 7
real, calls = EmbeddedEngine.apply, []

def apply(self, batch, generation=None):
    calls.append(1)
    if len(calls) == 3 and killed_at == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    refused = real(self, batch, generation)
    if len(calls) == 3 and killed_at == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return refused

EmbeddedEngine.apply = apply
outbox.drain()
"""
FINISHES = """
assert PendingChange.objects.exists()
outbox.drain()
assert not PendingChange.objects.exists()
call_command("search_check")
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_killed_drain_loses_nothing(tmp_path, settings, moment):
    """kill -9 around a commit of the index: the next drain finishes and search_check is clean."""
    arguments = [str(tmp_path / "killed.sqlite3"), settings.SEARCH_URL, moment]
    environment = os.environ | {"PYTHONPATH": ".:site", "DJANGO_SETTINGS_MODULE": "agora.settings.test"}

    def run(program: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-c", A_PROCESS + program, *arguments]
        return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)

    died = run(DIES)
    assert died.returncode == -signal.SIGKILL, died.stderr
    done = run(FINISHES)
    assert done.returncode == 0, done.stderr
    assert "says what the database says" in done.stdout


def test_enqueueing_is_one_insert(shelf, django_assert_num_queries):
    assert connection.in_atomic_block
    with django_assert_num_queries(1):
        outbox.enqueue(*(f"note:{number}" for number in range(100)))
