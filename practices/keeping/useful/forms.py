"""The word that may go with « utile »."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agora.richtext.plain import one_line

from ...models import Useful

WORD_LENGTH = Useful._meta.get_field("word").max_length


class WordForm(forms.Form):
    """One optional line."""

    word = forms.CharField(
        label=_("Un mot à qui tient la fiche"),
        required=False,
        max_length=WORD_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ce que vous en avez fait, ce qui vous a aidé : 300 caractères."),
    )

    def clean_word(self) -> str:
        """Return the word without signs that are no text."""
        return one_line(self.cleaned_data["word"])
