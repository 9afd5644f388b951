"""How close two sheets are: the words of their titles and summaries, what they are about, their language.

Reasons, not a model: each shared word counts more the rarer it is among the candidates, twice in a title;
each shared theme, service, public adds a little; the language of the reader's sheet adds some. All from the
picture in memory, once per sheet and per change of the catalogue: the page that is kept holds the result.
"""

import re
from collections import Counter
from functools import lru_cache
from heapq import nlargest
from math import log

from search.analysis import fold, is_stop_word

from .. import facets

SHARED = {"theme": 1.5, "service": 1.0, "public": 0.7, "metier": 0.4}  # what one shared value adds
SAME_LANGUAGE = 3.0
CANDIDATES = 3000  # sheets looked at, the most recently read again first: some milliseconds
PREFIX = 6  # letters that « prolongation » and « prolongations » have in common
_WORD = re.compile(r"[^\W\d_]{4,}")


def closest(position: int, others: int, picture: facets.Picture, count: int) -> list[int]:
    """Return the positions of the `count` sheets among `others` (a mask) closest to one, the closest first.

    Sheets that share nothing with it but the language are left out.
    """
    here = 1 << position
    mine = {name: [mask for mask in picture.masks[name].values() if mask & here] for name in SHARED}
    about = 0
    for mask in (*mine["theme"], *mine["service"]):
        about |= mask
    candidates = _positions(others & about if about else others, picture)
    title, words = _words_of(picture.cards[position])
    found = [(near, *_words_of(picture.cards[near])) for near in candidates]
    frequency = Counter(word for _near, _title, theirs in found for word in words & theirs)
    weight = {word: log((len(found) + 1) / number) for word, number in frequency.items()}
    bonus = _bonuses(mine, candidates, len(picture.cards))
    language = picture.cards[position].language
    scored = []
    for near, their_title, theirs in found:
        shared = sum(weight[word] for word in words & theirs)
        shared += sum(weight[word] for word in title & their_title)
        score = shared + bonus[near]
        if score:
            same = SAME_LANGUAGE if picture.cards[near].language == language else 0
            scored.append((score + same, -near))
    return [-near for _score, near in nlargest(count, scored)]


def _positions(mask: int, picture: facets.Picture) -> list[int]:
    bits = f"{mask:0{len(picture.cards)}b}"[::-1]
    found, position = [], bits.find("1")
    while position >= 0 and len(found) < CANDIDATES:
        found.append(position)
        position = bits.find("1", position + 1)
    return found


def _bonuses(mine: dict[str, list[int]], candidates: list[int], size: int) -> dict[int, float]:
    """Return what the shared values of the closed lists add to each candidate."""
    bonus = dict.fromkeys(candidates, 0.0)
    for name, masks in mine.items():
        for mask in masks:
            bits = f"{mask:0{size}b}"[::-1]
            for near in candidates:
                if bits[near] == "1":
                    bonus[near] += SHARED[name]
    return bonus


def _words_of(card: facets.Card) -> tuple[frozenset[str], frozenset[str]]:
    return _words(card.title), _words(card.title) | _words(card.summary)


@lru_cache(maxsize=40_000)
def _words(text: str) -> frozenset[str]:
    """Return the beginnings of the words of a text that mean something; kept, because texts rarely change."""
    return frozenset(fold(word)[:PREFIX] for word in _WORD.findall(text) if not is_stop_word(fold(word)))
