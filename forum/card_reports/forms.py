"""The forms about a card of the board that should not stand. What is written is checked by the acts."""

from django.utils.translation import gettext_lazy as _

from ..models import CardReport
from ..reports import forms as of_texts


class AppealForm(of_texts.AppealForm):
    """Why a removed card should come back."""

    LABEL = _("Pourquoi la carte devrait revenir")
    REQUIRED = _("Dites en une phrase pourquoi la carte devrait revenir.")


class DecisionForm(of_texts.DecisionForm):
    """What becomes of a card."""

    WORDS = {
        CardReport.Outcome.KEPT: _("Garder la carte"),
        CardReport.Outcome.REMOVED: _("Retirer la carte"),
        CardReport.Outcome.RESTORED: _("Remettre la carte au tableau"),
    }
    AGAIN = _("Ne pas la remettre")
    WHO_READS = _("Si vous retirez la carte, toute la salle lira ce motif.")
    STALE = _("Quelqu’un d’autre a décidé entre-temps. Relisez la carte, puis choisissez.")
