"""The acts that conclude a room. Each locks the room, checks, changes, notes what it should know."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from practices import provenance
from practices.beginnings import Beginning, register
from practices.drafting import KIND
from practices.models import Provenance
from practices.provenance import mark_of

from ..models import Perspective, Room, Seat, Signature, Synthesis
from ..rereading.actions import begin
from ..rereading.permissions import is_needed
from ..rooms.actions import locked, tell_others
from ..rooms.events import note, stir
from ..talk import wording
from . import permissions

WORDS_LENGTH, CARRIER_LENGTH, OUTCOME_LENGTH, REFUSAL_LENGTH = 800, 200, 1500, 500
MOST_PERSPECTIVES = 30
FARTHEST = timedelta(days=3653)
MARK = "_from_room"  # field of a draft: it was begun from the synthesis of a room, of which it says no more


def _present(by: Seat) -> tuple[Room, Seat]:
    room = locked(by.room)
    fresh = Seat.objects.select_related("member").get(pk=by.pk)
    fresh.room = room
    return room, fresh


def _checked(words: str, level: str, carried_by: str) -> dict[str, str]:
    if level not in Perspective.Level.values:
        raise ValidationError(_("Choisissez un niveau : politique, organisation ou pratique."))
    return {
        "words": wording.checked(words, WORDS_LENGTH),
        "level": level,
        "carried_by": wording.checked(carried_by, CARRIER_LENGTH),
    }


def _check_date(horizon: date | None) -> None:
    if horizon is not None and not timezone.localdate() <= horizon < timezone.localdate() + FARTHEST:
        raise ValidationError(
            {"horizon": _("Choisissez une date entre aujourd’hui et dans dix ans, ou n’en mettez pas.")}
        )


@transaction.atomic
def plan(by: Seat, words: str, *, level: str, carried_by: str, horizon: date | None = None) -> Perspective:
    """Add something to do. PermissionDenied outside its time; ValidationError for words, level or date."""
    room, by = _present(by)
    if not permissions.can_plan(by):
        raise PermissionDenied
    if room.perspectives.filter(removed_at__isnull=True).count() >= MOST_PERSPECTIVES:
        raise ValidationError(_("Trente perspectives, c’est déjà plus qu’un groupe n’en tient."))
    fields = _checked(words, level, carried_by)
    _check_date(horizon)
    made = Perspective.objects.create(room=room, horizon=horizon, **fields)
    stir(room)
    return made


@transaction.atomic
def change_plan(
    by: Seat,
    perspective: Perspective,
    words: str,
    *,
    level: str,
    carried_by: str,
    horizon: date | None = None,
) -> None:
    """Change a perspective. Errors as `plan`."""
    room, by = _present(by)
    if not permissions.can_plan(by) or perspective.room_id != room.pk:
        raise PermissionDenied
    for name, value in _checked(words, level, carried_by).items():
        setattr(perspective, name, value)
    if horizon != perspective.horizon:
        _check_date(horizon)
    perspective.horizon = horizon
    perspective.save()
    stir(room)


@transaction.atomic
def drop_plan(by: Seat, perspective: Perspective, *, back: bool = False) -> None:
    """Take a perspective off the list, or put it back."""
    room, by = _present(by)
    if not permissions.can_plan(by) or perspective.room_id != room.pk:
        raise PermissionDenied
    perspective.removed_at = None if back else timezone.now()
    perspective.save(update_fields=["removed_at"])
    stir(room)


@transaction.atomic
def tell_outcome(by: Seat, perspective: Perspective, outcome: str) -> None:
    """Say what came of a perspective, three months later or before."""
    room, by = _present(by)
    if not permissions.can_tell(by) or perspective.room_id != room.pk:
        raise PermissionDenied
    perspective.outcome, perspective.told_at = wording.checked(outcome, OUTCOME_LENGTH), timezone.now()
    perspective.save(update_fields=["outcome", "told_at"])
    stir(room)


@transaction.atomic
def draft_synthesis(by: Seat, text: str, *, seen: int, submit: bool = False) -> Synthesis:
    """Write the synthesis (`seen`: the edition that the page showed), and propose it for signing if asked.

    Other words ask for the signatures again. PermissionDenied for who does not write it; ValidationError for
    the words, or when another edition came meanwhile.
    """
    room, by = _present(by)
    if not permissions.can_draft(by):
        raise PermissionDenied
    synthesis, _made = Synthesis.objects.select_for_update(of=("self",)).get_or_create(room=room)
    if synthesis.edition != seen:
        raise ValidationError(
            _("Quelqu’un a changé la synthèse entre-temps. Votre texte est gardé ci-dessous.")
        )
    text = wording.checked(text, room.phase.limit)
    if text != synthesis.text:
        synthesis.text, synthesis.changed_at = text, timezone.now()
        synthesis.edition += 1
        synthesis.submitted_at = None
    if submit and synthesis.submitted_at is None:
        synthesis.submitted_at = timezone.now()
    synthesis.save()
    if submit:
        if is_needed(room):
            begin(room, by=by, edition=synthesis.edition)
        note(room, "synthesis", by=by.member, step=room.step)
        tell_others(room, by)
    else:
        stir(room)
    return synthesis


@transaction.atomic
def sign(by: Seat, synthesis: Synthesis, *, seen: int) -> None:
    """Sign the synthesis as the page showed it. ValidationError when its words changed meanwhile."""
    room, by = _present(by)
    synthesis = Synthesis.objects.get(pk=room.pk)
    if not permissions.can_sign(by, synthesis):
        raise PermissionDenied
    if synthesis.edition != seen:
        raise ValidationError(_("Les mots ont changé entre-temps : relisez-les avant de signer."))
    Signature.objects.update_or_create(
        synthesis=synthesis, mark=by.mark, defaults={"edition": seen, "signed_at": timezone.now()}
    )
    note(room, "signed", step=room.step)


@transaction.atomic
def unsign(by: Seat, synthesis: Synthesis) -> None:
    """Take one's signature back, as long as the synthesis has not left the room."""
    room, by = _present(by)
    synthesis = Synthesis.objects.get(pk=room.pk)
    if not permissions.can_sign(by, synthesis) or synthesis.promoted_at is not None:
        raise PermissionDenied
    Signature.objects.filter(synthesis=synthesis, mark=by.mark).delete()
    stir(room)


