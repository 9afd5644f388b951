"""The forms that conclude a room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Perspective
from .actions import CARRIER_LENGTH, OUTCOME_LENGTH, REFUSAL_LENGTH, WORDS_LENGTH


class PlanForm(forms.Form):
    """Something to do."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("Ce que l’on fera"),
        error_messages={"required": _("Écrivez ce que l’on fera.")},
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    level = forms.ChoiceField(
        label=_("Niveau"),
        error_messages={"required": _("Choisissez un niveau : politique, organisation ou pratique.")},
        choices=Perspective.Level.choices,
        widget=forms.RadioSelect,
    )
    carried_by = forms.CharField(
        label=_("Qui le porte"),
        error_messages={"required": _("Dites qui le porte : une fonction, une équipe, « nous tous ».")},
        max_length=CARRIER_LENGTH,
        help_text=_("Une fonction, une équipe, « nous tous » : pas besoin d’un nom."),
    )
    horizon = forms.DateField(
        label=_("Pour quand"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class OutcomeForm(forms.Form):
    """What came of it."""

    use_required_attribute = False
    outcome = forms.CharField(
        label=_("Qu’est-ce que ça a donné ?"),
        error_messages={"required": _("Racontez en une phrase ce que ça a donné.")},
        max_length=OUTCOME_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RefusalForm(forms.Form):
    """The narrator's veto; a reason is welcome, not owed."""

    reason = forms.CharField(label=_("Un mot au groupe"), required=False, max_length=REFUSAL_LENGTH)
