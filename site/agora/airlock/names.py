"""First and family names, told from the words that they also are.

A name of its own: see numbers.py. A name that is nothing else counts anywhere with a capital; one that is
also a word (Rose, Petit, Roos, Can) counts only beside another name, after « Madame » or « sa fille », or
where its capital has no other reason.
"""

import itertools
from collections.abc import Iterator

from .findings import Kind
from .flat import fold, words
from .lists import listed
from .numbers import Found

_PARTICLES = frozenset(
    [
        "el",
        "al",
        "ben",
        "bel",
        "ait",
        "ould",
        "van",
        "de",
        "der",
        "den",
        "le",
        "la",
        "du",
        "di",
        "da",
        "dos",
        "abu",
        "bint",
        "von",
        "d’",
        "ten",
        "ter",
    ]
)
_PLACEHOLDERS = frozenset(["x", "y", "z", "n", "a", "b", "c", "d"])
_SENTENCE_END = frozenset('.!?:;«»"“”\n(-–—•*>|/')


def find(text: str) -> Iterator[Found]:
    """Find the names of a plain text."""
    found = [_Word(match.start(), match.end(), match[0]) for match in words(text)]
    position = 0
    while position < len(found):
        taken = _name_at(text, found, position)
        if taken:
            yield found[position].start, found[position + taken - 1].end, Kind.NAME
        position += taken or 1


class _Word:
    """One word: its place, as written, folded."""

    __slots__ = ("end", "folded", "start", "written")

    def __init__(self, start: int, end: int, written: str) -> None:
        self.start, self.end, self.written, self.folded = start, end, written, fold(written)


def _name_at(text: str, found: list[_Word], position: int) -> int:
    """Return how many words a name that begins here has; 0 when none does."""
    word = found[position]
    if not word.written[0].isupper():
        return _typed_small(word)
    if word.written[1:2] == "’" and word.written[2:3].islower():
        return 0  # « J’ai », « L’usager »: a sentence begins
    before = found[position - 1] if position and _joined(text, found[position - 1], word) else None
    if before is not None and before.folded in listed("borrowing"):
        return 0
    if before is not None and before.folded in listed("titles") and _is_titled(before, word):
        return _length(text, found, position)
    first = _first(word)
    length = _length(text, found, position)
    if first == "plain":
        return length
    family = _is_family(text, found, position)
    if family:
        return max(length, family)
    if first == "also":
        follows = length > 1
        shown = before is not None and before.folded in listed("before_a_name")
        alone = _is_inside(text, word) and not word.written.isupper()
        alone = alone and word.folded not in listed("first_beside")
        return length if follows or shown or alone else 0
    shown = before is not None and before.folded in listed("before_a_name") and _is_inside(text, word)
    alone = position + 1 < len(found) and word.written.isupper() and len(word.written) > 2
    if (
        alone
        and _joined(text, word, found[position + 1])
        and _first(found[position + 1])
        and _known_family(word)
    ):
        return 1 + _length(text, found, position + 1)
    return 1 if shown and len(word.written) > 2 and not _is_common(word) else 0


def _typed_small(word: _Word) -> int:
    """A name typed without its capital, when it is long and nothing else in either language."""
    is_small = word.written.islower() and len(word.written) > 4
    return 1 if is_small and word.folded in listed("typed_small") else 0


def _first(word: _Word) -> str:
    """Tell whether a word is a first name and nothing else (plain), or also a word (also)."""
    for part in (word.folded, word.folded.split("-")[0]):
        if part in listed("first_also"):
            return "also"
        if part in listed("first_plain"):
            return "plain"
    return ""


def _known_family(word: _Word) -> bool:
    return word.folded in listed("family_plain") or word.folded in listed("family_also")


def _is_family(text: str, found: list[_Word], position: int) -> int:
    """Return how many words a known family name has that needs nothing beside it (El Amrani, Yılmaz)."""
    word = found[position]
    if word.folded in _PARTICLES:
        names = listed("family_of_several")
        for length in (3, 2):
            some = found[position : position + length]
            joined = all(_joined(text, *pair) for pair in itertools.pairwise(some))
            if len(some) == length and joined and " ".join(each.folded for each in some) in names:
                return length
    return 1 if word.folded in listed("family_plain") else 0


def _length(text: str, found: list[_Word], position: int) -> int:
    """Return how many words belong to the name that begins here: capitals, and the particles between "
    "them."""
    length = 1
    while length < 5 and position + length < len(found):
        last, word = found[position + length - 1], found[position + length]
        if not _joined(text, last, word):
            break
        if word.written[0].isupper() and word.folded not in listed("borrowing") and not _is_acronym(word):
            length += 1
        elif word.folded in _PARTICLES and position + length + 1 < len(found):
            after = found[position + length + 1]
            if not (_joined(text, word, after) and after.written[0].isupper()) or word.folded in (
                "de",
                "du",
                "la",
                "le",
            ):
                break
            length += 2
        else:
            break
    return length


def _is_titled(title: _Word, word: _Word) -> bool:
    """« Madame Rose », but neither « Madame la Présidente » nor « Madame X »."""
    if word.folded in _PLACEHOLDERS or (word.folded in listed("not_names") and word.folded not in _PARTICLES):
        return False
    if title.folded in ("m", "me") and not title.written[0].isupper():
        return False
    return len(word.written) > 1 and not _is_acronym(word)


def _is_acronym(word: _Word) -> bool:
    """Capitals alone: CPAS, RIS, GRAPA; unless they are somebody's name in capitals."""
    return word.written.isupper() and not _known_family(word) and not _first(word)


def _is_common(word: _Word) -> bool:
    return _is_acronym(word) or word.folded in listed("not_names") or word.folded in listed("borrowing")


def _joined(text: str, first: _Word, second: _Word) -> bool:
    """Only a space, or the point of « M. », stands between two words."""
    between = text[first.end : second.start]
    return between in (" ", ". ", ".") if first.folded in listed("titles") else between == " "


def _is_inside(text: str, word: _Word) -> bool:
    """A capital in the middle of a sentence: it has no other reason than a name."""
    before = text[: word.start] if word.start < 4 else text[word.start - 4 : word.start]
    before = before.rstrip(" \t")
    return bool(before) and before[-1] not in _SENTENCE_END
