"""How big a change is: what may be called a small correction, by a rule that a writer can foresee.

A name of its own: the form says it, the act of publishing holds it, and neither should decide alone.
The measure is a number of words, the same for every sheet. A share of the text would let a whole section
of a long sheet pass for a correction, and no writer could tell beforehand how much a tenth is. Where the
practice stands (its form, its age, its CPAS of origin) is never a small correction: these few values
decide what a sheet is taken for. A file added or left out is none either: nobody sees at a
glance what is in it.
"""

import re
from collections import Counter
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from ..fields import PracticeFields
from ..models import SECTIONS

MINOR_WORDS = 20  # a sentence and a half
STANDING = ("kind", "maturity", "origin")

_WORD = re.compile(r"\w+")


def words_changed(before: PracticeFields, after: PracticeFields) -> int:
    """Return how many words were added, removed or replaced (once each) in the texts of a sheet."""
    names = ("title", "summary", *SECTIONS)
    return sum(_changed(getattr(before, name), getattr(after, name)) for name in names)


def why_not_minor(before: PracticeFields, after: PracticeFields) -> str:
    """Say why a change is more than a small correction; empty when it may be one."""
    if any(getattr(before, name) != getattr(after, name) for name in STANDING):
        return _(
            "La forme, l’âge de la pratique ou le CPAS d’origine change : c’est plus qu’une petite "
            "correction. Choisissez « une précision » ou « un changement important »."
        )
    if before.attachments != after.attachments:
        return _(
            "Un fichier est ajouté ou retiré : c’est plus qu’une petite correction. "
            "Choisissez « une précision » ou « un changement important »."
        )
    count = words_changed(before, after)
    if count > MINOR_WORDS:
        return _(
            "Vous changez %(count)d mots : une petite correction en change vingt au plus. "
            "Choisissez « une précision » ou « un changement important »."
        ) % {"count": count}
    return ""


def _changed(before: str, after: str) -> int:
    """Compare line by line (fast on long texts), then count the words that differ within changed lines."""
    if before == after:
        return 0
    old, new = _trimmed(_lines(before), _lines(after))
    count = 0
    for kind, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            gone, come = _words(old[start:end]), _words(new[first:last])
            count += max((gone - come).total(), (come - gone).total())
    return count


def _lines(text: str) -> list[tuple[str, ...]]:
    return [words for line in text.splitlines() if (words := tuple(_WORD.findall(line)))]


def _words(lines: list[tuple[str, ...]]) -> Counter[str]:
    return Counter(word for line in lines for word in line)


def _trimmed(old: list, new: list) -> tuple[list, list]:
    """Leave out what both begin and end with."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]
