"""Which pages of words somebody may open."""

from django.db import models


class WordPageQuerySet(models.QuerySet):
    """Pages of shared words, filtered by who looks."""

    def visible_to(self, user) -> "WordPageQuerySet":
        """Everybody reads the page of a word that is in use: it holds nothing but the word and its sense."""
        return self.filter(is_live=True)
