"""What people say around what they look for: « bonjour, je cherche des infos sur… », « ik zoek info over… ».

A name of its own beside reading.py: one list (`data/courtesy.txt`) that whoever works on the words may read.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from . import analysis

FILE = "courtesy.txt"


@lru_cache
def _sayings() -> frozenset[tuple[str, ...]]:
    rows = (analysis.DATA / FILE).read_text("utf-8").splitlines()
    return frozenset(_folded(row) for row in rows if row.strip() and not row.startswith("#"))


def _folded(text: str) -> tuple[str, ...]:
    return tuple(analysis.fold(token.surface) for token in analysis.tokens(analysis.normalise(text)))


def around(surfaces: Sequence[str]) -> Iterator[int]:
    """Yield the places of the words that are only said around the others, the longest saying first.

    None where only words without a subject would be left: « bonnes pratiques » is then what is looked for.
    """
    said = [analysis.fold(each) for each in surfaces]
    longest = max(map(len, _sayings()))
    aside: set[int] = set()
    place = 0
    while place < len(said):
        spans = range(min(longest, len(said) - place), 0, -1)
        span = next((each for each in spans if tuple(said[place : place + each]) in _sayings()), 0)
        aside.update(range(place, place + span))
        place += max(span, 1)
    left = (each for place, each in enumerate(surfaces) if place not in aside)
    if not all(map(analysis.is_stop_word, left)):
        yield from sorted(aside)
