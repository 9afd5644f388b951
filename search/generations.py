"""A whole new index beside the one that serves, checked before it takes over.

build (changes go on meanwhile; their rows wait) → replay what changed → gate: nothing missing, nothing
unexpected, nothing stale, no other audience → swap → the former one is kept. A rebuild that dies leaves
the serving index as it was. Reports are counts: they never carry text.
"""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from . import documents, outbox
from .contract import Change, SearchEngine, SearchUnavailable, Upsert
from .engines import Seat, hold, seats
from .models import PendingChange, Tombstone

log = logging.getLogger(__name__)

LOOKED_AT = 20  # rows of a kind, to see whether it has anything to find
REPLAYED = outbox.BATCH * 5  # changes written at once into an index that does not serve yet


@dataclass(frozen=True, slots=True)
class Drift:
    """How an index differs from the database, in numbers of contributions.

    missing: visible to somebody, not indexed. unexpected: indexed, should not be. stale: other words.
    audience: other readers than in the database. broken: cannot be read. waiting: changes not drained
    yet (their contributions are not judged). parked: given up after too many tries.
    """

    missing: int = 0
    unexpected: int = 0
    stale: int = 0
    audience: int = 0
    broken: int = 0
    waiting: int = 0
    parked: int = 0

    @property
    def is_clean(self) -> bool:
        """True when the index says what the database says, except for changes on their way."""
        return not (self.missing or self.unexpected or self.stale or self.audience or self.parked)


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did: contributions written, whether it took over, and the drift found by its gate."""

    written: int = 0
    promoted: bool = False
    busy: bool = False
    drift: Drift = Drift()


def rebuild(
    seat: Seat | None = None,
    *,
    holding_drain_lock: bool = False,
    progress: Callable[[int], None] | None = None,
) -> RebuildReport:
    """Build a generation from the database and let it take over if the gate finds no drift.

    `seat`: the engine to rebuild, by default the one that answers.

    `progress` is called with the number of contributions written so far. Refuses (busy) while another
    rebuild runs. SearchUnavailable when the engine cannot be written.
    """
    with hold("rebuild", wait=False) as held:
        if not held:
            return RebuildReport(busy=True)
        seat = seat or seats()[0]
        index = seat.engine
        _forget_the_dead(seat)
        generation = index.create()
        try:
            written = _fill(seat, generation, progress)
            index.tidy(generation)
            drain_lock = nullcontext(True) if holding_drain_lock else hold("drain", wait=True)
            with drain_lock:
                report = _take_over(seat, generation, written)
        except BaseException:
            _give_up(index, generation)
            raise
    if not holding_drain_lock:
        outbox.drain()
    return report


def _forget_the_dead(seat: Seat) -> None:
    """Give what a dead rebuild left back to the ordinary queue: drained again, it does no harm."""
    PendingChange.objects.filter(engine=seat.name).exclude(generation="").update(generation="")
    PendingChange.objects.exclude(engine__in=[each.name for each in seats()]).delete()


def _fill(seat: Seat, generation: str, progress: Callable[[int], None] | None) -> int:
    written, batch = 0, []
    for source in documents.sources():
        for obj in source.queryset().iterator(chunk_size=outbox.BATCH):
            doc = _built(source, obj)
            if doc is not None:
                batch.append(Upsert(doc))
            if len(batch) == REPLAYED:
                _write(seat, batch, generation)
                written, batch = written + len(batch), []
                if progress:
                    progress(written)
    _write(seat, batch, generation)
    return written + len(batch)


def _write(seat: Seat, batch: list[Change], generation: str) -> None:
    """Write a batch; what the engine will never take is set aside for somebody to look at."""
    refused = seat.engine.apply(batch, generation)
    PendingChange.objects.bulk_create(
        [PendingChange(uid=uid, engine=seat.name, parked=True) for uid in sorted(refused)]
    )


def _built(source: documents.Source, obj):
    try:
        return source.build(obj)
    except Exception:
        log.exception("search: %s could not be built", source.uid(obj.pk))
        return None


def rollback() -> RebuildReport:
    """Serve the former generation again, once it says what the database says now.

    What changed since it served is written into it first (`written` counts it), and the same gate as for a
    rebuild decides; the generation that served is kept as the former one. Not promoted and without drift:
    there is no former generation. Refuses (busy) while a rebuild runs.
    """
    with hold("rebuild", wait=False) as held:
        if not held:
            return RebuildReport(busy=True)
        seat = seats()[0]
        index = seat.engine
        _forget_the_dead(seat)
        former = index.former()
        if former is None:
            return RebuildReport()
        try:
            with hold("drain", wait=True):
                behind = sorted(_differences(seat, former)[1])
                rows = [PendingChange(uid=uid, generation=former) for uid in behind]
                PendingChange.objects.bulk_create(rows, batch_size=outbox.BATCH)
                report = _take_over(seat, former, len(behind))
        except BaseException:
            PendingChange.objects.filter(generation=former).update(generation="")
            raise
    outbox.drain()
    return report


def _take_over(seat: Seat, generation: str, written: int) -> RebuildReport:
    """Replay, gate and swap; nobody drains meanwhile, saves go on."""
    index = seat.engine
    rows = list(PendingChange.objects.filter(generation=generation))
    for start in range(0, len(rows), REPLAYED):
        changes, _ = outbox.changes_for({row.uid: row.pk for row in rows[start : start + REPLAYED]})
        _write(seat, changes, generation)
    drift = compare(generation, seat)
    if drift.missing or drift.unexpected or drift.stale or drift.audience:
        log.error("search: the new index differs from the database, the former one goes on (%s)", drift)
        _give_up(index, generation)
        return RebuildReport(written, promoted=False, drift=drift)
    index.promote(generation)
    outbox.settle(rows, None)
    _drop_orphans()
    return RebuildReport(written, promoted=True, drift=drift)


def _give_up(index: SearchEngine, generation: str) -> None:
    if generation != index.former():
        index.drop(generation)
    PendingChange.objects.filter(generation=generation).update(generation="")


def _drop_orphans() -> None:
    """Forget tombstones that no change is left to lift (the new index was read after them)."""
    Tombstone.objects.exclude(uid__in=PendingChange.objects.values("uid")).delete()


def is_built() -> bool:
    """Return whether an index serves, or may serve once its engine is back.

    Without one there is nobody to tell of a change: the first index is built from the database.
    """
    try:
        return all(seat.engine.serving() is not None for seat in seats())
    except SearchUnavailable:
        return True


def is_needed(index: SearchEngine) -> bool:
    """Return whether no index answers, or one of another analysis, or one that lacks a kind of text.

    SearchUnavailable when the engine stops answering meanwhile.
    """
    health = index.health()
    return not (health.ready and health.up_to_date) or lacks_a_kind(index)


def lacks_a_kind(index: SearchEngine) -> bool:
    """Return whether a room has something to find of which the serving index holds nothing.

    So it is after an installation brings a new room: nobody told search of what was there before.
    """
    wanted = {source.kind for source in documents.sources() if _has_something(source)}
    for stored in index.scan():
        wanted.discard(stored.uid.partition(":")[0])
        if not wanted:
            break
    return bool(wanted)


def _has_something(source: documents.Source) -> bool:
    return any(_built(source, obj) is not None for obj in source.queryset()[:LOOKED_AT])


def compare(generation: str | None = None, seat: Seat | None = None) -> Drift:
    """Compare a generation (default: the serving one) with the database; SearchUnavailable without one."""
    return _differences(seat or seats()[0], generation)[0]


def _differences(seat: Seat, generation: str | None) -> tuple[Drift, set[str]]:
    """Compare, and name the contributions that differ too."""
    pending = PendingChange.objects.filter(engine=seat.name, generation="")
    waiting = set(pending.filter(parked=False).values_list("uid", flat=True))
    parked = set(pending.filter(parked=True).values_list("uid", flat=True))
    unjudged, broken = waiting | parked, 0
    expected: dict[str, tuple[str, frozenset[str]]] = {}
    for source in documents.sources():
        for obj in source.queryset().iterator(chunk_size=outbox.BATCH):
            try:
                doc = source.build(obj)
            except Exception:
                broken += 1
                unjudged.add(source.uid(obj.pk))
                continue
            if doc is not None:
                expected[doc.uid] = (doc.fingerprint(), doc.audience)
    missing, unexpected, stale, audience = set(expected) - unjudged, set(), set(), set()
    for stored in seat.engine.scan(generation):
        missing.discard(stored.uid)
        if stored.uid in unjudged:
            continue
        if stored.uid not in expected:
            unexpected.add(stored.uid)
        elif stored.audience != expected[stored.uid][1]:
            audience.add(stored.uid)
        elif stored.fingerprint != expected[stored.uid][0]:
            stale.add(stored.uid)
    kinds = (missing, unexpected, stale, audience)
    drift = Drift(*(len(uids) for uids in kinds), broken, len(waiting), len(parked))
    return drift, set().union(*kinds)


def check(seat: Seat | None = None) -> Drift:
    """Compare the serving index with the database while nobody drains, then let the drains go on."""
    with hold("drain", wait=True):
        drift = compare(seat=seat)
    outbox.drain()
    return drift
