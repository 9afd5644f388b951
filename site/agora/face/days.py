"""Days as a sentence says them. Apart because lists made in Python say them too, not only templates."""

import re

from django.utils.translation import get_language

_FIRST = re.compile(r"\b1(?=\s)")


def first_of_month(day: str) -> str:
    """Return « 1 mars 2026 » as French says it, « 1er mars 2026 »; any other day, and Dutch, as it is."""
    return _FIRST.sub("1er", day, count=1) if (get_language() or "fr").startswith("fr") else day
