"""Who may write, correct and withdraw a text in a room; what may be read is said in querysets.py."""

from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from ..methods.definition import NARRATOR
from ..models import Contribution, PhaseRun, Room, Seat
from ..rooms.permissions import can_lead

TALKING = ("proposals", "choice", "narrative", "questions", "round", "answer", "talk")
UNMARKED = timedelta(minutes=15)  # a correction within this delay is not marked


def can_write(seat: Seat, run: PhaseRun) -> bool:
    """Whether the holder of a seat writes in a phase now: it is open, takes texts, and takes theirs."""
    room = seat.room
    if not seat.is_seated or room.state != Room.State.OPEN or run.number != room.step:
        return False
    phase = room.phase
    return phase.kind in TALKING and seat.role in phase.writers and run.unsealed_at is None


def can_reply(seat: Seat, run: PhaseRun) -> bool:
    """Whether the holder of a seat answers questions: the narrator does, whoever may ask."""
    return can_write(seat, run) and seat.room.phase.kind == "questions" and seat.role == NARRATOR


def is_own(seat: Seat, text: Contribution) -> bool:
    """Whether the holder of a seat wrote a text, under a name or a pseudonym."""
    return seat.room_id == text.room_id and seat.mark == text.mark


def can_read(seat: Seat, text: Contribution) -> bool:
    """Whether the holder of a seat may read a text: one of an open phase, their own, a narrative that they
    are asked to read before the others. As querysets.py.
    """
    if not seat.is_seated or text.room_id != seat.room_id:
        return False
    if is_own(seat, text):
        return True
    if text.is_held:
        return any(each.is_open and each.reader_id == seat.member_id for each in text.readings.all())
    return not text.run.is_sealed or text.run.unsealed_at is not None


def can_edit(seat: Seat, text: Contribution) -> bool:
    """Whether one's text can still be corrected: until its phase is over, or its seal is broken."""
    return is_own(seat, text) and not text.is_gone and can_write(seat, text.run)


def can_withdraw(seat: Seat, text: Contribution) -> bool:
    """Whether one's text can be taken back: as long as the room is not purged."""
    open_states = (Room.State.OPEN, Room.State.CLOSED)
    return (
        seat.is_seated and is_own(seat, text) and text.withdrawn_at is None and seat.room.state in open_states
    )


def can_move(seat: Seat, text: Contribution) -> bool:
    """Whether the animateur may set aside a question that is a piece of advice, while the room is open."""
    kinds = (Contribution.Kind.QUESTION, Contribution.Kind.WORD)
    if not can_lead(seat) or seat.room_id != text.room_id or seat.room.state != Room.State.OPEN:
        return False
    return text.kind in kinds and not text.is_gone


def is_marked(text: Contribution) -> bool:
    """Whether a correction made now is shown as such: not in a blind phase, not in the first minutes."""
    return not text.run.is_sealed and timezone.now() - text.written_at > UNMARKED


def get_text_for(seat: Seat, pk) -> Contribution:
    """Return a text that the holder of a seat may read, or Http404."""
    found = Contribution.objects.readable_by(seat).select_related("run", "author").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
