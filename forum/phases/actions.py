"""The acts that move a room from one phase to the next. Each locks the room, checks, changes, notes, tells.

A blind phase opens when all who write in it have written, when its date has passed, or when the animateur
closes it: always for everybody at once, and for good.
"""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.notices import send_to

from ..methods.definition import NARRATOR
from ..models import Contribution, PhaseRun, Room, RoomDraft, Seat
from ..rooms import calendar
from ..rooms.actions import locked, tell_others
from ..rooms.events import note
from ..rooms.permissions import can_lead

REASON_LENGTH = 300
MOST_DAYS = 30
State = Room.State
WITHOUT_REASON = "without-reason"  # code of the error: a phase is skipped, and nobody says why


def run_of(room: Room, step: int | None = None) -> PhaseRun:
    """Return the row of a phase (by default the one under way)."""
    return room.runs.get(number=room.step if step is None else step)


def writers_of(room: Room) -> list[Seat]:
    """Return who is expected to write in the phase under way."""
    return [seat for seat in room.seats.present() if seat.role in room.phase.writers]


def written_by(run: PhaseRun) -> set[str]:
    """Return the marks of those who wrote in a phase. For acts only: a page shows how many, never who."""
    return set(
        Contribution.objects.filter(run=run, withdrawn_at__isnull=True, parent__isnull=True).values_list(
            "mark", flat=True
        )
    )


def settle(room: Room, now: datetime | None = None) -> bool:
    """Open the blind phase under way if its time has come; return whether it was. The room's row is locked.

    Its time: everybody expected has written, or its date has passed.
    """
    if room.state != State.OPEN or not room.phase.is_sealed:
        return False
    run, now = run_of(room), now or timezone.now()
    if run.unsealed_at is not None:
        return False
    for seat in (expected := writers_of(room)):
        seat.room = room
    everybody = bool(expected) and {seat.mark for seat in expected} <= written_by(run)
    if not everybody and run.due_at > now:
        return False
    unseal(run, now)
    note(room, "unsealed", step=room.step)
    tell_others(room, None)
    return True


@transaction.atomic
def settle_due(room: Room) -> bool:
    """Do the same for a room that nobody holds: what `run_due` and each visit call."""
    return settle(locked(room))


def unseal(run: PhaseRun, now: datetime) -> None:
    """Open a blind phase, for everybody at once and for good. The room's row is locked."""
    from ..talk.vouching import vouch_opened  # writing stands above the phases

    run.unsealed_at = now
    run.save(update_fields=["unsealed_at"])
    vouch_opened(run)


@transaction.atomic
def advance(by: Seat, *, from_step: int, reason: str = "") -> Room:
    """Close the phase under way and open the next one (after the last one, the room closes).

    `from_step`: the phase that the page showed, so that two clicks do not skip one. A phase in which nobody
    wrote is skipped: `reason` says why. PermissionDenied for who does not lead; ValidationError without a
    reason, or when the group has not chosen its narrative yet.
    """
    room = _led(by, from_step)
    run, now = run_of(room), timezone.now()
    skipped = not is_lived(room, run)
    reason = _short(reason)
    if skipped and not reason:
        said = _("Dites en une phrase pourquoi vous passez cette phase : la salle le lira.")
        raise ValidationError(said, code=WITHOUT_REASON)
    is_choice = room.phase.kind == "choice" and room.method.has("narrative") and not skipped
    if is_choice and not Contribution.objects.filter(room=room, is_chosen=True).exists():
        raise ValidationError(_("Retenez d’abord un récit parmi les propositions."))
    if run.contributions.filter(is_held=True, withdrawn_at__isnull=True).exists():
        raise ValidationError(
            _("Le récit attend sa seconde lecture. Attendez la réponse, ou passez outre en disant pourquoi.")
        )
    if run.is_sealed and run.unsealed_at is None:
        unseal(run, now)
    run.closed_at, run.skipped_because = now, reason if skipped else ""
    run.save(update_fields=["closed_at", "skipped_because"])
    RoomDraft.objects.filter(run=run).delete()
    note(room, "skipped" if skipped else "closed-phase", by=by.member, step=room.step, reason=reason)
    if room.is_last_step:
        from ..rooms.actions import finish

        return finish(room, by=by.member)
    return _go(room, room.step + 1, by)


def _go(room: Room, step: int, by: Seat) -> Room:
    """Open a phase; the dates of those that follow move when it would begin after its own end."""
    now = timezone.now()
    room.step = step
    room.save(update_fields=["step"])
    live = room.pace == Room.Pace.LIVE
    runs = list(room.runs.filter(number__gte=step))
    until = runs[0].due_at
    if live or until <= now:
        until = calendar.end_of(room.phase, now, live=live)
    runs[0].due_at = until
    runs[0].opened_at, runs[0].closed_at, runs[0].skipped_because = now, None, ""
    for run in runs[1:]:
        if live or run.due_at <= until:
            run.due_at = calendar.end_of(room.method.phases[run.number], until, live=live)
        until = run.due_at
    PhaseRun.objects.bulk_update(runs, ["due_at", "opened_at", "closed_at", "skipped_because"])
    note(room, "phase", by=by.member, step=step)
    tell_others(room, by)
    return room


