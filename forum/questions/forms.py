"""The forms of questions. What is written is checked by the acts themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agora.discussion.forms import AppealForm as MessageAppealForm
from agora.discussion.forms import AsTyped
from agora.discussion.forms import DecisionForm as MessageDecisionForm
from agora.vocabulary import lists
from agora.vocabulary.models import Theme

from ..models import QuestionReport

WRITE_A_WORD = {"required": _("Écrivez au moins un mot avant d’envoyer.")}


class TitleForm(forms.Form):
    """The words of a question."""

    use_required_attribute = False
    title = AsTyped(
        label=_("Votre question"),
        error_messages=WRITE_A_WORD,
        help_text=_(
            "En une phrase, comme vous la poseriez à un ancien."
            " Sans nom ni détail qui ferait reconnaître quelqu’un."
        ),
        widget=forms.TextInput(attrs={"id": "title", "autocomplete": "off"}),
    )
    text = AsTyped(
        label=_("Ce qu’il faut savoir pour répondre"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AskForm(TitleForm):
    """A question to ask: its words, its themes, its language, under one's name or not."""

    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label=_("Thèmes"),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Le référent du thème sera prévenu. Un suffit souvent."),
        error_messages={
            "required": _("Choisissez au moins un thème : c’est lui qui trouve le référent."),
            "invalid_choice": _(
                "« %(value)s » n’est pas dans la liste. Choisissez parmi les thèmes proposés."
            ),
        },
    )
    language = forms.ChoiceField(
        label=_("Langue de la question"), choices=[("fr", "Français"), ("nl", "Nederlands")]
    )
    sign = forms.ChoiceField(
        label=_("Signature"),
        choices=[("name", _("Sous mon nom")), ("quiet", _("Sans mon nom"))],
        widget=forms.RadioSelect,
        initial="name",
    )

    def __init__(self, *args, **kwargs) -> None:
        """Offer the themes in use."""
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.filter(is_active=True)


class AddForm(forms.Form):
    """Something to add to what one asked."""

    use_required_attribute = False
    text = AsTyped(
        label=_("Précision"),
        error_messages=WRITE_A_WORD,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealForm(MessageAppealForm):
    """Why a removed question should come back."""

    LABEL = _("Pourquoi la question devrait revenir")
    REQUIRED = _("Dites en une phrase pourquoi la question devrait revenir.")


class DecisionForm(MessageDecisionForm):
    """What becomes of a question."""

    WORDS = {
        QuestionReport.Outcome.KEPT: _("Garder la question"),
        QuestionReport.Outcome.REMOVED: _("Retirer la question"),
        QuestionReport.Outcome.RESTORED: _("Remettre la question à sa place"),
    }
    AGAIN = _("Ne pas la remettre")
    WHO_READS = _("Qui l’a posée lira ce motif ; qui l’a signalée, aussi.")
    STALE = _("Quelqu’un d’autre a décidé entre-temps. Relisez la question, puis choisissez.")


def theme_choices() -> list[tuple[str, str]]:
    """Return the themes that a list can be filtered by."""
    return [(theme.slug, theme.name) for theme in lists.themes().offered]
