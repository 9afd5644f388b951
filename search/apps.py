from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One box over everything that is written in Agora, as far as the person who asks may see."""

    name = "search"
