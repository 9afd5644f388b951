"""From a saved change to a findable one: the only door by which rooms tell search what moved.

Inside the transaction of the act::

    from search import outbox

    outbox.enqueue("practice:12")            # created, edited, published, restored; more people may see it
    outbox.narrow("practice:12")             # deleted, unpublished, archived, fewer people may see it
    outbox.enqueue(*(f"practice:{pk}" for pk in pks))   # many at once (imports): one insert

Both write rows in the caller's transaction and never touch the index, so a save succeeds while search
is down. When the transaction commits, the rows are drained in the same process; `manage.py search_drain`
drains what is left. From the commit of `narrow` on, nobody finds the contribution (nor counts it) until
the index has acknowledged its new state. In doubt, `narrow`: it hides a little longer, never leaks.
The index is read back from the database (documents.Source), so the order of calls does not matter.

Tests that want the index to follow: point ``settings.SEARCH_URL`` to ``f"tantivy://{tmp_path}"`` and
call `drain()` (or use ``django_capture_on_commit_callbacks(execute=True)``).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from . import documents
from .contract import Change, Delete, SearchEngine, SearchUnavailable, Upsert
from .engines import Seat, hold, seats
from .models import PendingChange, Tombstone

log = logging.getLogger(__name__)

BATCH = 200  # rows per engine commit
MAX_TRIES = 8  # then the row is parked for somebody to look at
SMALL = 500  # contributions that a page may index on its own when there is no index yet


def enqueue(*uids: str) -> None:
    """Note that contributions changed; ValueError for a malformed uid."""
    _write(uids)


def narrow(*uids: str) -> None:
    """Note that fewer people (or nobody) may see contributions, and hide them at once; ValueError alike."""
    rows = _write(uids)
    Tombstone.objects.bulk_create(
        [Tombstone(uid=row.uid, change=row.pk) for row in rows],
        update_conflicts=True,
        unique_fields=["uid"],
        update_fields=["change"],
    )


def _write(uids: Sequence[str]) -> list[PendingChange]:
    for uid in uids:
        kind, _, pk = uid.partition(":")
        if not kind or not pk or len(uid) > 80:
            raise ValueError(f"Malformed uid: {uid!r}")
    if not uids:
        return []
    each = dict.fromkeys(uids)
    rows = PendingChange.objects.bulk_create(
        [PendingChange(uid=uid, engine=seat.name) for seat in seats() for uid in each]
    )[: len(each)]
    # One drain per transaction, however many changes it holds. An entry of a rolled-back savepoint
    # leaves this list with it, so looking here is safer than a flag of our own.
    if not any(entry[1] is _drain_quietly for entry in connection.run_on_commit):
        transaction.on_commit(_drain_quietly, robust=True)
    return rows


def _drain_quietly() -> None:
    try:
        drain(may_build=SMALL, patient=False)
    except Exception:  # a save must not fail because search is ill
        log.exception("search: drain after commit failed; the changes wait for search_drain")


@dataclass(slots=True)
class DrainReport:
    """Counts of one drain: contributions written, rows that failed, rows parked, and whether it ran.

    `unavailable`: an engine did not take its rows; they wait.
    """

    written: int = 0
    failed: int = 0
    parked: int = 0
    busy: bool = False
    unavailable: bool = False
    seen: set[int] = field(default_factory=set, repr=False)


def drain(*, wait: bool = False, may_build: int | None = None, patient: bool = True) -> DrainReport:
    """Bring every engine up to date with the pending changes; one drain at a time.

    When another process drains, it takes our rows too (it looks again before it leaves), so by default
    we do not wait. Without any index, one is built first, if it is small enough (`may_build`
    contributions; None: any number). Never raises for an engine that is down: the rows stay, and it is
    left in peace for a while unless `patient`.
    """
    report = DrainReport()
    while True:
        with hold("drain", wait=wait) as held:
            if not held:
                report.busy = True
                return report
            for seat in seats():
                if patient or seat.breaker.allows:
                    _drain_seat(seat, report, may_build)
                else:
                    report.unavailable = True
        # Somebody who found the lock taken just before we let go counts on us.
        if report.unavailable or not _waiting().exclude(pk__in=report.seen).exists():
            return report


def _waiting():
    return PendingChange.objects.filter(parked=False, generation="")


def _drain_seat(seat: Seat, report: DrainReport, may_build: int | None) -> None:
    mine = _waiting().filter(engine=seat.name)
    try:
        if seat.engine.serving() is None:
            _first_build(seat, may_build)
        last = 0
        while rows := list(mine.filter(pk__gt=last).exclude(pk__in=report.seen)[:BATCH]):
            last = rows[-1].pk
            report.seen.update(row.pk for row in rows)
            _drain_batch(seat.engine, rows, report)
    except SearchUnavailable as error:
        log.warning("search: engine unavailable, changes stay pending (%s)", error)
        report.unavailable = True
        seat.breaker.failed()
    else:
        seat.breaker.succeeded()


def _first_build(seat: Seat, may_build: int | None) -> None:
    from . import generations

    if may_build is not None and sum(source.queryset().count() for source in documents.sources()) > may_build:
        raise SearchUnavailable("no index yet; run search_rebuild")
    generations.rebuild(seat, holding_drain_lock=True)


def _drain_batch(index: SearchEngine, rows: list[PendingChange], report: DrainReport) -> None:
    """Write one batch. A row dies only once the engine has it on disk: kill -9 anywhere loses nothing."""
    changes, broken = changes_for({row.uid: row.pk for row in rows})
    broken |= index.apply(changes)
    building = index.building()
    done = [row for row in rows if row.uid not in broken]
    with transaction.atomic():
        settle(done, building)
        failed = [row.pk for row in rows if row.uid in broken]
        PendingChange.objects.filter(pk__in=failed).update(tries=F("tries") + 1)
        report.parked += PendingChange.objects.filter(pk__in=failed, tries__gte=MAX_TRIES).update(parked=True)
    report.written += len(changes)
    report.failed += len(failed)


def settle(rows: list[PendingChange], building: str | None) -> None:
    """Forget acknowledged rows; while a rebuild runs, hand them (and their tombstones) over to it."""
    pks = [row.pk for row in rows]
    if building:
        PendingChange.objects.filter(pk__in=pks).update(generation=building)
        return
    PendingChange.objects.filter(pk__in=pks).delete()
    last: dict[str, int] = {}
    for row in rows:
        last[row.uid] = max(row.pk, last.get(row.uid, 0))
    awaited = PendingChange.objects.filter(uid=OuterRef("uid"))
    for stone in Tombstone.objects.filter(~Exists(awaited), uid__in=last):
        # Only this very stone: a narrowing that came after our reading has set a higher number.
        Tombstone.objects.filter(~Exists(awaited), pk=stone.pk, change__lte=last[stone.uid]).delete()


def changes_for(versions: dict[str, int]) -> tuple[list[Change], set[str]]:
    """Read contributions (uid → number of the change) from the database as engine changes.

    Returns them with the uids that could not be built (logged without their text).
    """
    found: dict[str, Change] = {}
    broken = {uid for uid in versions if documents.source_of(uid) is None}
    if broken:
        log.error("search: no source registered for %d pending contributions", len(broken))
    for source, pks in documents.grouped(versions):
        for obj in source.queryset().filter(pk__in=pks):
            uid = source.uid(obj.pk)
            try:
                doc = source.build(obj)
            except Exception:
                log.exception("search: %s could not be built", uid)
                broken.add(uid)
            else:
                if doc is not None:
                    found[uid] = Upsert(doc.numbered(versions[uid]))
    changes = [
        found.get(uid) or Delete(uid, version) for uid, version in versions.items() if uid not in broken
    ]
    return changes, broken
