from django.apps import AppConfig


class RichtextConfig(AppConfig):
    """One sanitiser, one renderer, one converter: what people type and what we show."""

    name = "agora.richtext"
    label = "richtext"
