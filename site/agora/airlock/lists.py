"""The words that detectors know, read once from data/*.txt.

A name of its own: they are no vocabulary of the catalogue. Compiled by us from common knowledge, reviewed
word by word: `names_plain` are names and nothing else; `names_also` are words too (Rose, Petit, Roos), so
they count only where a name stands.
"""

from functools import cache
from pathlib import Path

from .flat import fold

FOLDER = Path(__file__).parent / "data"


@cache
def listed(name: str) -> frozenset[str]:
    """Return the folded words of one list: one a line, or several separated by commas; `#` begins a "
    "comment."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    kept = (line.split("#")[0] for line in lines)
    return frozenset(fold(word.strip()) for line in kept for word in line.split(",") if word.strip())
