"""How a word sounds, roughly, so that what is spelled by ear finds what is written: « ajance », « telefoon ».

A name of its own beside spelling.py: rules of pronunciation of both languages, on folded words. Two words
with one key need not sound alike to a linguist; they are what people write for each other.
"""

import re
from functools import lru_cache

from .contract import Lang

_Rules = tuple[tuple[re.Pattern, str], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), sound) for pattern, sound in pairs)


# In this order. Capitals are sounds that no further rule reads: N and O nasal vowels, S « ch », W « oi ».
_FRENCH = _rules(
    (r"ph", "f"),
    (r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
    (r"sc(?=[eiy])", "s"),
    (r"s?ch", "S"),
    (r"qu|q", "k"),
    (r"c(?=[eiy])", "s"),
    (r"c+k?", "k"),
    (r"gu(?=[eiy])", "g"),
    (r"ge(?=[ao])|g(?=[eiy])", "j"),
    (r"h", ""),
    (r"y", "i"),
    (r"ti(?=on)", "si"),
    (r"(?:ai|ei|ie|[aeiu])[nm](?![aeiounmNO])", "N"),
    (r"o[nm](?![aeiounmNO])", "O"),
    (r"(.)\1+", r"\1"),
    (r"eau|au", "o"),
    (r"oi", "W"),
    (r"ou", "u"),
    (r"ai|ei", "e"),
    (r"(?:e[rzs]?|[stdxp])+\Z", ""),
)
_DUTCH = _rules(
    (r"ph", "f"),
    (r"th", "t"),
    (r"sch", "sg"),
    (r"ch", "g"),
    (r"c(?=[eiy])", "s"),
    (r"c+k?|q", "k"),
    (r"dt?\Z", "t"),
    (r"ij|ei|y", "Y"),
    (r"ou|au|ouw|auw", "W"),
    (r"ie", "i"),
    (r"z", "s"),
    (r"v", "f"),
    (r"(.)\1+", r"\1"),
)
_OF: dict[Lang, _Rules] = {"fr": _FRENCH, "nl": _DUTCH}


@lru_cache(4096)
def sound(word: str, lang: Lang) -> str:
    """Return the key of a folded word as it sounds in a language."""
    for pattern, key in _OF[lang]:
        word = pattern.sub(key, word)
    return word
