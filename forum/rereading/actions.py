"""The acts of the second reading: ask, answer, pass over with a motive. Each locks the room."""

from hashlib import blake2b

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.airlock.second_reader import Answer, Verdict

from ..models import Contribution, Room, Seat, SecondReading, Synthesis
from ..rooms.actions import locked, tell, tell_others
from ..rooms.events import note, stir
from ..talk import wording
from . import permissions

MOTIVE_LENGTH = 300


def seal_of(words: str) -> str:
    """Return what tells these words from any others, so that an answer is about what its reader saw."""
    return blake2b(words.encode(), digest_size=12).hexdigest()


def words_of(reading: SecondReading) -> str:
    """Return what is to be read, as it stands now, the names of files included: they come and go too."""
    if reading.text is None:
        return Synthesis.objects.get(pk=reading.room_id).text
    files = reading.text.files.order_by("number").values_list("pk", flat=True)
    return "\n".join([reading.text.text, *map(str, files)])


def _seats(room: Room) -> list[Seat]:
    seats = list(room.seats.present().select_related("member"))
    for seat in seats:
        seat.room = room
    return seats


def begin(room: Room, *, by: Seat, text: Contribution | None = None, edition: int = 0) -> SecondReading:
    """Ask for a second reading of a narrative, or of an edition of the synthesis, in the act that writes it.

    The room's row is locked. Who read the words before these is asked again; else whoever leads.
    """
    past = SecondReading.objects.filter(room=room, text=text)
    past.filter(answered_at__isnull=True, passed_at__isnull=True).exclude(edition=edition).delete()
    before = past.select_related("reader").first()
    if before is not None and (before.is_open or (text is None and before.edition == edition)):
        return before
    reading = SecondReading(room=room, text=text, edition=edition, asked_by=by.member)
    likely = permissions.readers_for(_seats(room), by)
    again = [seat for seat in likely if before is not None and seat.member_id == before.reader_id]
    _give(room, reading, next(iter(again or likely), None))
    return reading


def _give(room: Room, reading: SecondReading, seat: Seat | None) -> None:
    reading.reader, reading.asked_at = (seat.member if seat else None), timezone.now()
    reading.save()
    if seat is not None:
        seat.room = room
        tell(room, seat)


def hold(text: Contribution, *, by: Seat) -> None:
    """Keep a narrative from the group until somebody has read it; called when it is written, when its words
    change and when a file is added to it. The room's row is locked.
    """
    if text.kind != Contribution.Kind.NARRATIVE or not permissions.is_needed(by.room):
        return
    begin(by.room, by=by, text=text)
    if not text.is_held:
        text.is_held = True
        text.save(update_fields=["is_held"])


@transaction.atomic
def ask(by: Seat, reading: SecondReading, reader: Seat) -> SecondReading:
    """Ask somebody else of the room. PermissionDenied for who did not write, or for whom one may not ask."""
    room, by, reading = _fresh(by, reading)
    seats = _seats(room)
    if not permissions.can_ask(by, reading, seats):
        raise PermissionDenied
    writer = permissions.writer_of(reading, seats)
    chosen = [seat for seat in permissions.readers_for(seats, writer) if seat.pk == reader.pk]
    if not chosen:
        raise PermissionDenied
    stir(room)
    reading.asked_by = by.member
    _give(room, reading, chosen[0])
    return reading


@transaction.atomic
def answer(by: Seat, reading: SecondReading, verdict: Verdict, *, seen: str) -> SecondReading:
    """Say whether somebody could be recognised; a no lets the text go, anything else is told to who wrote.

    Args:
        seen: the mark of the words that the page showed (see `seal_of`).

    PermissionDenied for who is not asked; ValidationError when the words changed meanwhile, or when what
    should be blurred names somebody itself.
    """
    room, by, reading = _fresh(by, reading)
    if not permissions.can_answer(by, reading):
        raise PermissionDenied
    if seal_of(words_of(reading)) != seen:
        raise ValidationError(_("Les mots ont changé entre-temps : relisez-les avant de répondre."))
    if verdict.answer not in Answer.values:
        raise ValidationError(_("Choisissez une réponse."))
    reading.answer, reading.answered_at = verdict.answer, timezone.now()
    reading.to_blur = "" if verdict.lets_through else wording.checked(verdict.to_blur, MOTIVE_LENGTH + 200)
    reading.save()
    if reading.lets_through:
        _let_go(room, reading, by, "reread")
    else:
        note(room, "to-blur", by=by.member, step=room.step)
        writer = permissions.writer_of(reading, _seats(room))
        if writer is not None:
            tell(room, writer)
    return reading


@transaction.atomic
def pass_over(by: Seat, reading: SecondReading, motive: str) -> SecondReading:
    """Let the text go without that no: whoever leads says why, and the room reads it in its journal.

    PermissionDenied for who does not lead or wrote it; ValidationError without a motive.
    """
    room, by, reading = _fresh(by, reading)
    if not permissions.can_pass_over(by, reading) or not _is_latest(reading):
        raise PermissionDenied
    motive = " ".join(wording.tidy(motive).split())
    if not motive:
        raise ValidationError(_("Dites pourquoi vous passez outre : la salle le lira."))
    motive = wording.checked(motive, MOTIVE_LENGTH)
    reading.passed_by, reading.passed_because, reading.passed_at = by.member, motive, timezone.now()
    reading.save()
    _let_go(room, reading, by, "read-passed", motive)
    return reading


def _let_go(room: Room, reading: SecondReading, by: Seat, code: str, reason: str = "") -> None:
    if reading.text is not None:
        Contribution.objects.filter(pk=reading.text.pk).update(is_held=False)
    note(room, code, by=by.member, step=room.step, reason=reason)
    tell_others(room, by)


def _is_latest(reading: SecondReading) -> bool:
    newer = SecondReading.objects.filter(room=reading.room_id, text=reading.text_id, pk__gt=reading.pk)
    return not newer.exists()


def follow(room: Room, gone: Seat) -> None:
    """Ask somebody else what a reader who left has not answered. The room's row is locked."""
    waiting = SecondReading.objects.filter(
        room=room, reader=gone.member_id, answered_at__isnull=True, passed_at__isnull=True
    )
    for reading in waiting.select_related("text"):
        seats = _seats(room)
        likely = permissions.readers_for(seats, permissions.writer_of(reading, seats))
        _give(room, reading, next(iter(likely), None))


def _fresh(by: Seat, reading: SecondReading) -> tuple[Room, Seat, SecondReading]:
    """Lock the room and read seat and reading again: either may have changed since the page."""
    room = locked(by.room)
    fresh = Seat.objects.select_related("member").get(pk=by.pk)
    fresh.room = room
    if not fresh.is_seated or not fresh.member.is_validated:
        raise PermissionDenied
    found = SecondReading.objects.select_related("text__run").filter(pk=reading.pk, room=room).first()
    if found is None or (found.text is not None and found.text.withdrawn_at is not None):
        raise PermissionDenied
    return room, fresh, found
