"""What time does to rooms: blind phases open, narratives are purged, perspectives are asked after.

The synthesis, the board and the perspectives stay: the narrative goes, the lesson stays. A synthesis that the
narrator refused goes with the narrative.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agora.people.notices import send_to

from ..models import CardReport, Contribution, PhaseRun, Room, RoomDraft, RoomFile, RoomReport, Synthesis
from ..phases.actions import settle_due
from ..rooms.actions import locked
from ..rooms.events import note

ASK_AFTER = timedelta(days=90)  # « qu'est-ce que ça a donné ? »


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of one passage: rooms purged, texts emptied, blind phases opened, rooms asked after."""

    purged: int
    texts: int
    unsealed: int
    asked: int


def pass_over(now: datetime | None = None) -> Report:
    """Do everything that is due in rooms; safe at any moment, any number of times."""
    now = now or timezone.now()
    unsealed = sum(settle_due(room) for room in _blind_and_late(now))
    purged = texts = 0
    for room in Room.objects.filter(state=Room.State.CLOSED, purge_at__lte=now):
        texts += purge(room)
        purged += 1
    return Report(purged, texts, unsealed, ask_what_came(now))


def _blind_and_late(now: datetime) -> list[Room]:
    late = PhaseRun.objects.filter(
        is_sealed=True,
        unsealed_at__isnull=True,
        opened_at__isnull=False,
        closed_at__isnull=True,
        due_at__lte=now,
    )
    return [run.room for run in late.select_related("room") if run.room.state == Room.State.OPEN]


@transaction.atomic
def purge(room: Room) -> int:
    """Empty every text of a closed room but its synthesis, board and perspectives; return how many were.

    The rows stay, empty, so that the journal still makes sense; drafts, files and role cards go.
    """
    room = locked(room)
    if room.state != Room.State.CLOSED:
        return 0
    count = Contribution.objects.filter(room=room, withdrawn_at__isnull=True).count()
    RoomFile.objects.filter(text__room=room).delete()
    Contribution.objects.filter(room=room).update(
        text="", withheld="", removal_reason="", signed="", vouched="", author=None
    )
    RoomReport.objects.filter(text__room=room).delete()
    CardReport.objects.filter(card__room=room).delete()
    room.readings.filter(text__isnull=False).delete()
    room.readings.update(to_blur="", passed_because="")
    RoomDraft.objects.filter(seat__room=room).delete()
    room.seats.update(card="")
    room.statements.filter(removed_at__isnull=False).delete()
    Synthesis.objects.filter(room=room, refused_at__isnull=False).delete()
    room.state = Room.State.PURGED
    room.save(update_fields=["state"])
    note(room, "purged")
    return count


def ask_what_came(now: datetime) -> int:
    """Write once, three months after the closing, to a room whose perspectives have no sequel yet."""
    since = now - ASK_AFTER
    closed = Room.objects.filter(closed_at__lte=since, state__in=[Room.State.CLOSED, Room.State.PURGED])
    rooms = closed.filter(
        perspectives__removed_at__isnull=True, perspectives__isnull=False, perspectives__told_at__isnull=True
    ).distinct()
    asked = 0
    for room in rooms.exclude(events__code="asked"):
        with transaction.atomic():
            room = locked(room)
            if room.events.filter(code="asked").exists():
                continue
            note(room, "asked")
            for seat in room.seats.present().select_related("member"):
                transaction.on_commit(lambda member=seat.member: send_to(member, "forum/asked"), robust=True)
            asked += 1
    return asked