@transaction.atomic
def reopen(by: Seat, step: int, *, reason: str) -> Room:
    """Go back to an earlier phase; what was unsealed stays so. PermissionDenied, or ValidationError without a
    reason or for a phase that is not behind.
    """
    room = _led(by)
    if not 0 <= step < room.step:
        raise ValidationError(_("Cette phase n’est pas derrière vous."))
    if not (reason := _short(reason)):
        raise ValidationError(
            _("Dites en une phrase pourquoi vous revenez à cette phase : la salle le lira.")
        )
    room.runs.filter(number=room.step).update(opened_at=None)
    note(room, "reopened", by=by.member, step=step, reason=reason)
    return _go(room, step, by)


@transaction.atomic
def extend(by: Seat, days: int) -> PhaseRun:
    """Give the phase under way some more working days (minutes in a live room).

    PermissionDenied for who does not lead; ValidationError for an odd number, or a blind phase already open.
    """
    room = _led(by)
    run = run_of(room)
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(_("Choisissez de un à trente jours."))
    if run.unsealed_at is not None:
        raise ValidationError(_("Les textes sont déjà ouverts : rouvrir le tour le rendrait moins libre."))
    start = max(run.due_at, timezone.now())
    live = room.pace == Room.Pace.LIVE
    run.due_at = start + timedelta(minutes=days) if live else calendar.working_day(start, days)
    run.save(update_fields=["due_at"])
    until = run.due_at
    for later in room.runs.filter(number__gt=room.step):
        if later.due_at <= until:
            later.due_at = calendar.end_of(room.method.phases[later.number], until, live=live)
            later.save(update_fields=["due_at"])
        until = later.due_at
    note(room, "extended", by=by.member, step=room.step)
    return run


@transaction.atomic
def nudge(by: Seat) -> None:
    """Send one reminder to those who have not written in this phase; once a phase, and to nobody in sight.

    Whoever nudges does not learn to whom it went, nor to how many. PermissionDenied for who does not lead;
    ValidationError when it was done already.
    """
    room = _led(by)
    if room.events.filter(code="nudged", step=room.step, at__gte=run_of(room).opened_at).exists():
        raise ValidationError(_("Le rappel de cette phase est déjà parti."))
    done = written_by(run_of(room))
    for seat in writers_of(room):
        seat.room = room
        if seat.mark not in done and seat.pk != by.pk:
            transaction.on_commit(lambda member=seat.member: send_to(member, "forum/news"), robust=True)
    note(room, "nudged", by=by.member, step=room.step)


@transaction.atomic
def choose(by: Seat, proposal: Contribution) -> Contribution:
    """Keep one proposal as the story to analyse: its author becomes the narrator.

    PermissionDenied for who does not lead, outside the choice, or when its author has gone.
    """
    room = _led(by)
    if room.phase.kind != "choice" or proposal.room_id != room.pk or proposal.is_gone:
        raise PermissionDenied
    if proposal.kind != Contribution.Kind.PROPOSAL:
        raise PermissionDenied
    seats = list(room.seats.present().select_related("member"))
    for seat in seats:
        seat.room = room
    narrator = next((seat for seat in seats if seat.mark == proposal.mark), None)
    if narrator is None:
        raise ValidationError(_("La personne qui a proposé ce récit n’est plus dans la salle."))
    Contribution.objects.filter(room=room, is_chosen=True).update(is_chosen=False)
    Contribution.objects.filter(pk=proposal.pk).update(is_chosen=True)
    room.seats.filter(role=NARRATOR).exclude(pk=narrator.pk).update(role=Seat.Role.PARTICIPANT)
    _hand_over(room, narrator, seats)
    note(room, "chosen", by=by.member, about=narrator.member, step=room.step)
    return proposal


def _hand_over(room: Room, narrator: Seat, seats: list[Seat]) -> None:
    """Make somebody the narrator; a role that they held goes to the substitute or to a participant."""
    held = narrator.role
    narrator.role = Seat.Role.NARRATOR
    narrator.save(update_fields=["role"])
    if held not in (Seat.Role.ANIMATEUR, Seat.Role.RAPPORTEUR):
        return
    wanted = (Seat.Role.SUBSTITUTE, Seat.Role.PARTICIPANT)
    free = sorted(
        (s for s in seats if s.role in wanted and s.pk != narrator.pk), key=lambda s: wanted.index(s.role)
    )
    if free:
        free[0].role = held
        free[0].save(update_fields=["role"])
        note(room, f"role-{held}", about=free[0].member)


def is_lived(room: Room, run: PhaseRun) -> bool:
    """Say whether somebody did what the phase is for; one that is not lived is skipped with a reason."""
    kind = room.phase.kind
    if kind == "board":
        return room.statements.filter(removed_at__isnull=True).exists()
    if kind == "perspectives":
        return room.perspectives.filter(removed_at__isnull=True).exists()
    if kind == "synthesis":
        return hasattr(room, "synthesis") and room.synthesis.submitted_at is not None
    if kind == "cards":
        return any(seat.card for seat in room.seats.present())
    if kind == "choice" and Contribution.objects.filter(room=room, is_chosen=True).exists():
        return True
    return run.contributions.filter(withdrawn_at__isnull=True).exists()


def _led(by: Seat, from_step: int | None = None) -> Room:
    room = locked(by.room)
    if not can_lead(by) or room.state != State.OPEN:
        raise PermissionDenied
    if from_step is not None and from_step != room.step:
        raise ValidationError(_("La salle est déjà passée à la phase suivante."))
    by.room = room
    return room


def _short(reason: str) -> str:
    reason = " ".join(reason.replace("\x00", "").split())
    if len(reason) > REASON_LENGTH:
        raise ValidationError(_("Dites-le en moins de 300 signes."))
    return reason
