"""Form fields that several forms about people share."""

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from .validators import check_name


class NameField(forms.CharField):
    """A first or last name: at most 60 characters, spaces tidied."""

    def __init__(self, *, autocomplete: str, **options) -> None:
        widget = forms.TextInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=60, widget=widget, validators=[check_name], **options)

    def to_python(self, value):
        return " ".join((super().to_python(value) or "").split())


class ChoiceOf(forms.ModelChoiceField):
    """One row of a vocabulary, in the alphabet of the reader's language (or the editors' order)."""

    def __init__(self, model, **options) -> None:
        self.model = model
        super().__init__(queryset=model.objects.none(), **options)

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.offer()
        return copy

    def offer(self, current: int | str | None = None) -> None:
        """Offer the words in use, and the one that stands there now even if it is no longer proposed."""
        rows = self.model.objects.all()
        if hasattr(self.model, "is_active"):
            rows = rows.filter(Q(is_active=True) | Q(pk=current))
        else:
            rows = rows.order_by("name_nl" if (get_language() or "fr").startswith("nl") else "name_fr")
        self.queryset = rows


class LanguageField(forms.ChoiceField):
    """The language of the interface, named in itself."""

    def __init__(self, **options) -> None:
        super().__init__(choices=settings.LANGUAGES, widget=forms.RadioSelect, **options)


class ReasonField(forms.CharField):
    """Why somebody is refused or suspended, in at most 500 characters."""

    def __init__(self, **options) -> None:
        super().__init__(max_length=500, widget=forms.Textarea(attrs={"rows": 4}), **options)
