"""What a search tells: the same need under the same words, and nothing about anybody.

A name of its own: two small functions over text, without a database.
"""

import re

from agora.airlock.findings import Kind
from agora.airlock.inspection import inspect
from agora.vocabulary import lists

from .. import analysis, thesaurus
from ..plan import shorten

MOST_WORDS = 8  # a longer search is a story, not a need that others have too
# Five digits however they are cut: dates, telephones, national numbers, accounts, file numbers.
_NUMBER = re.compile(r"\d(?:[\s./()+-]{0,2}\d){4,}")
_PLATE = re.compile(r"\b\d?[\s-]?[A-Z]{3}[\s-]?\d{3}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"@|https?:|www\.", re.IGNORECASE)
_TITLES = frozenset(
    {
        *("monsieur", "madame", "mademoiselle", "mr", "mme", "mlle", "mm", "m", "dossier"),
        *("dhr", "mevr", "mevrouw", "meneer", "mw", "heer", "nn", "niss", "rrn"),
    }
)
_TELLING = frozenset({Kind.NAME, Kind.PLACE, Kind.BIRTH, Kind.MIXTURE})


def canonical(text: str) -> str:
    """Return a search as what it looks for: its folded words that mean something, whatever their order.

    Empty for no such word, for more than eight, and for a search that may tell of somebody.
    """
    plain = shorten(analysis.normalise(text))
    if may_tell_of_somebody(plain):
        return ""
    words = {
        analysis.fold(token.surface)
        for token in analysis.tokens(plain)
        if not analysis.is_stop_word(token.surface)
    }
    return " ".join(sorted(words)) if 0 < len(words) <= MOST_WORDS else ""


def may_tell_of_somebody(text: str) -> bool:
    """Whether a search looks like a person: a number, an address, a title, a name, in capitals or not.

    In doubt, yes: such a search is not counted at all. The gate of anonymity reads it as typed, and with a
    capital on each word: people type names small in a search box.
    """
    if _NUMBER.search(text) or _PLATE.search(text) or _ADDRESS.search(text):
        return True
    words = [token.surface for token in analysis.tokens(text)]
    if any(word.lower() in _TITLES for word in words[:-1]) or any(map(_is_like_a_name, words[1:])):
        return True
    found = (*inspect(text).findings, *inspect(text.title()).findings)
    return any(each.is_hard or each.kind in _TELLING for each in found)


def _is_like_a_name(word: str) -> bool:
    """A capital inside a search, which no concept, list or sigle explains."""
    if not word[:1].isupper() or analysis.is_acronym(word):
        return False
    return analysis.fold(word) not in thesaurus.current().words | _places()


def _places() -> frozenset[str]:
    names = (name for cpas in lists.cpas_list() for name in (cpas.name_fr, cpas.name_nl))
    return frozenset(analysis.fold(token.surface) for name in names for token in analysis.tokens(name))
