"""The text that detectors read: what looks the same is written the same, and each place is remembered.

A name of its own: « ０４７５ » in full-width digits, a zero-width space in the middle of a number, a no-break
space or a soft hyphen must not hide what a reader sees.
"""

import re
import unicodedata
from dataclasses import dataclass

_HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00af", "-")
_QUOTES = dict.fromkeys("\u2018\u02bc\u00b4`\u2032\uff07", "’") | {"'": "’"}
_DOTS = dict.fromkeys("\u00b7\u2022\u2024\u2027\u22c5\u30fb\uff0e\u3002", ".")
_SLASHES = dict.fromkeys("\u2044\u2215\uff0f", "/")
_LOOKS = _HYPHENS | _QUOTES | _DOTS | _SLASHES


@dataclass(frozen=True, slots=True)
class Flat:
    """A text made plain, and where each of its characters stands in the text as typed (None: at the "
    "same place)."""

    text: str
    where: list[int] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return a place of the plain text as a place of the text as typed."""
        if self.where is None:
            return start, end
        return self.where[start], self.where[end - 1] + 1


def flatten(typed: str) -> Flat:
    """Return a text as detectors read it; linear in its length."""
    if typed.isascii():
        return Flat(typed.replace("'", "’"), None)
    looks = {character: _look(character) for character in set(typed)}
    if all(len(look) == 1 for look in looks.values()):
        return Flat(typed.translate({ord(character): look for character, look in looks.items()}), None)
    pieces, where = [], []
    for position, character in enumerate(typed):
        look = looks[character]
        pieces.append(look)
        where += [position] * len(look)
    return Flat("".join(pieces), where)


def _look(character: str) -> str:
    """Return what a character looks like: nothing for what cannot be seen."""
    if character in _LOOKS:
        return _LOOKS[character]
    if character.isascii() or character.isalpha() and character < "\u0250":
        return character
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    plain = unicodedata.normalize("NFKC", character)
    # One for one: nothing may grow, and a ligature is not a disguise.
    return _LOOKS.get(plain, plain) if len(plain) == 1 else character


_WORD = re.compile(r"[^\W\d_]+(?:[-’][^\W\d_]+)*")


def words(text: str):
    """Return the words of a plain text, with their places."""
    return _WORD.finditer(text)


def fold(word: str) -> str:
    """Return a word without case nor accents, with plain apostrophes."""
    return word.casefold().translate(_BARE)


def _bare(code: int) -> str:
    letters = unicodedata.normalize("NFKD", chr(code))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_BARE = {code: _bare(code) for code in range(0xC0, 0x250)} | {0x131: "i", ord("’"): "'", 0x307: ""}
