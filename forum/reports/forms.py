"""The forms about a text of a room that should not stand. What is written is checked by the acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agora.discussion.forms import ReportForm as MessageReportForm
from agora.discussion.forms import Sentence

from ..models import RoomReport


class ReportForm(MessageReportForm):
    """Why a text should be read again: the same reasons as for a message."""


class AppealForm(forms.Form):
    """Why a removed text should come back."""

    use_required_attribute = False
    words = Sentence(
        label=_("Pourquoi le texte devrait revenir"),
        error_messages={"required": _("Dites en une phrase pourquoi le texte devrait revenir.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """What becomes of a text."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("Votre décision"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une décision."),
            "invalid_choice": _("Quelqu’un d’autre a décidé entre-temps. Relisez le texte, puis choisissez."),
        },
    )
    reason = Sentence(
        label=_("Motif"),
        required=False,
        help_text=_("Si vous retirez le texte, qui l’a écrit lira ce motif ; qui l’a signalé, aussi."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    WORDS = {
        RoomReport.Outcome.KEPT: _("Garder le texte"),
        RoomReport.Outcome.REMOVED: _("Retirer le texte"),
        RoomReport.Outcome.RESTORED: _("Remettre le texte à sa place"),
    }

    def __init__(self, *args, outcomes=(), is_removed: bool = False, **kwargs) -> None:
        """Offer what can be decided about this text as it stands."""
        super().__init__(*args, **kwargs)
        words = self.WORDS | ({RoomReport.Outcome.REMOVED: _("Ne pas le remettre")} if is_removed else {})
        self.fields["outcome"].choices = [(each, words[each]) for each in outcomes]
