"""The engines and the one place that chooses among them (settings.SEARCH_URL), with their locks.

    tantivy:///var/lib/agora/search                     embedded, in a folder of this machine (the default)
    elasticsearch://one:9200,two:9200/agora?replicas=1  a server or a cluster, for several machines
    opensearch+https://<user>:<password>@host:9200/agora?ca=/etc/ssl/ours.pem   with TLS, on OpenSearch
    elasticsearch+https://host:9200/agora?api_key=<key>  all that can be said there: elastic/client.py

SEARCH_FALLBACK names an embedded index that is kept warm beside a server: it hears of every change and
answers while the server does not. It belongs to all processes that share its folder.
"""

import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .. import locks
from ..breaker import Breaker
from ..contract import SearchEngine

log = logging.getLogger(__name__)


def engine() -> SearchEngine:
    """Return the engine of settings.SEARCH_URL; ImproperlyConfigured for an unknown one."""
    return engine_at(settings.SEARCH_URL)


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """An engine that hears of every change: the one that answers (no name), or its « fallback ».

    `breaker` keeps saves from waiting for an engine that does not take them.
    """

    name: str
    engine: SearchEngine
    breaker: Breaker


def seats() -> tuple[Seat, ...]:
    """Return the engines that have to hear of a change, the one that answers first."""
    return _seats(settings.SEARCH_URL, settings.SEARCH_FALLBACK)


@lru_cache(maxsize=16)
def _seats(url: str, fallback: str) -> tuple[Seat, ...]:
    main = Seat("", engine_at(url), Breaker())
    if not fallback:
        return (main,)
    if not is_embedded(fallback) or fallback == url:
        raise ImproperlyConfigured("SEARCH_FALLBACK: the address of another embedded index (tantivy://…)")
    return main, Seat("fallback", engine_at(fallback), Breaker())


def is_local(seat: Seat) -> bool:
    """True for an index in a folder of this machine."""
    return bool(seat.name) or is_embedded(settings.SEARCH_URL)


def outdated(seat: Seat) -> bool:
    """True when the index that serves was made by other fields or analysis; it serves all the same."""
    health = seat.engine.health()
    return health.ready and not health.up_to_date


def reader() -> SearchEngine:
    """Return what pages read from: the engine, with its fallback behind it if there is one."""
    return _reader(settings.SEARCH_URL, settings.SEARCH_FALLBACK)


@lru_cache(maxsize=16)
def _reader(url: str, fallback: str) -> SearchEngine:
    from .standby import WithFallback

    for seat in _seats(url, fallback):
        if outdated(seat):
            log.warning("search: the index was made by other code and goes on serving; run search_rebuild")
    each = [seat.engine for seat in _seats(url, fallback)]
    return each[0] if len(each) == 1 else WithFallback(*each)


def home() -> Path:
    """Return the folder where search keeps its locks (and the embedded engine its index)."""
    url = settings.SEARCH_URL
    return _folder_of(url) or Path(settings.VAR) / "search-locks" / urlsplit(url).path.strip("/")


def is_embedded(url: str) -> bool:
    """True for the address of an index in a folder of this machine."""
    return urlsplit(url).scheme == "tantivy"


def _folder_of(url: str) -> Path | None:
    parts = urlsplit(url)
    return Path(parts.netloc + parts.path) if is_embedded(url) else None


def hold(name: str, *, wait: bool):
    """Hold a lock of search (« drain », « rebuild »): a context that yields False when somebody has it.

    An embedded index belongs to a machine, and so does its lock. An engine on the network is everybody's:
    the lock is then the database's, wherever the database is not itself a file of this machine.
    """
    if not is_embedded(settings.SEARCH_URL) and locks.database_can_lock():
        return locks.database_lock(_lock_name(name), wait=wait)
    return locks.lock(home(), name, wait=wait)


def is_busy(name: str) -> bool:
    """True while somebody holds a lock of search, on any machine that could."""
    if not is_embedded(settings.SEARCH_URL) and locks.database_can_lock():
        return locks.is_held_in_database(_lock_name(name))
    return locks.is_held(home(), name)


def _lock_name(name: str) -> str:
    return f"search/{urlsplit(settings.SEARCH_URL).path}/{name}"


@lru_cache(maxsize=16)
def engine_at(url: str) -> SearchEngine:
    """Return the engine of an address, one per process; ImproperlyConfigured for an unknown one."""
    if folder := _folder_of(url):
        from .embedded import EmbeddedEngine

        return EmbeddedEngine(folder, is_busy)
    from .elastic.client import read_address
    from .elastic.engine import ElasticEngine

    return ElasticEngine(read_address(url), is_busy)


def is_in_the_clear() -> bool:
    """True when SEARCH_URL would send a secret to another machine without TLS."""
    if is_embedded(settings.SEARCH_URL):
        return False
    from .elastic.client import read_address

    return read_address(settings.SEARCH_URL).is_in_the_clear


SERVERS = {"elasticsearch": "SEARCH_TEST_ELASTICSEARCH", "opensearch": "SEARCH_TEST_OPENSEARCH"}


def address_of(name: str) -> str:
    """Return "embedded", or the address of a server: as given, or of the one that a name stands for.

    « elasticsearch » and « opensearch » are the server of SEARCH_URL where it is one, else the one that
    script/search_servers started (environment). ImproperlyConfigured when there is none.
    """
    if name == "embedded" or "://" in name:
        return name
    if name not in SERVERS:
        raise ImproperlyConfigured(f"No engine for {name!r}: embedded, {', '.join(SERVERS)}, or an address")
    if settings.SEARCH_URL.startswith((f"{name}://", f"{name}+")):
        return settings.SEARCH_URL
    if address := os.environ.get(SERVERS[name]):
        return address
    raise ImproperlyConfigured(f"No server for {name!r}: start one with script/search_servers, see its help")


def nameable(name: str) -> str:
    """Return the name or address of an engine without what is secret in it."""
    if "://" not in name:
        return name
    parts = urlsplit(name)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


@contextmanager
def scratch(prefix: str) -> Iterator[Path]:
    """Give an empty folder, gone on leaving, even while a thread of tantivy still makes a file in it.

    Opening an index starts a thread that takes a lock there once (a file): a folder that is removed meanwhile
    is not empty any more, and `tempfile.TemporaryDirectory` fails.
    """
    folder = Path(mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        for wait in (0, 0.1, 0.5, 2):  # seconds
            time.sleep(wait)
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
        else:
            log.warning("%s could not be removed", folder)


@contextmanager
def throwaway(name: str, folder: Path) -> Iterator[SearchEngine]:
    """Give an empty index of its own, gone on leaving, on the engine of that name (see `address_of`).

    The embedded one lives in `folder`, which the caller removes; a server lends names of their own.
    """
    address = address_of(name)
    if address == "embedded":
        from .embedded import EmbeddedEngine

        yield EmbeddedEngine(folder)
        return
    parts = urlsplit(address)
    index = engine_at(parts._replace(path=f"/agora-trial-{uuid4().hex[:10]}").geturl())
    try:
        yield index
    finally:
        index.erase()


@contextmanager
def stock(name: str, folder: Path) -> Iterator:
    """Give the baseline of the engine of that name: `fill`, `answer`, `name`; gone on leaving."""
    address = address_of(name)
    if address == "embedded":
        from .embedded_stock import StockTantivy

        yield StockTantivy(folder)
        return
    from .elastic.client import read_address
    from .elastic.stock import StockServer

    server = StockServer(read_address(address))
    try:
        yield server
    finally:
        server.close()
