"""The closed lists, ready in memory: every page shows the 19 names, every list page the labels of its facets.

Each process keeps one snapshot of all vocabularies. It is compared with one stamp row at most once a
second, so that almost every request costs no query at all, one in a while costs one, and a change made
by another process shows within that second. A stamp, and not the newest `updated_at`: it also tells
deletions, and one row is read whatever the size of the lists.

A change counts once it is committed. Only the transaction that made it sees it earlier; there the lists
are read anew, apart, so that what is rolled back never reaches anybody else. Inside a transaction
nothing is compared: a write should not pay for it.

`QuerySet.update()` and `bulk_create()` send no signal: whoever uses them here calls `changed()`.
The rows given out are shared by all requests: read them, never change them.
"""

import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, transaction

from .models import (
    Circumstance,
    Concept,
    Cpas,
    Function,
    Mission,
    Public,
    Service,
    Stamp,
    Term,
    Theme,
    in_active_language,
)

CHECK_SECONDS = 1.0
TERM_MODELS: tuple[type[Term], ...] = (Theme, Function, Service, Public, Mission, Circumstance)
MODELS = (Cpas, *TERM_MODELS, Concept)

T = TypeVar("T", bound=Term)


@dataclass(frozen=True, slots=True)
class TermList(Generic[T]):
    """One closed list: `ordered` has every word, hidden ones too, because old sheets still carry them."""

    ordered: tuple[T, ...]
    by_pk: Mapping[int, T]
    by_slug: Mapping[str, T]

    @property
    def offered(self) -> tuple[T, ...]:
        """The words that forms propose."""
        return tuple(term for term in self.ordered if term.is_active)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All vocabularies at one moment, and the stamp of that moment (None before the first change)."""

    stamp: uuid.UUID | None
    terms: Mapping[type[Term], TermList]
    cpas: Mapping[str, Cpas]
    cpas_in: Mapping[str, tuple[Cpas, ...]]
    concepts: tuple[Concept, ...]


class _Change:
    """What the present transaction changed and has not committed, and the lists as it alone sees them."""

    snapshot: Snapshot | None = None

    def __call__(self) -> None:
        forget()


_lock = threading.Lock()
_shared: Snapshot | None = None
_checked_at = 0.0


def cpas_list() -> tuple[Cpas, ...]:
    """Return the 19 CPAS in the alphabetical order of the reader's language."""
    return snapshot().cpas_in[in_active_language("fr", "nl")]


def cpas_by_ins() -> Mapping[str, Cpas]:
    """Return the 19 CPAS by INS code, ordered as on the map: line by line, from the north."""
    return snapshot().cpas


def themes() -> TermList[Theme]:
    """Return the themes."""
    return snapshot().terms[Theme]


def functions() -> TermList[Function]:
    """Return the functions."""
    return snapshot().terms[Function]


def services() -> TermList[Service]:
    """Return the services."""
    return snapshot().terms[Service]


def publics() -> TermList[Public]:
    """Return the publics."""
    return snapshot().terms[Public]


def missions() -> TermList[Mission]:
    """Return the missions."""
    return snapshot().terms[Mission]


def circumstances() -> TermList[Circumstance]:
    """Return the circumstances under which practices work, dimension by dimension."""
    return snapshot().terms[Circumstance]


def concepts() -> tuple[Concept, ...]:
    """Return the concepts that search uses, by French label."""
    return snapshot().concepts


def stamp() -> uuid.UUID | None:
    """Return a value that is new whenever a list changed: the key of anything computed from the lists."""
    return snapshot().stamp


def snapshot() -> Snapshot:
    """Return all vocabularies; see the module's docstring for what it costs."""
    global _shared, _checked_at
    if change := _own_change():
        change.snapshot = change.snapshot or _load()
        return change.snapshot
    current = _shared  # another thread may drop it at any moment
    if current is not None and _is_fresh():
        return current
    with _lock:
        if _shared is None or (not _is_fresh() and _read_stamp() != _shared.stamp):
            _shared = _load()
        _checked_at = time.monotonic()
        return _shared


def forget() -> None:
    """Drop the snapshot of this process, so that the next request reads the lists again."""
    global _shared
    with _lock:
        _shared = None


def keep(standing: Snapshot) -> None:
    """Take lists that were read earlier for the present ones, until they are next compared with the stamp."""
    global _shared
    with _lock:
        _shared = standing


def changed(using: str = DEFAULT_DB_ALIAS, **signal: object) -> None:
    """Tell every process that a vocabulary changed, once the present transaction is committed."""
    Stamp.objects.using(using).update_or_create(pk=1, defaults={"value": uuid.uuid4()})
    transaction.on_commit(_Change(), using=using)


def _own_change() -> _Change | None:
    # Django drops what a rollback, even a partial one, undid from this list: it says exactly what is pending.
    pending = (callback for _, callback, _ in reversed(connection.run_on_commit))
    return next((callback for callback in pending if isinstance(callback, _Change)), None)


def _is_fresh() -> bool:
    return connection.in_atomic_block or time.monotonic() - _checked_at < CHECK_SECONDS


def _read_stamp() -> uuid.UUID | None:
    return Stamp.objects.filter(pk=1).values_list("value", flat=True).first()


def _load() -> Snapshot:
    """Read everything, the stamp first: a change in between is then seen at the next comparison."""
    read = _read_stamp()
    cpas = tuple(Cpas.objects.order_by("row", "column"))
    return Snapshot(
        stamp=read,
        terms={model: _term_list(model) for model in TERM_MODELS},
        cpas={each.ins_code: each for each in cpas},
        cpas_in={
            "fr": tuple(sorted(cpas, key=lambda each: each.name_fr)),
            "nl": tuple(sorted(cpas, key=lambda each: each.name_nl)),
        },
        concepts=tuple(Concept.objects.filter(is_active=True)),
    )


def _term_list(model: type[T]) -> TermList[T]:
    ordered = tuple(model.objects.all())
    return TermList(ordered, {term.pk: term for term in ordered}, {term.slug: term for term in ordered})
