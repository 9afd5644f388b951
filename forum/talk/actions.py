"""The acts on the texts of a room: write, correct, withdraw, set aside, keep a draft.

In a blind phase nothing moves that another could see: no beat, no event, no hour, no letter.
"""

from collections.abc import Mapping
from datetime import datetime
from secrets import randbelow
from types import MappingProxyType

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Contribution, PhaseRun, Room, RoomDraft, Seat
from ..phases.actions import settle
from ..rereading.actions import hold
from ..rooms.actions import locked
from ..rooms.events import note, stir
from . import permissions, wording
from .calling import tell_called
from .quoting import forget_quotes
from .vouching import vouch

Kind = Contribution.Kind
KINDS = {
    "proposals": Kind.PROPOSAL,
    "choice": Kind.PREFERENCE,
    "narrative": Kind.NARRATIVE,
    "questions": Kind.QUESTION,
    "round": Kind.INTERPRETATION,
    "answer": Kind.ANSWER,
    "talk": Kind.WORD,
}


class LooksLikeAdvice(ValidationError):
    """A text sent where one only asks seems to advise; sent again with `is_sure`, it passes."""


@transaction.atomic
def write(
    seat: Seat,
    text: str,
    *,
    step: int,
    parent: Contribution | None = None,
    under_pseudonym: bool = False,
    is_sure: bool = False,
    given: Mapping[str, str] = MappingProxyType({}),
) -> Contribution:
    """Write a text in the phase that the page showed (`step`); durable when it returns.

    Args:
        parent: the proposal that is preferred, the question that is answered, the word that is replied to.
        under_pseudonym: where the method leaves the choice; fixed for ever by this act.
        is_sure: sent again although it looks like advice.
        given: what the author said of what the anonymisation gate stopped (`vouched`).

    PermissionDenied for who does not write there; ValidationError (LooksLikeAdvice among them) for the text.
    """
    room, seat = _present(seat)
    if room.state != Room.State.OPEN:
        raise PermissionDenied
    run = room.runs.get(number=room.step)
    if step != room.step:
        raise ValidationError(_("La salle est passée à la phase suivante. Votre texte est gardé ci-dessous."))
    if not permissions.can_write(seat, run):
        raise PermissionDenied
    kind = _kind(seat, run, parent)
    text = wording.checked(text, room.phase.limit, given)
    if room.phase.once and _already(seat, run):
        raise ValidationError(_("Vous avez déjà écrit dans cette phase. Corrigez votre texte plutôt."))
    if kind == Kind.QUESTION and not wording.is_question(text):
        raise ValidationError(
            _("Dans cette phase on ne fait que demander : finissez par un point d’interrogation.")
        )
    if kind == Kind.QUESTION and wording.is_advice(text) and not is_sure:
        raise LooksLikeAdvice(
            _("On dirait un conseil. Que vous manque-t-il pour comprendre ce qui s’est passé ?")
        )
    signed = signature(seat, under_pseudonym=under_pseudonym)
    made = Contribution.objects.create(
        room=room,
        run=run,
        kind=kind,
        parent=parent,
        author=None if signed else seat.member,
        signed=signed,
        mark=seat.mark,
        text=text,
        vouched=_reason(text, given) if run.is_sealed else "",
        shuffle=randbelow(2**31) if run.is_sealed else 0,
        written_at=_hour(run),
    )
    _written(seat, made, "" if run.is_sealed else _reason(text, given))
    return made


def _written(seat: Seat, made: Contribution, vouched: str) -> None:
    """Do what follows a new text: its draft goes; what others may see of it moves, unless it is sealed."""
    RoomDraft.objects.filter(seat=seat, run=made.run, about=_about(made.parent)).delete()
    hold(made, by=seat)
    if not made.run.is_sealed:
        vouch(made, vouched)
        stir(seat.room)
        tell_called(seat, made, made.text)
    settle(seat.room)


def _reason(text: str, given: Mapping[str, str]) -> str:
    gate = wording.gate_before(text, given)
    return gate.vouched if gate.is_vouched else ""


def _present(seat: Seat) -> tuple:
    """Lock the room and read the seat again: its role or its state may have changed since the page."""
    room = locked(seat.room)
    fresh = Seat.objects.select_related("member").get(pk=seat.pk)
    fresh.room = room
    if not fresh.is_seated or not fresh.member.is_validated:
        raise PermissionDenied
    return room, fresh


