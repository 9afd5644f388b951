"""What waits for somebody among what they keep: words to read, new sheets under their filters.

A name of its own: the home page asks it, and nothing else does.
"""

from ..models import SavedFilter, Useful
from .filters.rows import FilterRow, filter_rows


def unread_words(user) -> int:
    """Return how many words about one's sheets are not read yet (one query)."""
    return Useful.objects.visible_to(user).filter(read_at=None).count()


def fresh_filters(user) -> list[FilterRow]:
    """Return one's saved filters that find something new, the most first (one query beside the mark)."""
    rows = filter_rows(user, SavedFilter.objects.filter(owner=user.pk))
    return sorted((row for row in rows if row.fresh), key=lambda row: -row.fresh)
