"""A new index beside the one that serves: changes go on, the gate decides, nothing is lost."""

import importlib.util
import io
import threading
from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from agora.people.audience import MEMBERS, PUBLIC
from search import documents, generations, outbox
from search.checks import index_in_a_folder
from search.contract import Delete, SearchUnavailable, Upsert
from search.engines import engine, home
from search.engines.embedded import EmbeddedEngine
from search.locks import lock
from search.models import PendingChange, Tombstone
from search.service import search_service
from tests.house.sources import ROOT
from tests.search.factories import Shelf, doc

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def said(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def indexed() -> set[str]:
    return {stored.uid for stored in engine().scan()}


def during_filling(monkeypatch, act) -> None:
    """Do something while a rebuild has read the contributions and not yet taken over."""
    real = generations._fill

    def fill(*args):
        written = real(*args)
        act()
        return written

    monkeypatch.setattr(generations, "_fill", fill)


def test_changes_during_a_rebuild_reach_both_indexes(shelf, monkeypatch):
    shelf.put(1, "Un")
    shelf.put(2, "Deux")
    generations.rebuild()

    def meanwhile():
        shelf.put(3, "Trois")
        del shelf.notes[1]
        outbox.enqueue("note:3")
        outbox.narrow("note:1")
        outbox.drain()
        assert indexed() == {"note:2", "note:3"}  # the serving one follows at once
        assert Tombstone.objects.exists()  # the other one has not heard of it yet

    during_filling(monkeypatch, meanwhile)
    assert generations.rebuild().promoted
    assert indexed() == {"note:2", "note:3"}
    assert not PendingChange.objects.exists()
    assert not Tombstone.objects.exists()
    said("search_check")


def test_a_narrowing_during_a_rebuild_stays_hidden_all_along(shelf, monkeypatch):
    note = shelf.put(1, "Accueil", audience=frozenset({PUBLIC}))
    generations.rebuild()
    seen = []

    def look():
        seen.append(search_service().search("", AnonymousUser()).total)

    def meanwhile():
        note.audience = frozenset({MEMBERS})
        outbox.narrow("note:1")
        look()
        outbox.drain()
        look()

    during_filling(monkeypatch, meanwhile)
    generations.rebuild()
    look()
    assert seen == [0, 0, 0]
    said("search_check")


def test_searches_go_on_during_a_rebuild(shelf, make_member, monkeypatch):
    shelf.put(1, "Accueil")
    generations.rebuild()
    totals = []
    member = make_member()
    during_filling(monkeypatch, lambda: totals.append(search_service().search("accueil", member).total))
    generations.rebuild()
    totals.append(search_service().search("accueil", member).total)
    assert totals == [1, 1]


def test_the_gate_refuses_an_index_that_differs_and_the_former_one_goes_on(shelf, monkeypatch):
    shelf.put(1, "Accueil")
    generations.rebuild()
    former = engine().serving()
    real = EmbeddedEngine.apply
    monkeypatch.setattr(
        EmbeddedEngine, "apply", lambda self, batch, generation=None: real(self, [], generation)
    )
    with pytest.raises(CommandError, match="missing=1"):
        said("search_rebuild")
    assert engine().serving() == former
    assert indexed() == {"note:1"}


def test_a_rebuild_that_dies_leaves_everything_in_place(shelf, monkeypatch):
    shelf.put(1, "Accueil")
    generations.rebuild()
    former = engine().serving()

    def meanwhile():
        outbox.narrow("note:1")
        outbox.drain()
        raise KeyboardInterrupt

    during_filling(monkeypatch, meanwhile)
    with pytest.raises(KeyboardInterrupt):
        generations.rebuild()
    assert engine().serving() == former
    assert engine().building() is None
    outbox.drain()
    assert not Tombstone.objects.exists()
    said("search_check")


def test_what_a_killed_rebuild_left_is_taken_up_by_the_next(shelf, own_index):
    shelf.put(1, "Accueil")
    generations.rebuild()
    left = engine().create()  # a process that died here
    PendingChange.objects.create(uid="note:1", generation=left)
    Tombstone.objects.create(uid="note:1", change=PendingChange.objects.get().pk)
    assert engine().building() is None
    assert generations.rebuild().promoted
    assert not PendingChange.objects.exists()
    assert not Tombstone.objects.exists()
    assert not (own_index / "generations" / left).exists()


def test_the_former_index_serves_again_with_what_changed_since(shelf, make_member):
    note = shelf.put(1, "Accueil", audience=frozenset({PUBLIC}))
    shelf.put(2, "Départ")
    with pytest.raises(CommandError, match="no former index"):
        said("search_rebuild", "--rollback")
    said("search_rebuild")
    first = engine().serving()
    said("search_rebuild")
    second = engine().serving()
    note.audience = frozenset({MEMBERS})
    del shelf.notes[2]
    shelf.put(3, "Arrivée")
    outbox.narrow("note:1", "note:2")
    outbox.enqueue("note:3")
    outbox.drain()
    assert "3 contributions were brought up to date" in said("search_rebuild", "--rollback")
    assert (engine().serving(), engine().former()) == (first, second)
    assert indexed() == {"note:1", "note:3"}
    assert search_service().search("", AnonymousUser()).total == 0
    assert search_service().search("", make_member()).total == 2
    assert not PendingChange.objects.exists()
    said("search_check")
    said("search_rebuild", "--rollback")
    assert engine().serving() == second


def test_a_rollback_waits_for_no_rebuild_and_keeps_a_former_index_that_it_cannot_mend(shelf, monkeypatch):
    shelf.put(1, "Accueil")
    said("search_rebuild")
    former = engine().serving()
    said("search_rebuild")
    serving = engine().serving()
    with lock(home(), "rebuild", wait=False), pytest.raises(CommandError, match="Another rebuild"):
        said("search_rebuild", "--rollback")
    shelf.put(2, "Neuf")
    outbox.enqueue("note:2")
    outbox.drain()
    with monkeypatch.context() as broken:
        broken.setattr(EmbeddedEngine, "apply", lambda self, batch, generation=None: frozenset())
        with pytest.raises(CommandError, match="missing=1"):
            said("search_rebuild", "--rollback")
    assert (engine().serving(), engine().former()) == (serving, former)
    said("search_check")


def test_only_one_rebuild_at_a_time(shelf):
    with lock(home(), "rebuild", wait=False):
        assert generations.rebuild().busy
        with pytest.raises(CommandError, match="Another rebuild"):
            said("search_rebuild")


def test_what_cannot_be_read_does_not_stop_a_rebuild(shelf):
    shelf.put(1, "Cassée", broken=True)
    shelf.put(2, "Entière")
    assert "1 could not be read" in said("search_rebuild")
    assert indexed() == {"note:2"}


def test_rebuild_if_needed_does_nothing_twice_and_something_after_a_new_analysis(shelf, monkeypatch):
    shelf.put(1, "Accueil")
    assert "rebuilt: 1" in said("search_rebuild", "--if-needed")
    first = engine().serving()
    assert "up to date: 1" in said("search_rebuild", "--if-needed")
    assert engine().serving() == first
    assert index_in_a_folder(None) == []
    monkeypatch.setattr("search.engines.embedded.DIGEST", "another")
    assert [each.id for each in index_in_a_folder(None)] == ["search.W001"]
    with pytest.raises(CommandError, match="another analysis"):
        said("search_check")
    said("search_rebuild", "--if-needed")
    assert engine().serving() != first


@pytest.fixture
def renew(capsys):
    """What script/server does before it serves; returns what it said."""
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "script" / "prepare.py")
    prepare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(prepare)

    def act() -> str:
        prepare.renew_index(call_command)
        return capsys.readouterr().out

    return act


