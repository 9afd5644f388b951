"""The form « Demander une fiche »."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agora.richtext.plain import one_line

from ..models import SheetRequest


class RequestForm(forms.Form):
    """What should be told, and for which situation."""

    words = forms.CharField(
        label=_("Ce que vous cherchiez"),
        max_length=SheetRequest._meta.get_field("words").max_length,
        help_text=_("Quelques mots suffisent."),
    )
    why = forms.CharField(
        label=_("Pour quelle situation ?"),
        max_length=SheetRequest._meta.get_field("why").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sans nom ni détail qui ferait reconnaître quelqu’un."),
    )

    def clean_words(self) -> str:
        """Return the words on one line."""
        return one_line(self.cleaned_data["words"])

    def clean_why(self) -> str:
        """Return the situation on one line."""
        return one_line(self.cleaned_data["why"])
