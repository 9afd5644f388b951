"""One drain and one rebuild at a time: over a machine by a file, over several by the database."""

import subprocess
import sys
import threading

import pytest
from django.db import connection

from search import locks
from search.engines import hold, is_busy

pytestmark = pytest.mark.databases


@pytest.fixture(params=["tantivy", "server"])
def place(request, settings, tmp_path, db):
    """Where the index lives decides which lock is taken; nothing is asked of the server itself."""
    if request.param == "server":
        settings.SEARCH_URL, settings.VAR = "elasticsearch://127.0.0.1:1/agora-locks", tmp_path
    return request.param


def test_a_lock_is_given_once_and_seen_by_all(place):
    assert not is_busy("drain")
    with hold("drain", wait=False) as first:
        assert first
        assert is_busy("drain")
        assert not is_busy("rebuild")
        with hold("drain", wait=False) as second:
            assert not second
        with hold("rebuild", wait=False) as other:
            assert other
        assert is_busy("drain")
    assert not is_busy("drain")
    with hold("drain", wait=True) as again:
        assert again


def test_a_lock_is_let_go_when_its_holder_fails(place):
    with pytest.raises(RuntimeError), hold("rebuild", wait=False):
        raise RuntimeError
    assert not is_busy("rebuild")


def test_the_locks_of_a_server_are_the_database_s_where_it_has_some(place):
    assert locks.database_can_lock() == (connection.vendor == "postgresql")
    with hold("drain", wait=False):
        if connection.vendor == "postgresql":
            assert locks.is_held_in_database("search//agora-locks/drain") == (place == "server")


def test_another_connection_is_refused_meanwhile(place):
    seen = []

    def other() -> None:
        try:
            with hold("drain", wait=False) as held:
                seen.append((held, is_busy("drain")))
        finally:
            connection.close()

    with hold("drain", wait=False):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == [(False, True)]


def test_a_file_lock_dies_with_its_holder(tmp_path):
    program = (
        "import os, signal, sys; from pathlib import Path; from search import locks\n"
        "with locks.lock(Path(sys.argv[1]), 'drain', wait=False): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, timeout=60)
    assert not locks.is_held(tmp_path, "drain")
