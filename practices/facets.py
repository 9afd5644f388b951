"""Counts beside the filters of the catalogue, without asking the database for each of them.

A picture of all published sheets is kept in the memory of each process: one bit per sheet, one integer
per value of a facet. Combining filters is `&` and `|`, counting is `bit_count`: a few microseconds where
SQL would take one query per facet. The picture carries the mark it was taken under (CatalogueStamp); each
request compares marks, so that all processes tell the same story right after a change is committed.

Within one facet, chosen values add up (or); facets narrow each other (and). The count beside a value says
how many sheets one would see with that value, the other facets staying as they are.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from agora.vocabulary.models import Cpas

from .models import Adoption, CatalogueStamp, PracticePage

FACETS = ("theme", "age", "service", "public", "taille", "langue", "cpas")
SORTS = ("relues", "nouvelles", "essayees", "titre")
DEFAULT_SORT = "relues"

# Facets that are a list of words on the sheet → the field that holds them.
_WORD_LISTS = {"theme": "themes", "service": "services", "public": "publics"}

Choice = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Picture:
    """All published sheets at one moment; a sheet is a position, its bit is `1 << position`.

    `ids` gives the page id of each position; positions follow the default order. `masks[facet][value]`
    has a bit for each sheet with that value. `orders[sort]` lists all positions in that order.
    """

    mark: str
    ids: list[int]
    positions: dict[int, int]
    everything: int
    showcase: int
    masks: dict[str, dict[str, int]]
    orders: dict[str, list[int]]

    def readable(self, *, member: bool) -> int:
        """Return the mask of what somebody may read: everything for a member, else the showcase."""
        return self.everything if member else self.showcase

    def any_of(self, facet: str, values: Iterable[str]) -> int:
        """Return the mask of the sheets that carry at least one of these values."""
        mask = 0
        for value in values:
            mask |= self.masks[facet].get(value, 0)
        return mask

    def matching(self, readable: int, chosen: Choice) -> int:
        """Return the mask of the readable sheets that pass every facet where something is chosen."""
        mask = readable
        for facet, values in chosen.items():
            if values:
                mask &= self.any_of(facet, values)
        return mask

    def counts(self, readable: int, chosen: Choice) -> dict[str, dict[str, int]]:
        """Return, for each facet and value, how many sheets it would show with the other facets as chosen."""
        answer = {}
        for facet, masks in self.masks.items():
            others = {name: values for name, values in chosen.items() if name != facet}
            base = self.matching(readable, others)
            answer[facet] = {value: (base & mask).bit_count() for value, mask in masks.items()}
        return answer

    def ordered(self, mask: int, sort: str, start: int, stop: int) -> list[int]:
        """Return the page ids from `start` to `stop` of the sheets in a mask, in one of SORTS."""
        bits = f"{mask:0{len(self.ids)}b}"[::-1]
        found = [position for position in self.orders[sort] if bits[position] == "1"] if self.ids else []
        return [self.ids[position] for position in found[start:stop]]


_taken: Picture | None = None
_taking = Lock()


def picture() -> Picture:
    """Return the catalogue as it is now: the picture in memory, or a new one when the mark has moved."""
    global _taken
    mark = CatalogueStamp.current()
    taken = _taken
    if taken is not None and taken.mark == mark:
        return taken
    with _taking:
        if _taken is None or _taken.mark != mark:
            _taken = take(mark)
        return _taken


def take(mark: str) -> Picture:
    """Read all published sheets into a new picture (five queries whatever their number).

    `mark` must have been read before: a change that comes in between is then seen twice, never missed.
    """
    tried_by = Counter(Adoption.objects.values_list("practice_id", flat=True))
    sheets = list(
        PracticePage.objects.filter(live=True).values_list(
            "pk",
            "title",
            "maturity",
            "origin_id",
            "locale__language_code",
            "is_showcase",
            "reviewed_on",
            "first_published_at",
        )
    )
    sheets.sort(key=_most_recently_reviewed_first)
    positions = {sheet[0]: position for position, sheet in enumerate(sheets)}
    sizes = dict(Cpas.objects.values_list("pk", "size"))
    marks = _Marks(len(sheets))
    for position, (_pk, _title, maturity, origin, language, is_showcase, *_) in enumerate(sheets):
        marks.set("age", maturity, position)
        marks.set("langue", language, position)
        if origin:
            marks.set("cpas", origin, position)
            marks.set("taille", sizes[origin], position)
        if is_showcase:
            marks.set("", "showcase", position)
    for facet, name in _WORD_LISTS.items():
        through = PracticePage._meta.get_field(name).remote_field.through
        word = PracticePage._meta.get_field(name).related_model._meta.model_name
        for pk, slug in through.objects.values_list("practicepage_id", f"{word}__slug"):
            if pk in positions:
                marks.set(facet, slug, positions[pk])
    everything = range(len(sheets))
    return Picture(
        mark=mark,
        ids=[sheet[0] for sheet in sheets],
        positions=positions,
        everything=(1 << len(sheets)) - 1,
        showcase=marks.mask("", "showcase"),
        masks={facet: marks.facet(facet) for facet in FACETS},
        orders={
            "relues": list(everything),
            "nouvelles": sorted(everything, key=lambda p: -_instant(sheets[p][7])),
            "essayees": sorted(everything, key=lambda p: -tried_by[sheets[p][0]]),
            "titre": sorted(everything, key=lambda p: alphabetical(sheets[p][1])),
        },
    )


class _Marks:
    """Bits being set, one byte array per facet and value, before they become integers."""

    def __init__(self, size: int):
        self._length = size // 8 + 1
        self._bits: dict[tuple[str, str], bytearray] = {}

    def set(self, facet: str, value: str, position: int) -> None:
        bits = self._bits.get((facet, value))
        if bits is None:
            bits = self._bits[facet, value] = bytearray(self._length)
        bits[position >> 3] |= 1 << (position & 7)

    def mask(self, facet: str, value: str) -> int:
        return int.from_bytes(self._bits.get((facet, value), b""), "little")

    def facet(self, facet: str) -> dict[str, int]:
        return {value: self.mask(name, value) for name, value in self._bits if name == facet}


def alphabetical(title: str) -> str:
    """Return what a title is sorted by: its letters without accents, case, quotes or other marks."""
    letters = unicodedata.normalize("NFKD", title).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()


def _instant(moment) -> float:
    return moment.timestamp() if moment else 0.0


def _most_recently_reviewed_first(sheet: tuple) -> tuple:
    reviewed_on, first_published_at = sheet[6], sheet[7]
    return (-(reviewed_on.toordinal() if reviewed_on else 0), -_instant(first_published_at), -sheet[0])
