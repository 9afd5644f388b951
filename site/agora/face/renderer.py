"""How a form field looks: label, hint, error, control, in that order; and where one lands after a refusal."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Field(forms.BoundField):
    """A field that takes the focus when it is the first one of its form to repair (face, §4 « Field »).

    Without it, whoever sends a long form from a telephone lands at the top of a page that looks unchanged.
    """

    @property
    def is_first_to_repair(self) -> bool:
        """Whether the errors of the form begin with this field."""
        first = next((name for name in self.form.errors if name in self.form.fields), None)
        return first == self.name and not self.is_hidden

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the focus to what Django says of the control; of a group, its frame takes it (field.html)."""
        attrs = super().build_widget_attrs(attrs, widget)
        if self.is_first_to_repair and not self.use_fieldset:
            attrs["autofocus"] = True
        return attrs


class FieldRenderer(TemplatesSetting):
    """Renders `{{ field.as_field_group }}` with our own part; widgets stay Django's."""

    field_template_name = "face/field.html"
    bound_field_class = Field
