"""The names under which people write without their own: trees, drawn for one room, never used twice in it.

A name of its own: it is a list and a draw. Trees have no gender, no nation, no rank.
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
        "Abeel", "Beuk", "Berk", "Eik", "Els", "Es", "Esdoorn", "Ginkgo",
        "Haagbeuk", "Hazelaar", "Hulst", "Iep", "Kastanje", "Kornoelje", "Lariks", "Linde",
        "Lijsterbes", "Meidoorn", "Notelaar", "Plataan", "Populier", "Taxus", "Vlier", "Wilg",
    ),
}  # fmt: skip


def draw(language: str, taken: Iterable[str]) -> str:
    """Return, at random, a tree that nobody bears in the room yet: there are more trees than seats."""
    free = sorted(set(TREES[language]) - set(taken))
    return choice(free)
