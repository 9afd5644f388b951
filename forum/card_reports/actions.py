"""The acts about cards of the board that should not stand as they are: report, decide, appeal.

As for texts (reports.actions): letters say « something new in a room » and, once something is decided, go to
the whole room.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.discussion.models import Report

from ..models import CardReport, Room, Seat, Statement
from ..reports.actions import REASONS, short
from ..rooms.actions import locked, tell, tell_others
from ..rooms.events import note
from . import permissions

Outcome = CardReport.Outcome
EVENTS = {Outcome.KEPT: "report-read", Outcome.REMOVED: "card-removed", Outcome.RESTORED: "card-restored"}


@transaction.atomic
def report(by: Seat, card: Statement, reason: str, explanation: str = "") -> CardReport:
    """Ask that a card be read again by the two people who decide in the room; sent again, it corrects the
    report, or opens it anew. PermissionDenied for one that does not lie on the board.
    """
    room, by, card = _present(by, card)
    if not permissions.can_report(by, card):
        raise PermissionDenied
    if reason not in dict(REASONS):
        raise ValidationError(_("Choisissez un motif dans la liste."))
    words = {"reason": reason, "explanation": short(explanation), "made_on": timezone.localdate()}
    undecided = {"outcome": "", "decision": "", "decided_mark": "", "decided_on": None}
    made, _new = CardReport.objects.update_or_create(
        card=card, mark=by.mark, is_appeal=False, defaults=words | undecided
    )
    _call_bench(room, made)
    return made


@transaction.atomic
def appeal(by: Seat, card: Statement, words: str) -> CardReport:
    """Ask, once for all, that somebody else look again at the removal of a card."""
    room, by, card = _present(by, card)
    if not permissions.can_appeal(by, card):
        raise PermissionDenied
    words = short(words)
    if not words:
        raise ValidationError(_("Dites en une phrase pourquoi la carte devrait revenir."))
    made = CardReport.objects.create(
        card=card, mark=by.mark, reason=Report.Reason.APPEAL, explanation=words, is_appeal=True
    )
    _call_bench(room, made)
    return made


def outcomes_for(card: Statement) -> tuple[Outcome, ...]:
    """Return what can be decided about a card as it stands; an appeal that is declined leaves it removed."""
    return (Outcome.RESTORED, Outcome.REMOVED) if card.removed_at else (Outcome.KEPT, Outcome.REMOVED)


@transaction.atomic
def decide(by: Seat, card: Statement, outcome: str, reason: str) -> None:
    """Keep, remove or restore a card, and tell the room that something was decided.

    PermissionDenied for who does not decide; ValidationError for a removal without a reason, which the room
    reads, or when the card moved meanwhile.
    """
    room, by, card = _present(by, card)
    seats = list(room.seats.present())
    rows = card.reports.filter(outcome="").select_related("card")
    waiting = [each for each in rows if permissions.can_decide(by, each, seats)]
    if not waiting:
        raise PermissionDenied
    reason = short(reason)
    if outcome not in outcomes_for(card):
        raise ValidationError(
            _("Quelqu’un d’autre a décidé entre-temps. Relisez la carte, puis choisissez."), code="stale"
        )
    if outcome == Outcome.REMOVED and not reason:
        raise ValidationError(_("Dites pourquoi : la salle lira ce motif."), code="reason")
    if outcome == Outcome.REMOVED and not card.removed_at:
        card.removed_at, card.removal_reason = timezone.now(), reason
    elif outcome == Outcome.RESTORED:
        card.removed_at, card.removal_reason = None, ""
    card.save(update_fields=["removed_at", "removal_reason"])
    CardReport.objects.filter(pk__in=[each.pk for each in waiting]).update(
        outcome=outcome, decision=reason, decided_mark=by.mark, decided_on=timezone.localdate()
    )
    note(room, EVENTS[outcome])  # neither who decided nor which card
    tell_others(room, None)


def _call_bench(room: Room, made: CardReport) -> None:
    seats = list(room.seats.present().select_related("member"))
    made = permissions.reports_in(room).get(pk=made.pk)
    for seat in seats:
        seat.room = room
        if permissions.can_decide(seat, made, seats):
            tell(room, seat)


def _present(seat: Seat, card: Statement) -> tuple[Room, Seat, Statement]:
    """Lock the room and read the seat and the card again."""
    room = locked(seat.room)
    fresh = Seat.objects.select_related("member").get(pk=seat.pk)
    fresh.room = room
    if not fresh.is_seated or not fresh.member.is_validated:
        raise PermissionDenied
    return room, fresh, Statement.objects.get(pk=card.pk)
