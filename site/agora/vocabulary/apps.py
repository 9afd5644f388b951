from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete


class VocabularyConfig(AppConfig):
    """The words everybody shares: the 19 CPAS, services, functions, themes, concepts."""

    name = "agora.vocabulary"
    label = "vocabulary"
    verbose_name = "Vocabulaires"

    def ready(self) -> None:
        """Keep the lists in memory true, words in use safe, and the editors' rights in place."""
        from . import lists
        from .permissions import grant_editor_rights
        from .usage import refuse_if_used

        for model in lists.MODELS:
            post_save.connect(lists.changed, sender=model)
            post_delete.connect(lists.changed, sender=model)
        for model in (*lists.TERM_MODELS, self.get_model("Cpas")):
            pre_delete.connect(refuse_if_used, sender=model)
        post_migrate.connect(lambda **signal: lists.forget(), sender=self, weak=False)
        post_migrate.connect(grant_editor_rights, sender=self)
