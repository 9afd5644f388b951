from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """People as colleagues find them, and a page for each word that everybody shares."""

    name = "agora.directory"
    label = "directory"
    verbose_name = "Répertoire"

    def ready(self) -> None:
        """Tell search what can be found here, and listen to what changes it."""
        from .permissions import grant_rights
        from .persons import indexing as persons
        from .persons import signals as persons_signals  # noqa: F401
        from .words import indexing as words
        from .words import pages
        from .words import signals as words_signals

        persons.register()
        words.register()
        words_signals.watch()
        post_migrate.connect(grant_rights, sender=self)
        post_migrate.connect(pages.after_migrations, sender=self)
