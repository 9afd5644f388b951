"""The form of a method in the admin: it is saved for use only when the engine can run it from end to end."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from . import definition

ROLE_NAMES = [
    ("narrator", _("narrateur")),
    ("animateur", _("animateur")),
    ("rapporteur", _("rapporteur")),
    ("participant", _("participant")),
    ("substitute", _("animateur suppléant")),
]


class WritersField(forms.MultipleChoiceField):
    """Who writes in a phase."""

    def __init__(self, **kwargs) -> None:
        kwargs |= {"choices": ROLE_NAMES, "widget": forms.CheckboxSelectMultiple}
        super().__init__(**kwargs)


class MethodForm(WagtailAdminModelForm):
    """A method and its phases."""

    def clean(self) -> dict:
        """Refuse to offer a method that the engine could not run, with the phase where it stumbles."""
        cleaned = super().clean()
        if cleaned.get("is_offered") and self._phases_are_valid():
            try:
                definition.parse(self._document(cleaned))
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def _phases_are_valid(self) -> bool:
        return "phases" in self.formsets and self.formsets["phases"].is_valid()

    def _document(self, cleaned: dict) -> dict:
        rows = [
            row.cleaned_data
            for row in self.formsets["phases"].ordered_forms
            if row.cleaned_data and not row.cleaned_data.get("DELETE")
        ]
        texts = ("stage", "name", "says", "coach", "opening")
        plain = ("key", "kind", "writers", "is_sealed", "once", "signing", "days", "minutes", "limit")
        return {
            "slug": cleaned.get("slug", ""),
            "names": {"fr": cleaned.get("name_fr", ""), "nl": cleaned.get("name_nl", "")},
            "purpose": {"fr": cleaned.get("purpose_fr", ""), "nl": cleaned.get("purpose_nl", "")},
            "people": [cleaned.get("fewest") or 0, cleaned.get("most") or 0],
            "is_fictional": cleaned.get("is_fictional", False),
            "cards": cleaned.get("cards") or [],
            "phases": [
                {name: row.get(name) for name in plain}
                | {text: {lang: row.get(f"{text}_{lang}", "") for lang in ("fr", "nl")} for text in texts}
                for row in rows
            ],
        }
