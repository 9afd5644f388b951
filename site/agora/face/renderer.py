"""How a form field looks: label, hint, error, control, in that order."""

from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    """Renders `{{ field.as_field_group }}` with our own part; widgets stay Django's."""

    field_template_name = "face/field.html"