def test_an_update_builds_an_outdated_index_anew_before_it_is_served(shelf, renew, monkeypatch):
    shelf.put(1, "Accueil")
    assert "Building the search index" in renew()
    first = engine().serving()
    assert renew() == ""
    monkeypatch.setattr("search.engines.embedded.DIGEST", "another")
    assert "rebuilt: 1" in renew()
    assert engine().serving() != first


def test_an_update_goes_on_without_an_engine_and_says_what_is_left_to_do(shelf, renew, monkeypatch):
    def away(*args, **kwargs):
        raise SearchUnavailable("away")

    shelf.put(1, "Accueil")
    monkeypatch.setattr(generations, "rebuild", away)
    assert "manage.py search_rebuild" in renew()


@pytest.mark.parametrize(
    ("lie", "word"),
    [
        (lambda: Upsert(doc(1, "Accueil", audience=frozenset({PUBLIC}))), "audience: 1"),
        (lambda: Upsert(doc(1, "Autre titre")), "stale: 1"),
        (lambda: Upsert(doc(9, "Fantôme")), "unexpected: 1"),
        (lambda: Delete("note:1"), "missing: 1"),
    ],
)
def test_the_check_reports_each_kind_of_drift_in_numbers_only(shelf, lie, word):
    shelf.put(1, "Accueil")
    said("search_rebuild")
    assert "says what the database says" in said("search_check")
    engine().apply([lie()])
    out = io.StringIO()
    with pytest.raises(CommandError, match="differs"):
        call_command("search_check", stdout=out)
    assert word in out.getvalue()
    assert "Accueil" not in out.getvalue()
    assert "note:" not in out.getvalue()


