"""Who may open a room and act in it, and the only ways from an address to a room.

There is no standing power here: neither moderators, nor administrators, nor superusers. `querysets.py` says
the same for lists.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils import timezone

from ..methods.definition import ANIMATEUR, SUBSTITUTE
from ..models import OutsideAccess, PhaseRun, Room, Seat

# Whoever leads: both may do the same, so that a room goes on when its animateur is away.
LEADERS = frozenset({ANIMATEUR, SUBSTITUTE})


@dataclass(frozen=True, slots=True)
class Visit:
    """What two keys opened for somebody: a room to read, nothing to write, until a moment."""

    room: Room
    access: OutsideAccess


def can_enter(user, room: Room) -> bool:
    """Whether a user sits in a room: invited, the charter accepted, not gone."""
    return _holds(user, room, Seat.State.SEATED)


def can_knock(user, room: Room) -> bool:
    """Whether a user has an invitation to answer, while the room still takes people."""
    return room.state in (Room.State.GATHERING, Room.State.OPEN) and _holds(user, room, Seat.State.INVITED)


def can_read(user, room: Room) -> bool:
    """Whether a user reads the texts of a room: seated there, or let in by two keys that are still turned."""
    if not getattr(user, "is_validated", False):
        return False
    return can_enter(user, room) or any(
        access.asked_by_id == user.pk and is_turned(access) for access in room.outside_accesses.all()
    )


def is_turned(access: OutsideAccess) -> bool:
    """Whether both keys are turned and the time is not over."""
    return access.ended_at is None and access.until is not None and access.until > timezone.now()


def can_lead(seat: Seat) -> bool:
    """Whether the holder of a seat leads: moves the phases, closes the room."""
    return seat.is_seated and seat.role in LEADERS


def can_host(seat: Seat) -> bool:
    """Whether the holder of a seat invites and gives roles: who leads, until the room closes."""
    return can_lead(seat) and seat.room.state in (Room.State.GATHERING, Room.State.OPEN)


def can_open_room(user) -> bool:
    """Whether a user may open a room: any validated member."""
    return getattr(user, "is_validated", False)


def _holds(user, room: Room, state: str) -> bool:
    if not getattr(user, "is_validated", False):
        return False
    return any(seat.member_id == user.pk and seat.state == state for seat in room.seats.all())


def get_seat_for(user, pk) -> Seat:
    """Return the seat that a user holds in a room, its room with it, or Http404: outside, no room exists."""
    return _seat(user, pk, Seat.State.SEATED)


def get_invitation_for(user, pk) -> Seat:
    """Return the invitation of a user to a room, or Http404."""
    seat = _seat(user, pk, Seat.State.INVITED)
    if not can_knock(user, seat.room):
        raise Http404
    return seat


def get_pulse_for(user, pk) -> tuple[int, datetime | None]:
    """Return the number of a room's last change and until when its phase lasts, or Http404; one query.

    Open pages of twelve people ask this every three seconds: it reads no method and opens no seal.
    """
    if not getattr(user, "is_validated", False):
        raise Http404
    run = PhaseRun.objects.filter(
        room=OuterRef("room"), number=OuterRef("room__step"), closed_at__isnull=True
    )
    found = (
        Seat.objects.filter(room=pk, member=user.pk, state=Seat.State.SEATED)
        .values_list("room__beat", "room__state", Subquery(run.values("due_at")[:1]))
        .first()
    )
    if found is None:
        raise Http404
    beat, state, due = found
    return beat, due if state == Room.State.OPEN else None


def get_led_seat_for(user, pk) -> Seat:
    """Return the seat of a user who leads a room, or Http404 for anybody else."""
    seat = get_seat_for(user, pk)
    if not can_lead(seat):
        raise Http404
    return seat


def get_visit_for(user, pk) -> Visit:
    """Return the room that two keys opened for a user, or Http404."""
    accesses = OutsideAccess.objects.select_related("room__version__method").filter(room=pk, asked_by=user.pk)
    for access in accesses if getattr(user, "is_validated", False) else ():
        if is_turned(access):
            return Visit(access.room, access)
    raise Http404


def _seat(user, pk, state: str) -> Seat:
    if not getattr(user, "is_validated", False):
        raise Http404
    found = (
        Seat.objects.select_related("room__version__method")
        .filter(room=pk, member=user.pk, state=state)
        .first()
    )
    if found is None:
        raise Http404
    return found
