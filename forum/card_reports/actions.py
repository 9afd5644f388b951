"""The acts about cards of the board that should not stand: report, appeal, decide (see reports.cases)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import CardReport, Statement
from ..reports.cases import Case, Outcome
from . import permissions


def _read_again(pk: Any) -> Statement:
    return Statement.objects.get(pk=pk)


def _remove(card: Statement, reason: str) -> None:
    card.removed_at, card.removal_reason = timezone.now(), reason
    card.save(update_fields=["removed_at", "removal_reason"])


def _restore(card: Statement) -> None:
    card.removed_at, card.removal_reason = None, ""
    card.save(update_fields=["removed_at", "removal_reason"])


CARDS = Case(
    reports=CardReport,
    target="card",
    related="card",
    find=_read_again,
    permissions=permissions,
    remove=_remove,
    restore=_restore,
    events={
        Outcome.KEPT: "report-read",
        Outcome.REMOVED: "card-removed",
        Outcome.RESTORED: "card-restored",
    },
    no_appeal=_("Dites en une phrase pourquoi la carte devrait revenir."),
    moved=_("Quelqu’un d’autre a décidé entre-temps. Relisez la carte, puis choisissez."),
    no_reason=_("Dites pourquoi : la salle lira ce motif."),
)
report, appeal, decide = CARDS.report, CARDS.appeal, CARDS.decide
outcomes_for, waiting_for = CARDS.outcomes_for, CARDS.waiting_for
