"""Who may report a text of a room, decide about it, and appeal: always people of that room.

Whoever animates decides; but a report that went elsewhere when they wrote the text would say who wrote it. So
each report goes to two people, always the same two whoever wrote, and its author alone may not decide: the
other one does, and neither the room nor that other person learns why.
"""

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from ..methods.definition import ANIMATEUR, NARRATOR, RAPPORTEUR, SUBSTITUTE
from ..models import Contribution, Room, RoomReport, Seat
from ..talk.permissions import can_read, get_text_for, is_own

BENCH = 2
ORDER = {ANIMATEUR: 0, SUBSTITUTE: 1, RAPPORTEUR: 2, NARRATOR: 3}
LIVING = (Room.State.OPEN, Room.State.CLOSED)


def bench_of(room: Room, seats: list[Seat], *, but: str = "") -> list[Seat]:
    """Return the two people who decide in a room, by their roles, then by who sat down first.

    `but`: the mark of who removed a text; somebody else answers the appeal, where the room has three people.
    """
    order = sorted(seats, key=lambda seat: (ORDER.get(seat.role, len(ORDER)), seat.pk))
    for seat in order:
        seat.room = room
    return [seat for seat in order if not but or seat.mark != but][:BENCH]


def can_report(seat: Seat, text: Contribution) -> bool:
    """Whether the holder of a seat may report a text: one that they read, of somebody else, that stands."""
    stands = not text.is_gone and not text.is_held and seat.room.state in LIVING
    return stands and can_read(seat, text) and not is_own(seat, text)


def can_decide(seat: Seat, report: RoomReport, seats: list[Seat]) -> bool:
    """Whether the holder of a seat decides about a report: one of the two, who did not write the text."""
    if not seat.is_seated or seat.room.state not in LIVING or report.outcome:
        return False
    text = report.text
    if text.room_id != seat.room_id or is_own(seat, text) or text.withdrawn_at is not None:
        return False
    but = _removed_by(text) if report.is_appeal else ""
    return any(each.pk == seat.pk for each in bench_of(seat.room, seats, but=but))


def can_appeal(seat: Seat, text: Contribution) -> bool:
    """Whether the holder of a seat may ask, once, that the removal of their text be looked at again."""
    return (
        seat.is_seated
        and seat.room.state in LIVING
        and is_own(seat, text)
        and text.removed_at is not None
        and text.withdrawn_at is None
        and not text.reports.filter(is_appeal=True).exists()
    )


def reports_in(seat: Seat) -> QuerySet[RoomReport]:
    """Return the reports of a room about texts that the holder of a seat may read, none of them one's own
    text's except one's appeal: who wrote a text learns that it was removed, not that somebody reported it.
    """
    texts = Contribution.objects.readable_by(seat)
    found = RoomReport.objects.filter(text__in=texts.values("pk"))
    found = found.filter(~Q(text__mark=seat.mark) | Q(mark=seat.mark))
    others = Prefetch("text__reports", RoomReport.objects.defer("explanation", "decision"))
    return found.select_related("text__run", "text__author").prefetch_related(others)


def waiting_for(seat: Seat, seats: list[Seat]) -> list[RoomReport]:
    """Return the reports that the holder of a seat may decide about, the oldest first."""
    return [report for report in reports_in(seat).filter(outcome="") if can_decide(seat, report, seats)]


def get_reported_for(seat: Seat, pk) -> Contribution:
    """Return a text about which the holder of a seat decides now, or Http404."""
    text = get_text_for(seat, pk)
    seats = list(seat.room.seats.present())
    waiting = text.reports.filter(outcome="").select_related("text__run")
    if not any(can_decide(seat, report, seats) for report in waiting):
        raise Http404
    return text


def _removed_by(text: Contribution) -> str:
    """Return the mark of who removed a text, from its reports as they were brought along."""
    removals = [each for each in text.reports.all() if each.outcome == RoomReport.Outcome.REMOVED]
    decided = [each for each in removals if not each.is_appeal]
    return max(decided, key=lambda each: (each.decided_on, each.pk)).decided_mark if decided else ""
