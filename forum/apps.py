from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"

    def ready(self) -> None:
        """Add the letters of the rooms."""
        from . import notices

        notices.register()
