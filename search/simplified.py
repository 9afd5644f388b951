"""Searching without an engine: the visible rows whose title (or few short fields) contain the words.

Same visibility as ever, no facets, no other language's words. It is slower and poorer, and the page says so.
"""

from django.db.models import Q

from agora.people.audience import Viewer

from . import analysis, documents, spelling, thesaurus
from .answers import PER_PAGE, Answer
from .plan import build_plan, shorten
from .showing import Shower

MOST_WORDS = 6
MOST_ROWS = 100  # per kind


def simple_answer(text: str, user, viewer: Viewer, page: int) -> Answer:
    """Answer one page without any engine."""
    plan = build_plan(text, viewer.language, thesaurus.Thesaurus(), spelling.Vocabulary())
    found = _rows_for(text, user)
    start = (page - 1) * PER_PAGE
    show = Shower(plan)
    hits = []
    for source, obj in found[start : start + PER_PAGE]:
        if (words := source.words_of(obj)) is not None:
            hits.append(show.one(source.uid(obj.pk), source, obj, words))
    return Answer(plan.text, plan, tuple(hits), len(found), is_simplified=True)


def _rows_for(text: str, user) -> list[tuple[documents.Source, object]]:
    """Return what the user may see with all the words typed, else with any of them; newest first."""
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
