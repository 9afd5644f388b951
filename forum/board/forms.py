"""The forms of the board."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import REASON_LENGTH, WORDS_LENGTH


class ConvergenceForm(forms.Form):
    """Something that brings the group together."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("Ce qui rassemble, en une phrase"),
        error_messages={"required": _("Écrivez ce qui rassemble, en une phrase.")},
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DivergenceForm(forms.Form):
    """Something that divides: a question, and two sides of equal size."""

    use_required_attribute = False
    question = forms.CharField(
        label=_("La question qui divise"),
        error_messages={"required": _("Écrivez la question qui divise.")},
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    claim_0 = forms.CharField(
        label=_("Un côté dit"),
        error_messages={"required": _("Écrivez ce que dit ce côté.")},
        max_length=WORDS_LENGTH,
    )
    reason_0 = forms.CharField(
        label=_("Parce que"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    claim_1 = forms.CharField(
        label=_("L’autre côté dit"),
        error_messages={"required": _("Écrivez ce que dit ce côté.")},
        max_length=WORDS_LENGTH,
    )
    reason_1 = forms.CharField(
        label=_("Parce que"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def sides(self) -> list[tuple[str, str]]:
        """Return the two sides as typed."""
        return [(self.cleaned_data[f"claim_{n}"], self.cleaned_data[f"reason_{n}"]) for n in (0, 1)]


class SideForm(forms.Form):
    """Other words for a side."""

    use_required_attribute = False
    claim = forms.CharField(
        label=_("Ce côté dit"),
        error_messages={"required": _("Écrivez ce que dit ce côté.")},
        max_length=WORDS_LENGTH,
    )
    reason = forms.CharField(
        label=_("Parce que"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
