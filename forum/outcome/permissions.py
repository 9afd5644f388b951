"""Who may write perspectives and the synthesis, sign it, refuse it, and let it out of the room."""

from ..methods.definition import NARRATOR, RAPPORTEUR
from ..models import Room, Seat, SecondReading, Synthesis
from ..rereading.permissions import is_needed
from ..rooms.permissions import can_lead

CONCLUDING = ("perspectives", "synthesis")


def can_plan(seat: Seat) -> bool:
    """Whether the holder of a seat adds and changes perspectives: from their phase to the closing."""
    room = seat.room
    if not seat.is_seated or room.state != Room.State.OPEN or room.phase.kind not in CONCLUDING:
        return False
    return any(phase.kind == "perspectives" for phase in room.method.phases)


def can_tell(seat: Seat) -> bool:
    """Whether somebody may say what came of a perspective: seated, from the closing on."""
    return seat.is_seated and seat.room.state in (Room.State.OPEN, Room.State.CLOSED, Room.State.PURGED)


def can_draft(seat: Seat) -> bool:
    """Whether the holder of a seat writes the synthesis: the rapporteur, or who leads in their absence."""
    room = seat.room
    if not seat.is_seated or room.state != Room.State.OPEN or room.phase.kind != "synthesis":
        return False
    if seat.role == RAPPORTEUR:
        return True
    return can_lead(seat) and not room.seats.present().filter(role=RAPPORTEUR).exists()


def can_sign(seat: Seat, synthesis: Synthesis) -> bool:
    """Whether somebody may sign: seated, while the text is proposed and the room is not purged."""
    states = (Room.State.OPEN, Room.State.CLOSED)
    return seat.is_seated and synthesis.submitted_at is not None and seat.room.state in states


def can_refuse(seat: Seat, synthesis: Synthesis) -> bool:
    """Whether somebody may keep the synthesis inside: the narrator, until it has become a sheet."""
    return seat.is_seated and seat.role == NARRATOR and synthesis.promoted_at is None


def is_signed(synthesis: Synthesis, seats: list[Seat]) -> bool:
    """Whether all who are present signed the present text."""
    signed = {each.mark for each in synthesis.signatures.all() if each.edition == synthesis.edition}
    return bool(seats) and {seat.mark for seat in seats} <= signed


def can_promote(seat: Seat, synthesis: Synthesis, seats: list[Seat]) -> bool:
    """Whether the synthesis may become the draft of a sheet: all signed it, the narrator did not refuse, and
    a second reader recognised nobody in it (or whoever leads passed over that, with a motive).
    """
    if not seat.is_seated or synthesis.refused_at is not None or not is_signed(synthesis, seats):
        return False
    return not is_needed(seat.room) or is_read(synthesis)


def is_read(synthesis: Synthesis) -> bool:
    """Whether the second reading of the present text lets it out."""
    readings = SecondReading.objects.filter(room=synthesis.pk, text=None, edition=synthesis.edition)
    return any(reading.lets_through for reading in readings)