def test_the_check_does_not_judge_what_is_on_its_way_and_drains_it(shelf):
    shelf.put(1, "Accueil")
    said("search_rebuild")
    shelf.put(1, "Guichet")
    outbox.enqueue("note:1")
    assert "waiting: 1" in said("search_check")
    assert not PendingChange.objects.exists()
    assert "stale: 0" in said("search_check")


def test_without_an_index_check_says_so_and_drain_makes_one(shelf):
    shelf.put(1, "Accueil")
    with pytest.raises(CommandError, match="no index"):
        said("search_check")
    said("search_drain")
    assert indexed() == {"note:1"}
    said("search_check")


def test_the_drain_command_tells_when_the_engine_is_down(shelf, own_index):
    said("search_rebuild")
    (own_index / "serving").write_text("elsewhere")
    outbox.enqueue("note:1")
    with pytest.raises(CommandError, match="does not answer"):
        said("search_drain")
    with pytest.raises(CommandError, match="no index"):
        said("search_check")


def test_readers_never_see_an_empty_or_failed_search_while_indexes_swap(shelf, make_member):
    for number in range(1, 6):
        shelf.put(number, f"Accueil {number}")
    generations.rebuild()
    index, stop, wrong = engine(), threading.Event(), []

    def read():
        from tests.search.factories import ask

        while not stop.is_set():
            try:
                if (total := index.search(ask("accueil")).total) != 5:
                    wrong.append(total)
            except Exception as error:
                wrong.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(4):
            generations.rebuild()
    finally:
        stop.set()
        reader.join()
    assert wrong == []


def test_a_rebuild_is_needed_when_a_room_brings_what_the_index_never_heard_of(shelf):
    shelf.put(1, "Avant")
    said("search_rebuild", "--if-needed")
    newer = Shelf()
    documents.register(newer.source(kind="letter", build=lambda note: None))
    newer.put(2, "Rien à trouver")
    assert "up to date" in said("search_rebuild", "--if-needed")
    documents.unregister("letter")
    documents.register(
        newer.source(kind="letter", build=lambda note: replace(Shelf.build(note), uid="letter:2"))
    )
    assert "rebuilt: 2" in said("search_rebuild", "--if-needed")
    assert "up to date: 2" in said("search_rebuild", "--if-needed")
