from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"

    def ready(self) -> None:
        """Add the letters of the rooms; look at their keys."""
        from . import checks, notices  # noqa: F401

        notices.register()
