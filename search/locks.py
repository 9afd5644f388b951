"""Locks: one drain and one rebuild at a time. They die with their holder, even killed.

A file lock reaches over one machine. A lock of PostgreSQL reaches over all that use the database, and is
let go with the connection (a pooler must then keep a connection per session, not per transaction).
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from django.db import DatabaseError, connection


@contextmanager
def lock(folder: Path, name: str, *, wait: bool) -> Iterator[bool]:
    """Hold the lock `name` of a folder; yields False when somebody has it and `wait` is false."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def is_held(folder: Path, name: str) -> bool:
    """True while somebody holds the lock."""
    with lock(folder, name, wait=False) as free:
        return not free


def database_can_lock() -> bool:
    """True for a database that several machines may share."""
    return connection.vendor == "postgresql"


@contextmanager
def database_lock(name: str, *, wait: bool) -> Iterator[bool]:
    """Hold a named lock of the database; yields False when somebody has it and `wait` is false.

    PostgreSQL gives a session a lock that it holds already: like a file, ours is given once.
    """
    keys = _keys(name)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({_HELD} AND pid = pg_backend_pid())", keys)
        held = not cursor.fetchone()[0]
        if held and wait:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", keys)
        elif held:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", keys)
            held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held:
            _let_go(keys)


def _let_go(keys: list[int]) -> None:
    if connection.connection is None:  # lost meanwhile, and the lock with it
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)
    except DatabaseError:
        if not connection.in_atomic_block:
            connection.close()


def is_held_in_database(name: str) -> bool:
    """True while somebody, on any machine, holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({_HELD})", _keys(name))
        return cursor.fetchone()[0]


# The two numbers of a lock stand there as unsigned ones; the last column tells them from other locks.
_HELD = (
    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND classid::bigint = %s AND objid::bigint = %s"
)


def _keys(name: str) -> list[int]:
    digest = blake2b(name.encode(), digest_size=8).digest()
    # 31 bits each: the same number with and without a sign.
    return [int.from_bytes(half, "big") & 0x7FFFFFFF for half in (digest[:4], digest[4:])]
