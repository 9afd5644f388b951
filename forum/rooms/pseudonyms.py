"""The names under which people write without their own: trees, drawn for one room, never used twice in it.

A name of its own: it is a list and a draw. Trees have no gender, no nation, no rank; and none of
these is also a first name (in Dutch: Els, Linde): a colleague who bears it would be taken for the author.
"""

from collections.abc import Iterable
from secrets import choice

TREES = {
    "fr": (
        "Aulne", "Bouleau", "Charme", "Châtaignier", "Chêne", "Cornouiller", "Érable", "Frêne",
        "Ginkgo", "Hêtre", "If", "Marronnier", "Mélèze", "Merisier", "Noisetier", "Noyer",
        "Orme", "Peuplier", "Platane", "Robinier", "Saule", "Sorbier", "Sureau", "Tilleul",
    ),
    "nl": (
        "Abeel", "Acacia", "Beuk", "Berk", "Ceder", "Eik", "Es", "Esdoorn", "Ginkgo",
        "Haagbeuk", "Hazelaar", "Hulst", "Iep", "Kastanje", "Kornoelje", "Lariks",
        "Lijsterbes", "Meidoorn", "Notelaar", "Plataan", "Populier", "Taxus", "Vlier", "Wilg",
    ),
}  # fmt: skip


def draw(language: str, taken: Iterable[str]) -> str:
    """Return, at random, a tree that nobody bears in the room yet: there are more trees than seats."""
    free = sorted(set(TREES[language]) - set(taken))
    return choice(free)
