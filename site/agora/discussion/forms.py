"""The forms of a discussion. What is typed is checked by the acts themselves (actions.py, text.py)."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .actions import REASON_LENGTH, outcomes_for
from .models import Decision, Report
from .text import clean_text

StrOrPromise = str | Promise


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
    """Why something that was removed should come back; each room says of what it speaks."""

    LABEL: StrOrPromise = _("Pourquoi le message devrait revenir")
    REQUIRED: StrOrPromise = _("Dites en une phrase pourquoi le message devrait revenir.")
    use_required_attribute = False
    words = Sentence(widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs) -> None:
        """Call the field as its room does."""
        super().__init__(*args, **kwargs)
        self.fields["words"].label = self.LABEL
        self.fields["words"].error_messages["required"] = self.REQUIRED


class DecisionForm(forms.Form):
    """What becomes of something that was reported; each room says what, and who reads why."""

    WORDS: Mapping[str, StrOrPromise] = {}
    AGAIN: StrOrPromise = ""  # « leave it removed », where it is
    WHO_READS: StrOrPromise = ""
    STALE: StrOrPromise = ""
    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("Votre décision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une décision.")},
    )
    reason = Sentence(label=_("Motif"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, outcomes: Iterable[str] = (), is_removed: bool = False, **kwargs) -> None:
        """Offer what can be decided about it as it stands."""
        super().__init__(*args, **kwargs)
        words = {**self.WORDS, **({"removed": self.AGAIN} if is_removed and self.AGAIN else {})}
        outcome = self.fields["outcome"]
        outcome.choices = [(each, words[each]) for each in outcomes]
        outcome.error_messages["invalid_choice"] = self.STALE
        self.fields["reason"].help_text = self.WHO_READS


class ModerationForm(DecisionForm):
    """What becomes of a message."""

    WORDS = {
        Decision.Outcome.KEPT: _("Garder le message"),
        Decision.Outcome.REMOVED: _("Retirer le message"),
        Decision.Outcome.RESTORED: _("Remettre le message à sa place"),
        Decision.Outcome.CLOSED: _("Laisser comme c’est et clore les signalements"),
    }
    WHO_READS = _("Si vous retirez le message, qui l’a écrit lira ce motif ; qui l’a signalé, aussi.")
    STALE = _("Quelqu’un d’autre a décidé entre-temps. Relisez le message, puis choisissez.")

    def __init__(self, *args, comment, **kwargs) -> None:
        """Offer what can be decided about this message as it stands."""
        super().__init__(*args, outcomes=outcomes_for(comment), **kwargs)


def focus_on_error(form: forms.Form) -> None:
    """Put the cursor in the first field to repair, and nowhere else, also without a script."""
    wrong = next((name for name in form.fields if name in form.errors), None)
    if wrong is not None:
        for field in form.fields.values():
            field.widget.attrs.pop("autofocus", None)
        form.fields[wrong].widget.attrs["autofocus"] = True
