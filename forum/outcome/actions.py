"""The acts that conclude a room. Each locks the room, checks, changes, notes what it should know."""

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from agora.richtext.numbers import in_letters
from practices.drafting import KIND

from ..models import Perspective, Room, Seat, Signature, Synthesis
from ..rereading.actions import begin
from ..rereading.permissions import is_needed
from ..rooms.actions import locked, tell_others
from ..rooms.events import note, stir
from ..talk import wording
from . import permissions

WORDS_LENGTH, CARRIER_LENGTH, OUTCOME_LENGTH, REFUSAL_LENGTH = 800, 200, 1500, 500
MOST_PERSPECTIVES = 30


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


@transaction.atomic
def plan(by: Seat, words: str, *, level: str, carried_by: str, horizon: date | None = None) -> Perspective:
    """Add something to do. PermissionDenied outside its time; ValidationError for its words or its level."""
    room, by = _present(by)
    if not permissions.can_plan(by):
        raise PermissionDenied
    if room.perspectives.filter(removed_at__isnull=True).count() >= MOST_PERSPECTIVES:
        raise ValidationError(_("Trente perspectives, c’est déjà plus qu’un groupe n’en tient."))
    made = Perspective.objects.create(room=room, horizon=horizon, **_checked(words, level, carried_by))
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
    if not back:
        note(room, "refused", step=room.step)


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
    data = {"problem": synthesis.text, "conditions": provenance(room, seats), "kind": "sheet", "_step": 1}
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


def provenance(room: Room, seats: list[Seat]) -> str:
    """Say where a sheet comes from, in the room's language: the method, the year, how many people."""
    people, cpas = len(seats), len({seat.member.cpas_id for seat in seats if seat.member.cpas_id})
    with override(room.language):
        day = timezone.localtime(room.closed_at or timezone.now())
        facts = {
            "method": str(room.method.names),
            "year": day.year,
            "people": ngettext("%(n)s personne", "%(n)s personnes", people)
            % {"n": in_letters(people, feminine=True)},
            "cpas": in_letters(cpas),
        }
        return _("*D’une salle d’intervision (%(method)s, %(year)s) : %(people)s, %(cpas)s CPAS.*") % facts
