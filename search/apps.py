from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """One box over everything that is written in Agora, as far as the person who asks may see."""

    name = "search"

    def ready(self) -> None:
        """Register the letters about followed searches; give the editors their rights and their
        report; look at the index when the site starts."""
        from .checks import index_in_a_folder, index_on_a_server, password_in_the_clear
        from .following import letters
        from .permissions import grant_editor_rights
        from .silent import wagtail_hooks  # noqa: F401

        checks.register(index_in_a_folder)
        checks.register(index_on_a_server, checks.Tags.database)
        checks.register(password_in_the_clear, checks.Tags.security)
        letters.register()
        post_migrate.connect(grant_editor_rights, sender=self)