@transaction.atomic
def refuse(by: Seat, synthesis: Synthesis, reason: str = "", *, back: bool = False) -> None:
    """Keep the synthesis inside the room (the narrator's veto), or lift that. No reason is owed."""
    room, by = _present(by)
    synthesis = Synthesis.objects.get(pk=room.pk)
    if not permissions.can_refuse(by, synthesis):
        raise PermissionDenied
    synthesis.refused_at = None if back else timezone.now()
    synthesis.refusal = "" if back else wording.tidy(reason)[:REFUSAL_LENGTH]
    synthesis.save(update_fields=["refused_at", "refusal"])
    note(room, "lifted" if back else "refused", step=room.step)


@transaction.atomic
def promote(by: Seat, synthesis: Synthesis) -> Draft:
    """Begin the draft of a sheet from the synthesis: its words and where it comes from, never from whom.

    The draft is its writer's; nothing is published by this act. PermissionDenied until all have signed, or
    when the narrator refused.
    """
    room, by = _present(by)
    synthesis = Synthesis.objects.get(pk=room.pk)
    seats = present_seats(room)
    if not permissions.can_promote(by, synthesis, seats):
        raise PermissionDenied
    data = {"problem": synthesis.text, "kind": "sheet", "_step": 1, MARK: True} | comes_from(room, seats)
    draft = save_draft(by.member, pk=uuid.uuid4(), kind=KIND, language=room.language, data=data).draft
    synthesis.promoted_at = timezone.now()
    synthesis.save(update_fields=["promoted_at"])
    note(room, "promoted", step=room.step)
    return draft


def present_seats(room: Room) -> list[Seat]:
    """Return who sits there, ready to tell their marks."""
    seats = list(room.seats.present().select_related("member"))
    for seat in seats:
        seat.room = room
    return seats


def comes_from(room: Room, seats: list[Seat]) -> dict[str, object]:
    """Return what the draft, and then the sheet, says of where it comes from: the method, the month, how many
    CPAS sat there. Nothing in it leads back to the room.
    """
    names = room.method.names
    return mark_of(
        Provenance.Source.ROOM,
        day=timezone.localdate(room.closed_at),
        method=(names.fr, names.nl),
        cpas=len({seat.member.cpas_id for seat in seats if seat.member.cpas_id}),
    )


def register_beginning() -> None:
    """Tell the writing of sheets what to do with a draft that comes from a room (from AppConfig.ready)."""
    register(
        Beginning(
            mark=MARK, finish=provenance.keep, beside="practices/comes_from.html", context=provenance.beside
        )
    )
