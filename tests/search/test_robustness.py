"""The engine down, slow or wiped: saves succeed, somebody answers and says who, and all is caught up with."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import transaction
from django.urls import reverse

from agora.people.audience import MEMBERS, PUBLIC
from search import generations, outbox
from search.breaker import FAILURES, Breaker
from search.contract import SearchUnavailable
from search.engines import engine, engine_at, is_busy, seats
from search.models import PendingChange, Tombstone
from search.service import search_service
from tests.search.doors import Door
from tests.search.factories import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def warm(settings, tmp_path):
    """An embedded index kept warm beside the engine; returns its folder."""
    settings.SEARCH_FALLBACK = f"tantivy://{tmp_path / 'warm'}"
    return tmp_path / "warm"


@pytest.fixture
def member(make_member):
    return make_member()


@pytest.fixture
def save(django_capture_on_commit_callbacks):
    """Run an act as a request would: in a transaction, and what follows its commit."""

    def save(act) -> None:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            act()

    return save


def fill() -> None:
    for seat in seats():
        assert generations.rebuild(seat).promoted


def asked(user, text: str = "accueil") -> tuple[set[str], bool, bool]:
    """Titles found, and who answered: the fallback? the database?"""
    answer = search_service().search(text, user)
    return {hit.obj.title for hit in answer.hits}, answer.facets.is_from_fallback, answer.is_simplified


def is_clean() -> bool:
    try:
        call_command("search_check", stdout=OutputWrapper(io.StringIO()))
    except CommandError:
        return False
    return not PendingChange.objects.exists() and not Tombstone.objects.exists()


def test_both_engines_hear_of_a_change_and_a_stone_waits_for_the_last(shelf, warm, own_index, member, save):
    note = shelf.put(1, "Accueil", audience=frozenset({PUBLIC}))
    fill()
    serving = (own_index / "serving").read_text()
    (own_index / "serving").write_text("elsewhere")
    note.audience = frozenset({MEMBERS})
    shelf.put(2, "Accueil neuf")
    save(lambda: (outbox.narrow("note:1"), outbox.enqueue("note:2")))
    assert set(PendingChange.objects.values_list("engine", "uid")) == {("", "note:1"), ("", "note:2")}
    assert Tombstone.objects.count() == 1
    assert asked(member) == ({"Accueil neuf"}, True, False)
    (own_index / "serving").write_text(serving)
    outbox.drain()
    assert asked(member)[0] == {"Accueil", "Accueil neuf"}
    assert is_clean()


def test_the_page_says_that_the_fallback_answered(shelf, warm, own_index, member, client_of):
    shelf.put(1, "Accueil")
    fill()
    assert "celui de secours" not in client_of(member).get(reverse("search:results"), {"q": "accueil"}).text
    (own_index / "serving").write_text("elsewhere")
    assert "celui de secours" in client_of(member).get(reverse("search:results"), {"q": "accueil"}).text


def test_without_a_fallback_the_database_answers(shelf, own_index, member):
    shelf.put(1, "Accueil")
    fill()
    (own_index / "serving").write_text("elsewhere")
    assert asked(member) == ({"Accueil"}, False, True)


def test_a_fallback_that_fails_does_not_keep_the_engine_from_its_changes(shelf, warm, member, save):
    shelf.put(1, "Accueil")
    fill()
    (warm / "serving").write_text("elsewhere")
    shelf.put(2, "Accueil neuf")
    save(lambda: outbox.enqueue("note:2"))
    assert asked(member) == ({"Accueil", "Accueil neuf"}, False, False)
    assert [row.engine for row in PendingChange.objects.all()] == ["fallback"]
    assert not is_clean()
    call_command("search_rebuild", stdout=io.StringIO())
    outbox.drain()
    assert is_clean()


def test_what_waited_for_a_fallback_that_is_no_more_does_not_hide_for_ever(shelf, warm, settings, save):
    shelf.put(1, "Accueil")
    fill()
    (warm / "serving").write_text("elsewhere")
    save(lambda: outbox.narrow("note:1"))
    settings.SEARCH_FALLBACK = ""
    call_command("search_rebuild", stdout=io.StringIO())
    assert is_clean()


def test_saves_leave_an_engine_in_peace_that_failed_several_times(shelf, own_index, monkeypatch):
    fill()
    (own_index / "serving").write_text("elsewhere")
    tries = []
    real = outbox._drain_seat
    monkeypatch.setattr(outbox, "_drain_seat", lambda *args: (tries.append(1), real(*args)))
    for number in range(FAILURES + 3):
        outbox.enqueue(f"note:{number}")
        outbox._drain_quietly()
    assert len(tries) == FAILURES
    outbox.drain()  # somebody who asks for it is not refused
    assert len(tries) == FAILURES + 1


def test_the_breaker_lets_one_try_after_its_pause():
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES):
        assert breaker.allows
        breaker.failed()
    assert not breaker.allows
    now[0] = 31
    assert breaker.allows
    breaker.failed()
    assert not breaker.allows
    now[0] = 62
    breaker.succeeded()
    assert breaker.allows


# --- On servers ------------------------------------------------------------------------------------
@pytest.fixture
def door(server_url, settings, request):
    """A door before the server, through which everything goes."""
    server, _, name = server_url.rpartition("/")
    door = Door(server)
    settings.SEARCH_URL = f"{door.address}/{name}"
    request.addfinalizer(door.close)
    return door


def test_a_server_that_is_away_keeps_nobody_from_working(shelf, door, warm, member, save):
    note = shelf.put(1, "Accueil", audience=frozenset({PUBLIC}))
    shelf.put(2, "Accueil parti")
    fill()
    assert asked(member) == ({"Accueil", "Accueil parti"}, False, False)
    door.shut()
    note.audience = frozenset({MEMBERS})
    del shelf.notes[2]
    shelf.put(3, "Accueil neuf")
    save(lambda: (outbox.narrow("note:1", "note:2"), outbox.enqueue("note:3")))
    assert asked(member) == ({"Accueil neuf"}, True, False)  # the stones hide until both have heard
    with pytest.raises(SearchUnavailable):
        engine().search(ask())
    assert not engine().health().ready
    door.open()
    outbox.drain()
    assert is_clean()
    answer = engine().search(ask(""))
    assert set(answer.uids) == {"note:1", "note:3"}


def test_a_slow_server_is_not_waited_for(shelf, door, warm, member, save, monkeypatch):
    shelf.put(1, "Accueil")
    fill()
    door.delay = 0.6
    monkeypatch.setattr("search.engines.elastic.client.SEARCH_TIMEOUT", 0.2)
    assert asked(member) == ({"Accueil"}, True, False)


def test_a_wiped_server_is_filled_again_and_written_to_by_nobody_else(shelf, server_url, warm, member, save):
    shelf.put(1, "Accueil")
    fill()
    engine_at(server_url).erase()
    assert asked(member) == ({"Accueil"}, True, False)
    shelf.put(2, "Accueil neuf")
    save(lambda: outbox.enqueue("note:2"))
    assert is_clean()
    assert set(engine().search(ask("accueil")).uids) == {"note:1", "note:2"}


def test_the_lock_of_a_rebuild_is_seen_by_whoever_drains(shelf, server_url, monkeypatch):
    shelf.put(1, "Accueil")
    real, seen = generations._fill, []

    def fill_slowly(*args):
        written = real(*args)
        outbox.enqueue("note:1")
        outbox.drain()
        seen.append((is_busy("rebuild"), engine().building() is not None, PendingChange.objects.count()))
        return written

    monkeypatch.setattr(generations, "_fill", fill_slowly)
    assert generations.rebuild().promoted
    assert seen == [(True, True, 1)]  # the row waits for the other index
    assert not is_busy("rebuild")
    assert is_clean()
