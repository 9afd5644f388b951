"""Searching without an engine: the visible rows whose title (or few short fields) contain the words.

Same visibility as ever, no facets, no other language's words. It is slower and poorer, and the page says so.
"""

from django.db.models import Q

from . import analysis, documents
from .plan import shorten

MOST_WORDS = 6
MOST_ROWS = 100  # per kind


def rows_for(text: str, user) -> list[tuple[documents.Source, object]]:
    """Return what the user may see and that contains all the words typed, else any of them; newest first."""
    words = [
        token.surface
        for token in analysis.tokens(shorten(analysis.normalise(text)))
        if not analysis.is_stop_word(token.surface)
    ][:MOST_WORDS]
    if text.strip() and not words:
        return []
    return _containing(words, user, every=True) or _containing(words, user, every=False)


def _containing(words: list[str], user, *, every: bool) -> list[tuple[documents.Source, object]]:
    found = []
    for source in documents.sources():
        condition = Q()
        for word in words:
            has_word = Q()
            for name in source.fallback_fields:
                has_word |= Q(**{f"{name}__icontains": word})
            condition = condition & has_word if every else condition | has_word
        rows = source.visible(user)
        rows = (rows.filter(condition) if words else rows).order_by("-pk")
        found += [(source, obj) for obj in rows[:MOST_ROWS]]
    return found
