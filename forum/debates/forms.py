"""The forms of debates. What is written is checked by the acts themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agora.discussion.forms import AsTyped
from agora.vocabulary.models import Theme

from ..questions.forms import WRITE_A_WORD


def line(label, help_text="", *, required: bool = True) -> AsTyped:
    """Return a field of one line."""
    return AsTyped(
        label=label,
        help_text=help_text,
        required=required,
        error_messages=WRITE_A_WORD,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def text(label, help_text="", *, required: bool = False) -> AsTyped:
    """Return a field of several lines."""
    return AsTyped(
        label=label,
        help_text=help_text,
        required=required,
        strip=False,
        error_messages=WRITE_A_WORD,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WordingForm(forms.Form):
    """The question of a debate, and what the disagreement is about."""

    MAIN = "agreement"  # where the button of a name puts it
    NOT_SHOWN = ("themes", "language", "source_url")  # in a preview
    use_required_attribute = False
    question = line(_("La question"), _("Une phrase où chaque camp se reconnaît."))
    agreement = text(
        _("Sur quoi porte le désaccord"),
        _("Ce que tout le monde accorde, puis ce qui divise, dans des mots que chaque camp signerait."),
    )


class OpenForm(WordingForm):
    """A debate to open."""

    claim_0 = line(_("Une position"))
    claim_1 = line(_("Une autre position"))
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label=_("Thèmes"),
        to_field_name="slug",
        error_messages={"required": _("Choisissez au moins un thème.")},
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label=_("Langue du débat"), choices=[("fr", "Français"), ("nl", "Nederlands")]
    )

    def __init__(self, *args, **kwargs) -> None:
        """Offer the themes in use."""
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.filter(is_active=True)


class PositionForm(forms.Form):
    """One position."""

    MAIN = "detail"  # where the button of a name puts it
    NOT_SHOWN = ("themes", "language", "source_url")  # in a preview
    use_required_attribute = False
    claim = line(_("La position, en une phrase"))
    detail = text(_("Ce qu’elle soutient"), _("Dans des mots que ses partisans signeraient."))


class ArgumentForm(forms.Form):
    """One argument, with where it comes from."""

    MAIN = "text"  # where the button of a name puts it
    NOT_SHOWN = ("themes", "language", "source_url")  # in a preview
    use_required_attribute = False
    text = text(_("L’argument"), required=True)
    source = line(_("D’où cela vient"), _("Un texte, une expérience, une étude."), required=False)
    source_url = forms.URLField(
        label=_("Adresse de la source"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": _("Ce n’est pas une adresse de page, comme « https://exemple.be/texte ».")
        },
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
