"""What comes closest to a search that finds nothing: the same one asked more simply, known words, titles.

A name of its own: it is neither the plan nor the page.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from agora.vocabulary import lists

from . import analysis
from .answers import Hit
from .contract import Lang

MOST = 4
CLOSE = 72  # of 100: how alike a concept's name must look
_SIGNS = re.compile(r"(?<!\S)-(?=[\w\"])|\"")


@dataclass(frozen=True, slots=True)
class Nearest:
    """What to offer instead.

    `unfiltered`: hits of the same words without any filter. `plainer`: the same words without quotes and
    exclusions, when that finds something. `words`: names of concepts that look alike. `hits`: titles.
    """

    unfiltered: int = 0
    plainer: str = ""
    words: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()


def plainer(text: str) -> str:
    """Return a query without its quotes and minus signs; empty when it had none."""
    bare = " ".join(_SIGNS.sub(" ", text).split())
    return bare if bare != text else ""


def words_like(text: str, language: Lang) -> tuple[str, ...]:
    """Return the names of the concepts that look most like what was typed, in one language."""
    names = {analysis.fold(name): name for name in _names(language)}
    folded = analysis.fold(text)
    found = process.extract(folded, names.keys(), scorer=fuzz.WRatio, score_cutoff=CLOSE, limit=MOST)
    return tuple(names[near] for near, _score, _place in found if near != folded)


def _names(language: Lang) -> list[str]:
    labels = (getattr(concept, f"label_{language}") for concept in lists.concepts())
    return [label for label in labels if label]
