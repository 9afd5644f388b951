"""The acts about texts of a room that should not stand as they are: report, appeal, decide (see cases.Case).

A removed text is emptied, and its words wait in `withheld` until it comes back or the room is purged; the
quotes of it in other texts go for good.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Contribution, RoomReport
from ..talk.quoting import forget_quotes
from . import permissions
from .cases import Case, Outcome


def _read_again(pk: Any) -> Contribution:
    return Contribution.objects.select_related("run").get(pk=pk)


def _remove(text: Contribution, reason: str) -> None:
    forget_quotes(text)
    text.text, text.withheld, text.removed_at, text.removal_reason = "", text.text, timezone.now(), reason
    text.save(update_fields=["text", "withheld", "removed_at", "removal_reason"])


def _restore(text: Contribution) -> None:
    text.text, text.withheld, text.removed_at, text.removal_reason = text.withheld, "", None, ""
    text.save(update_fields=["text", "withheld", "removed_at", "removal_reason"])


TEXTS = Case(
    reports=RoomReport,
    target="text",
    related="text__run",
    find=_read_again,
    permissions=permissions,
    remove=_remove,
    restore=_restore,
    events={
        Outcome.KEPT: "report-read",
        Outcome.REMOVED: "text-removed",
        Outcome.RESTORED: "text-restored",
    },
    no_appeal=_("Dites en une phrase pourquoi le texte devrait revenir."),
    moved=_("Quelqu’un d’autre a décidé entre-temps. Relisez le texte, puis choisissez."),
    no_reason=_("Dites pourquoi : qui a écrit ce texte lira ce motif."),
)
report, appeal, decide = TEXTS.report, TEXTS.appeal, TEXTS.decide
outcomes_for, waiting_for = TEXTS.outcomes_for, TEXTS.waiting_for
