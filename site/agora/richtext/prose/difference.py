"""The one function that others call, and what it returns."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .align import align
from .blocks import blocks_of, lines_of
from .show import html_of
from .told import (
    ADDED,
    CHANGED,
    FORMAT,
    LAYOUT,
    LINK,
    MOVED,
    REMOVED,
    TOO_LONG,
    Place,
    kinds_of,
    place_of,
    sentence_of,
)

__all__ = [
    "ADDED",
    "CHANGED",
    "FORMAT",
    "LAYOUT",
    "LINK",
    "MOST_CHARACTERS",
    "MOVED",
    "REMOVED",
    "TOO_LONG",
    "ProseDiff",
    "prose_changes",
]

MOST_CHARACTERS = 50_000  # of either text; a section of a sheet holds 20,000


@dataclass(frozen=True, slots=True)
class ProseDiff:
    """What changed between two texts, for a reader.

    `html`: safe HTML, both texts in one with <ins>, <del> and words; empty when nothing changed.
    `kinds`: what happened, among ADDED, REMOVED, MOVED, CHANGED (words inside a paragraph), LINK (where one
    leads), FORMAT (its look), LAYOUT (spaces, ways of typing), TOO_LONG. `said`: the same as one sentence,
    empty when nothing changed. `places`: what was compared, in reading order, for whoever shows it otherwise.
    """

    html: SafeString
    kinds: frozenset[str]
    said: str
    places: tuple[Place, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both texts are the same."""
        return not self.kinds

    @property
    def is_only_look(self) -> bool:
        """Whether every word stayed where it was: only formatting, spaces or ways of typing changed."""
        return bool(self.kinds) and self.kinds <= {FORMAT, LAYOUT}


def prose_changes(old: str, new: str, *, language: str = "", plain: bool = False) -> ProseDiff:
    """Tell what changed from one text in light Markdown to another, in the interface's language.

    `language`: that of the texts ("fr", "nl"), when it may differ from the page's: it marks the words that
    are quoted. `plain`: for texts without Markdown, as titles are. The same texts always give the same
    answer; time and memory are bounded whatever was typed (see benchmarks/history.py).
    """
    if old == new:
        return ProseDiff(escape(""), frozenset(), "")
    if max(len(old), len(new)) > MOST_CHARACTERS:
        said = _("Ces deux textes sont trop longs pour être comparés mot à mot.")
        return ProseDiff(escape(""), frozenset({TOO_LONG}), said)
    read = lines_of if plain else blocks_of
    places = tuple(place_of(row) for row in align(read(old), read(new)))
    return ProseDiff(html_of(places, language), kinds_of(places), sentence_of(places), places)