def _kind(seat: Seat, run: PhaseRun, parent: Contribution | None) -> Kind:
    phase = seat.room.phase
    kind = KINDS[phase.kind]
    if parent is not None and (parent.room_id != seat.room_id or not permissions.can_read(seat, parent)):
        raise PermissionDenied
    if kind == Kind.PREFERENCE:
        if parent is None or parent.kind != Kind.PROPOSAL or parent.is_gone:
            raise ValidationError(_("Choisissez le récit que vous voudriez analyser."))
    elif kind == Kind.QUESTION:
        if permissions.can_reply(seat, run):
            if parent is None or parent.kind != Kind.QUESTION:
                raise ValidationError(_("Répondez sous une question."))
            return Kind.REPLY
        if parent is not None:
            raise PermissionDenied
    elif kind == Kind.WORD:
        if parent is not None and parent.kind != Kind.WORD:
            raise PermissionDenied
    elif parent is not None:
        raise PermissionDenied
    return kind


def _already(seat: Seat, run: PhaseRun) -> bool:
    return Contribution.objects.of(seat).standing().filter(run=run).exists()


def signature(seat: Seat, *, under_pseudonym: bool) -> str:
    """Return the name under which a text stands for ever; empty for one's own."""
    signing = seat.room.phase.signing
    if signing == "pseudonym" or (signing == "choice" and under_pseudonym):
        return seat.pseudonym
    if signing == "card":
        cards = {card.key: str(getattr(card.name, seat.room.language)) for card in seat.room.method.cards}
        return cards.get(seat.card, seat.pseudonym)
    return ""


def _hour(run: PhaseRun) -> datetime:
    now = timezone.localtime()
    return now.replace(hour=0, minute=0, second=0, microsecond=0) if run.is_sealed else now


@transaction.atomic
def edit(seat: Seat, text: Contribution, words: str) -> Contribution:
    """Correct one's text while its phase lasts. PermissionDenied later, or for somebody else's text."""
    room, seat = _present(seat)
    text = Contribution.objects.select_related("run").get(pk=text.pk)
    if not permissions.can_edit(seat, text):
        raise PermissionDenied
    words = wording.checked(words, room.phase.limit)
    if text.kind == Kind.QUESTION and not wording.is_question(words):
        raise ValidationError(
            _("Dans cette phase on ne fait que demander : finissez par un point d’interrogation.")
        )
    if words != text.text:
        before = text.text
        if permissions.is_marked(text):
            text.edited_at = timezone.now()
        text.text = words
        text.save(update_fields=["text", "edited_at"])
        hold(text, by=seat)
        if not text.run.is_sealed:
            stir(room)
            tell_called(seat, text, words, before)
    RoomDraft.objects.filter(seat=seat, run=text.run, about=about_own(text)).delete()
    return text


@transaction.atomic
def withdraw(seat: Seat, text: Contribution) -> None:
    """Take one's text back: its words are gone at once, a line stays in its place (none in a blind phase)."""
    room, seat = _present(seat)
    text = Contribution.objects.select_related("run").get(pk=text.pk)
    if not permissions.can_withdraw(seat, text):
        raise PermissionDenied
    if text.run.is_sealed and text.run.unsealed_at is None:
        text.delete()
        return
    text.files.all().delete()
    text.readings.all().delete()
    text.reports.filter(outcome="").delete()  # there is nothing left to decide
    forget_quotes(text)
    text.text, text.withheld, text.removal_reason = "", "", ""
    text.withdrawn_at, text.is_chosen = timezone.now(), False
    text.save(update_fields=["text", "withheld", "removal_reason", "withdrawn_at", "is_chosen"])
    stir(room)


@transaction.atomic
def set_aside(by: Seat, text: Contribution, *, back: bool = False) -> None:
    """Set aside a question that is advice, or put it back. PermissionDenied for who does not lead."""
    room, by = _present(by)
    text = Contribution.objects.select_related("run").get(pk=text.pk)
    if not permissions.can_move(by, text):
        raise PermissionDenied
    text.moved_at = None if back else timezone.now()
    text.save(update_fields=["moved_at"])
    note(room, "set-aside", by=by.member, step=room.step)


def _about(parent: Contribution | None) -> str:
    return str(parent.pk) if parent is not None else ""


def about_own(text: Contribution) -> str:
    """Return under what the correction of one's own text is kept while it is typed."""
    return f"e:{text.pk}"


@transaction.atomic
def keep_draft(seat: Seat, run: PhaseRun, text: str, *, about: str = "", sequence: int = 0) -> RoomDraft:
    """Keep what is being typed, sealed; an answer that comes late never replaces a newer text.

    PermissionDenied for who does not write in this phase.
    """
    if not permissions.can_write(seat, run):
        raise PermissionDenied
    text = text.replace("\x00", "")[: 3 * seat.room.phase.limit]
    draft, _made = RoomDraft.objects.select_for_update().get_or_create(seat=seat, run=run, about=about[:40])
    if sequence >= draft.sequence:
        draft.text, draft.sequence = text, sequence
        draft.save()
    return draft
