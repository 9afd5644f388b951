"""The forms about a text of a room that should not stand. What is written is checked by the acts."""

from django.utils.translation import gettext_lazy as _

from agora.discussion.forms import AppealForm as MessageAppealForm
from agora.discussion.forms import DecisionForm as MessageDecisionForm
from agora.discussion.forms import ReportForm as MessageReportForm

from ..models import RoomReport


class ReportForm(MessageReportForm):
    """Why a text should be read again: the same reasons as for a message."""


class AppealForm(MessageAppealForm):
    """Why a removed text should come back."""

    LABEL = _("Pourquoi le texte devrait revenir")
    REQUIRED = _("Dites en une phrase pourquoi le texte devrait revenir.")


class DecisionForm(MessageDecisionForm):
    """What becomes of a text."""

    WORDS = {
        RoomReport.Outcome.KEPT: _("Garder le texte"),
        RoomReport.Outcome.REMOVED: _("Retirer le texte"),
        RoomReport.Outcome.RESTORED: _("Remettre le texte à sa place"),
    }
    AGAIN = _("Ne pas le remettre")
    WHO_READS = _("Si vous retirez le texte, qui l’a écrit lira ce motif ; qui l’a signalé, aussi.")
    STALE = _("Quelqu’un d’autre a décidé entre-temps. Relisez le texte, puis choisissez.")
