"""The forms of a discussion. What is typed is checked by the acts themselves (actions.py, text.py)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .actions import REASON_LENGTH, outcomes_for
from .models import Decision, Report
from .text import clean_text


class AsTyped(forms.CharField):
    """A text that accepts everything: no browser limit that would cut a paste in silence, no error on NUL."""

    def to_python(self, value: object) -> str:
        """Return the text without NUL, which no database of ours keeps."""
        return super().to_python(value).replace("\x00", "")


class MessageForm(forms.Form):
    """A message, an answer, or the correction of one."""

    use_required_attribute = False
    text = AsTyped(
        label=_("Votre message"), required=True, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args, label: str = "", **kwargs) -> None:
        """Take another name for the text, where it is no mere message."""
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label = label or field.label
        field.error_messages["required"] = _("Écrivez au moins un mot avant d’envoyer.")
        field.widget.attrs |= {"autofocus": True, "data-compose": True}

    def clean_text(self) -> str:
        """Check the text as the act will."""
        return clean_text(self.cleaned_data["text"])


class Sentence(AsTyped):
    """A few words of explanation, refused beyond REASON_LENGTH rather than cut."""

    def validate(self, value: str) -> None:
        """Say how long it may be."""
        super().validate(value)
        if len(value) > REASON_LENGTH:
            raise ValidationError(_("Dites-le en moins de 500 caractères."))


class ReportForm(forms.Form):
    """Why a message should be looked at."""

    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("Qu’est-ce qui ne va pas ?"),
        choices=[each for each in Report.Reason.choices if each[0] != Report.Reason.APPEAL],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un motif dans la liste."),
            "invalid_choice": _("Choisissez un motif dans la liste."),
        },
    )
    explanation = Sentence(label=_("En une phrase"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AppealForm(forms.Form):
    """Why a removed message should come back."""

    use_required_attribute = False
    words = Sentence(
        label=_("Pourquoi le message devrait revenir"),
        error_messages={"required": _("Dites en une phrase pourquoi le message devrait revenir.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ModerationForm(forms.Form):
    """What becomes of a message."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("Votre décision"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une décision."),
            "invalid_choice": _(
                "Quelqu’un d’autre a décidé entre-temps. Relisez le message, puis choisissez."
            ),
        },
    )
    reason = Sentence(
        label=_("Motif"),
        required=False,
        help_text=_("Si vous retirez le message, son auteur lira ce motif."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    WORDS = {
        Decision.Outcome.KEPT: _("Garder le message"),
        Decision.Outcome.REMOVED: _("Retirer le message"),
        Decision.Outcome.RESTORED: _("Remettre le message à sa place"),
        Decision.Outcome.CLOSED: _("Laisser comme c’est et clore les signalements"),
    }

    def __init__(self, *args, comment, **kwargs) -> None:
        """Offer what can be decided about this message as it stands."""
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(each, self.WORDS[each]) for each in outcomes_for(comment)]
