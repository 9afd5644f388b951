"""The acts about what should not stand in a room: report, appeal, decide. One rule for texts and cards.

A name of its own because both have them: `reports.actions` holds the case of texts, `card_reports.actions`
that of cards, each with who may (its permissions) and what removing means.

Letters say « something new in a room » and go to the whole room once something is decided: one to the author
or to who reported alone would tell whoever sits beside them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agora.discussion.models import Report

from ..models import Room, Seat
from ..models.reports import Reported
from ..rooms.actions import locked, tell, tell_others
from ..rooms.events import note

REASON_LENGTH = 500  # characters
Outcome = Reported.Outcome
REASONS = [each for each in Report.Reason.choices if each[0] != Report.Reason.APPEAL]


@dataclass(frozen=True, slots=True)
class Case:
    """What can be reported in a room.

    `reports`: the model of its reports; `target`: their field that names it, `related`: what is read along;
    `find`: reads it again by its key; `permissions`: a module with `can_report`, `can_appeal`, `can_decide`.
    `remove(it, reason)` and `restore(it)` change it and save; `events`: what the journal says, by outcome.
    `no_appeal`, `moved`, `no_reason`: what is said to an appeal without words, a decision about what another
    one moved, a removal without a reason.
    """

    reports: type[Reported]
    target: str
    related: str
    find: Callable[[Any], Any]
    permissions: ModuleType
    remove: Callable[[Any, str], None]
    restore: Callable[[Any], None]
    events: Mapping[str, str]
    no_appeal: Promise
    moved: Promise
    no_reason: Promise

    @transaction.atomic
    def report(self, by: Seat, it: Any, reason: str, explanation: str = "") -> Reported:
        """Ask that it be read again by the two people who decide in the room; sent again, it corrects the
        report, or opens it anew. PermissionDenied for what the holder of the seat may not report.
        """
        room, by, it = self._present(by, it)
        if not self.permissions.can_report(by, it):
            raise PermissionDenied
        if reason not in dict(REASONS):
            raise ValidationError(_("Choisissez un motif dans la liste."))
        words = {"reason": reason, "explanation": short(explanation), "made_on": timezone.localdate()}
        undecided = {"outcome": "", "decision": "", "decided_mark": "", "decided_on": None}
        made, _new = self.reports.objects.update_or_create(
            **{self.target: it}, mark=by.mark, is_appeal=False, defaults=words | undecided
        )
        self._call_bench(room, made)
        return made

    @transaction.atomic
    def appeal(self, by: Seat, it: Any, words: str) -> Reported:
        """Ask, once, that somebody else look again at a removal.

        PermissionDenied for who may not; ValidationError without a word of why.
        """
        room, by, it = self._present(by, it)
        if not self.permissions.can_appeal(by, it):
            raise PermissionDenied
        words = short(words)
        if not words:
            raise ValidationError(self.no_appeal)
        made = self.reports.objects.create(
            **{self.target: it}, mark=by.mark, reason=Report.Reason.APPEAL, explanation=words, is_appeal=True
        )
        self._call_bench(room, made)
        return made

    @staticmethod
    def outcomes_for(it: Any) -> tuple[Outcome, ...]:
        """Return what can be decided as it stands; an appeal that is declined leaves it removed."""
        return (Outcome.RESTORED, Outcome.REMOVED) if it.removed_at else (Outcome.KEPT, Outcome.REMOVED)

    def waiting_for(self, seat: Seat, it: Any, seats: list[Seat]) -> list[Reported]:
        """Return the reports about it that the holder of a seat decides about now, the oldest first."""
        rows = it.reports.filter(outcome="").select_related(self.related)
        return [each for each in rows if self.permissions.can_decide(seat, each, seats)]

    @transaction.atomic
    def decide(self, by: Seat, it: Any, outcome: str, reason: str) -> None:
        """Keep, remove or restore it, and tell the room that something was decided.

        PermissionDenied for who does not decide; ValidationError for a removal without a reason, or when it
        moved meanwhile.
        """
        room, by, it = self._present(by, it)
        waiting = self.waiting_for(by, it, list(room.seats.present()))
        if not waiting:
            raise PermissionDenied
        reason = short(reason)
        if outcome not in self.outcomes_for(it):
            raise ValidationError(self.moved, code="stale")
        if outcome == Outcome.REMOVED and not reason:
            raise ValidationError(self.no_reason, code="reason")
        if outcome == Outcome.REMOVED and not it.removed_at:
            self.remove(it, reason)
        elif outcome == Outcome.RESTORED:
            self.restore(it)
        self.reports.objects.filter(pk__in=[each.pk for each in waiting]).update(
            outcome=outcome, decision=reason, decided_mark=by.mark, decided_on=timezone.localdate()
        )
        # Neither who decided nor about what: both would say something of who wrote it.
        note(room, self.events[outcome])
        tell_others(room, None)

    def _call_bench(self, room: Room, made: Reported) -> None:
        seats = list(room.seats.present().select_related("member"))
        made = self.reports.objects.select_related(self.related).get(pk=made.pk)
        for seat in seats:
            seat.room = room
            if self.permissions.can_decide(seat, made, seats):
                tell(room, seat)

    def _present(self, seat: Seat, it: Any) -> tuple[Room, Seat, Any]:
        """Lock the room, and read the seat and what is reported again."""
        room = locked(seat.room)
        fresh = Seat.objects.select_related("member").get(pk=seat.pk)
        fresh.room = room
        if not fresh.is_seated or not fresh.member.is_validated:
            raise PermissionDenied
        return room, fresh, self.find(it.pk)


def short(words: str) -> str:
    """Return a sentence as it is kept: cut at its longest, without signs that no page can show."""
    return words.replace("\x00", "").strip()[:REASON_LENGTH]
