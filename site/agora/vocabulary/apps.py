from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    """The words everybody shares: the 19 CPAS, services, functions, themes, concepts."""

    name = "agora.vocabulary"
    label = "vocabulary"
    verbose_name = "Vocabulaires"
