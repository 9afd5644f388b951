"""The acts about texts of a room that should not stand as they are: report, decide, appeal.

Letters say « something new in a room » and go to the whole room once something is decided: one to the author
or to who reported alone would tell whoever sits beside them.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.discussion.models import Report

from ..models import Contribution, Room, RoomReport, Seat
from ..rooms.actions import locked, tell, tell_others
from ..rooms.events import note
from ..talk.quoting import forget_quotes
from . import permissions

REASON_LENGTH = 500
Outcome = RoomReport.Outcome
REASONS = [each for each in Report.Reason.choices if each[0] != Report.Reason.APPEAL]
EVENTS = {Outcome.KEPT: "report-read", Outcome.REMOVED: "text-removed", Outcome.RESTORED: "text-restored"}


@transaction.atomic
def report(by: Seat, text: Contribution, reason: str, explanation: str = "") -> RoomReport:
    """Ask that a text be read again by the two people who decide in the room; sent again, it corrects the
    report, or opens it anew. PermissionDenied for one's own text, or one that is gone.
    """
    room, by, text = _present(by, text)
    if not permissions.can_report(by, text):
        raise PermissionDenied
    if reason not in dict(REASONS):
        raise ValidationError(_("Choisissez un motif dans la liste."))
    words = {"reason": reason, "explanation": short(explanation), "made_on": timezone.localdate()}
    undecided = {"outcome": "", "decision": "", "decided_mark": "", "decided_on": None}
    made, _new = RoomReport.objects.update_or_create(
        text=text, mark=by.mark, is_appeal=False, defaults=words | undecided
    )
    _call_bench(room, made)
    return made


@transaction.atomic
def appeal(by: Seat, text: Contribution, words: str) -> RoomReport:
    """Ask, once, that somebody else look again at the removal of one's text."""
    room, by, text = _present(by, text)
    if not permissions.can_appeal(by, text):
        raise PermissionDenied
    words = short(words)
    if not words:
        raise ValidationError(_("Dites en une phrase pourquoi le texte devrait revenir."))
    made = RoomReport.objects.create(
        text=text, mark=by.mark, reason=Report.Reason.APPEAL, explanation=words, is_appeal=True
    )
    _call_bench(room, made)
    return made


def outcomes_for(text: Contribution) -> tuple[Outcome, ...]:
    """Return what can be decided about a text as it stands; an appeal that is declined leaves it removed."""
    return (Outcome.RESTORED, Outcome.REMOVED) if text.removed_at else (Outcome.KEPT, Outcome.REMOVED)


@transaction.atomic
def decide(by: Seat, text: Contribution, outcome: str, reason: str) -> None:
    """Keep, remove or restore a text of a room, and tell the room that something was decided.

    A removed text is emptied, and its words wait in `withheld` until it comes back or the room is purged; the
    quotes of it in other texts go for good. PermissionDenied for who does not decide; ValidationError for a
    removal without a reason, which its author reads, or when the text moved meanwhile.
    """
    room, by, text = _present(by, text)
    seats = list(room.seats.present())
    waiting = [
        each
        for each in text.reports.filter(outcome="").select_related("text__run")
        if permissions.can_decide(by, each, seats)
    ]
    if not waiting:
        raise PermissionDenied
    reason = short(reason)
    if outcome not in outcomes_for(text):
        raise ValidationError(
            _("Quelqu’un d’autre a décidé entre-temps. Relisez le texte, puis choisissez."), code="stale"
        )
    if outcome == Outcome.REMOVED and not reason:
        raise ValidationError(_("Dites pourquoi : qui a écrit ce texte lira ce motif."), code="reason")
    if outcome == Outcome.REMOVED and not text.removed_at:
        _remove(text, reason)
    elif outcome == Outcome.RESTORED:
        text.text, text.withheld, text.removed_at, text.removal_reason = text.withheld, "", None, ""
        text.save(update_fields=["text", "withheld", "removed_at", "removal_reason"])
    RoomReport.objects.filter(pk__in=[each.pk for each in waiting]).update(
        outcome=outcome, decision=reason, decided_mark=by.mark, decided_on=timezone.localdate()
    )
    # Neither who decided nor which text: both would say something of who wrote it.
    note(room, EVENTS[outcome])
    tell_others(room, None)


def _remove(text: Contribution, reason: str) -> None:
    forget_quotes(text)
    text.text, text.withheld, text.removed_at, text.removal_reason = "", text.text, timezone.now(), reason
    text.save(update_fields=["text", "withheld", "removed_at", "removal_reason"])


def _call_bench(room: Room, made: RoomReport) -> None:
    seats = list(room.seats.present().select_related("member"))
    made = RoomReport.objects.select_related("text__run").get(pk=made.pk)
    for seat in seats:
        seat.room = room
        if permissions.can_decide(seat, made, seats):
            tell(room, seat)


def _present(seat: Seat, text: Contribution) -> tuple[Room, Seat, Contribution]:
    """Lock the room and read the seat and the text again."""
    room = locked(seat.room)
    fresh = Seat.objects.select_related("member").get(pk=seat.pk)
    fresh.room = room
    if not fresh.is_seated or not fresh.member.is_validated:
        raise PermissionDenied
    return room, fresh, Contribution.objects.select_related("run").get(pk=text.pk)


def short(words: str) -> str:
    """Return a sentence as it is kept: cut at its longest, without signs that no page can show."""
    return words.replace("\x00", "").strip()[:REASON_LENGTH]
