from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Agora for programs: tokens of members, searching, importing; the same rights as the pages."""

    name = "agora.api"
    label = "api"

    def ready(self) -> None:
        """Hear of people who leave and of roles that are taken back."""
        from . import signals

        signals.watch()
