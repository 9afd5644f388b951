"""The one form of a reviewer: why not. Kind words are offered, so that saying no takes a minute."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import ANSWER_LENGTH

OWN_WORDS = "own"
FORMULAS = {
    "said": _(
        "Merci. La fiche le dit déjà, en d’autres mots : relisez-la, "
        "et dites-nous s’il manque encore quelque chose."
    ),
    "variant": _(
        "Merci. Ici, la pratique se fait autrement. "
        "Ce que vous racontez mérite sa propre fiche, comme variante."
    ),
    "again": _(
        "Merci. La fiche a changé entre-temps. Reprenez votre proposition à partir du texte d’aujourd’hui."
    ),
}


class DeclineForm(forms.Form):
    """A formula, words of one's own, or both."""

    formula = forms.ChoiceField(
        label=_("Votre réponse"),
        widget=forms.RadioSelect,
        required=False,
        choices=[*FORMULAS.items(), (OWN_WORDS, _("Mes propres mots, ci-dessous."))],
        initial=OWN_WORDS,
    )
    reason = forms.CharField(
        label=_("Vos mots"),
        required=False,
        help_text=_("Une ou deux phrases : ce qui ne va pas encore, et ce qui irait."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": ANSWER_LENGTH}),
    )

    def said(self) -> str:
        """Return the whole answer, after `is_valid`; empty when nothing was chosen nor written."""
        formula = FORMULAS.get(self.cleaned_data["formula"], "")
        return "\n".join(filter(None, [str(formula), self.cleaned_data["reason"].strip()]))
