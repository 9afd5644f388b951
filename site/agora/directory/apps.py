from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """People as colleagues find them, and a page for each word that everybody shares."""

    name = "agora.directory"
    label = "directory"

    def ready(self) -> None:
        """Tell search what can be found here, and listen to what changes it."""
        from .persons import indexing as persons
        from .persons import signals as persons_signals  # noqa: F401

        persons.register()
