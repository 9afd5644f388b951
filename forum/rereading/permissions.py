"""Who is asked to read before the others, who asks, and who may pass over an answer that does not come.

A narrative waits for it, and so does the synthesis on its way out of the room. Nothing else does: what one
writes about a situation is read by the group, which is there to say so. Where all is invented nobody does.
"""

from django.http import Http404

from ..methods.definition import ANIMATEUR, NARRATOR, RAPPORTEUR, SUBSTITUTE
from ..models import Room, Seat, SecondReading
from ..rooms.permissions import can_lead

ALIVE = (Room.State.OPEN, Room.State.CLOSED)
# Whom one asks when nobody was chosen: first whoever leads, last those whose words it may be.
_ORDER = (ANIMATEUR, SUBSTITUTE, "participant", RAPPORTEUR, NARRATOR)


def is_needed(room: Room) -> bool:
    """Whether what is told in a room is read by one person first: not where it is invented."""
    return not room.method.is_fictional


def writer_of(reading: SecondReading, seats: list[Seat]) -> Seat | None:
    """Return who wrote what is read, among those present: the author of a narrative, else the rapporteur."""
    if reading.text is not None:
        return next((seat for seat in seats if seat.mark == reading.text.mark), None)
    keeper = next((seat for seat in seats if seat.role == RAPPORTEUR), None)
    return keeper or next((seat for seat in seats if can_lead(seat)), None)


def readers_for(seats: list[Seat], writer: Seat | None) -> list[Seat]:
    """Return who may be asked, the one who is asked by default first: anybody there but who wrote."""
    others = [seat for seat in seats if writer is None or seat.pk != writer.pk]
    return sorted(others, key=lambda seat: (_ORDER.index(seat.role), seat.pk))


def can_answer(seat: Seat, reading: SecondReading) -> bool:
    """Whether the holder of a seat is the one who is asked, and has not answered."""
    return seat.is_seated and _is_alive(seat, reading) and reading.reader_id == seat.member_id


def can_ask(seat: Seat, reading: SecondReading, seats: list[Seat]) -> bool:
    """Whether somebody may ask another reader: who wrote, while the answer is awaited."""
    writer = writer_of(reading, seats)
    return seat.is_seated and _is_alive(seat, reading) and writer is not None and writer.pk == seat.pk


def can_pass_over(seat: Seat, reading: SecondReading) -> bool:
    """Whether somebody may let the text go without that no: whoever leads, unless they wrote it."""
    if not can_lead(seat) or seat.room_id != reading.room_id or seat.room.state not in ALIVE:
        return False
    is_mine = reading.text is not None and reading.text.mark == seat.mark
    return not reading.lets_through and not is_mine


def _is_alive(seat: Seat, reading: SecondReading) -> bool:
    return seat.room_id == reading.room_id and seat.room.state in ALIVE and reading.is_open


def get_reading_for(seat: Seat, pk: int) -> SecondReading:
    """Return a reading of the room that somebody sits in, or Http404."""
    found = (
        SecondReading.objects.select_related("text__run", "reader", "asked_by", "passed_by")
        .filter(pk=pk, room=seat.room_id)
        .first()
    )
    if found is None:
        raise Http404
    return found
