"""A second reading as pages show it to one person: where it stands, and what they may do about it.

A name of its own: it is what the page says.
"""

from dataclasses import dataclass, field

from ..models import Contribution, Seat, SecondReading
from ..rooms.permissions import can_lead
from . import permissions


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """Where a second reading stands; `readers`: whom its writer may ask instead."""

    row: SecondReading
    is_mine_to_answer: bool
    is_mine_to_mend: bool
    can_pass_over: bool
    readers: list[Seat] = field(default_factory=list)


def shown_to(seat: Seat, reading: SecondReading | None, seats: list[Seat]) -> ReadingShown | None:
    """Return how a reading looks to the holder of a seat; None when there is none."""
    if reading is None:
        return None
    for each in seats:
        each.room = seat.room
    writer = permissions.writer_of(reading, seats)
    is_writer = writer is not None and writer.pk == seat.pk
    others = permissions.readers_for(seats, writer) if permissions.can_ask(seat, reading, seats) else []
    return ReadingShown(
        row=reading,
        is_mine_to_answer=permissions.can_answer(seat, reading),
        is_mine_to_mend=is_writer and not reading.is_open and not reading.lets_through,
        can_pass_over=can_lead(seat) and permissions.can_pass_over(seat, reading),
        readers=[each for each in others if each.member_id != reading.reader_id],
    )


def of_narrative(seat: Seat, seats: list[Seat]) -> ReadingShown | None:
    """Return the latest second reading of the narrative of a room (one query)."""
    found = SecondReading.objects.filter(
        room=seat.room_id, text__kind=Contribution.Kind.NARRATIVE, text__withdrawn_at__isnull=True
    )
    return shown_to(seat, found.select_related("text", "reader", "passed_by").first(), seats)


def of_synthesis(seat: Seat, edition: int, seats: list[Seat]) -> ReadingShown | None:
    """Return the second reading of one edition of the synthesis (one query)."""
    found = SecondReading.objects.filter(room=seat.room_id, text=None, edition=edition)
    return shown_to(seat, found.select_related("reader", "passed_by").first(), seats)
