from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "agora.home"
    label = "home"

    def ready(self) -> None:
        """Tell search that the texts of the house can be found, and listen to what changes them."""
        from . import indexing, signals  # noqa: F401

        indexing.register()
