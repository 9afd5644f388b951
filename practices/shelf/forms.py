"""What the page « Tenir cette fiche » asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import PracticePage


class IntervalForm(forms.Form):
    """How long the sheet stays fresh."""

    months = forms.TypedChoiceField(
        label=_("À relire tous les…"),
        coerce=int,
        choices=PracticePage.ReviewEvery.choices,
        widget=forms.RadioSelect,
        help_text=_("Plus court pour ce qui change souvent : une loi, un montant, un guichet."),
    )
