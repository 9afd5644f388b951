"""The forms of reading lists."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agora.richtext.plain import one_line

from ...models import ReadingItem, ReadingList

NOTE_LENGTH = ReadingItem._meta.get_field("note").max_length


class ListForm(forms.ModelForm):
    """A list: its title, why it exists, who may read it."""

    class Meta:
        model = ReadingList
        fields = ("title", "note", "audience")
        widgets = {"audience": forms.RadioSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = ReadingList.Audience.choices
        self.fields["title"].label = _("Titre")
        self.fields["note"].label = _("En une phrase")
        self.fields["audience"].label = _("Qui peut lire cette liste ?")

    def clean_title(self) -> str:
        """Return the title on one line."""
        if title := one_line(self.cleaned_data["title"]):
            return title
        raise ValidationError(_("Donnez un titre à cette liste."))

    def clean_note(self) -> str:
        """Return the sentence on one line."""
        return one_line(self.cleaned_data["note"])


class KeepForm(forms.Form):
    """In which of one's lists a sheet is."""

    lists = forms.ModelMultipleChoiceField(
        ReadingList.objects.none(), label=_("Dans"), required=False, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(
        label=_("Une nouvelle liste"), required=False, max_length=120, help_text=_("Donnez-lui un titre.")
    )
    note = forms.CharField(label=_("Pourquoi la garder"), required=False, max_length=NOTE_LENGTH)

    def __init__(self, *args, owner, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lists"].queryset = ReadingList.objects.filter(owner=owner)

    def clean(self) -> dict:
        """Tidy the two texts."""
        cleaned = super().clean()
        for name in ("title", "note"):
            cleaned[name] = one_line(cleaned.get(name) or "")
        return cleaned


class NoteForm(forms.Form):
    """Why a sheet is in a list."""

    note = forms.CharField(required=False, max_length=NOTE_LENGTH)

    def clean_note(self) -> str:
        """Return the note on one line."""
        return one_line(self.cleaned_data["note"])
