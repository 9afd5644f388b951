"""Counts beside the filters of the catalogue, without asking the database for each of them.

A picture of all published sheets is kept in the memory of each process: one bit per sheet, one integer
per value of a facet. Combining filters is `&` and `|`, counting is `bit_count`: a few microseconds where
SQL would take one query per facet. The picture carries the mark it was taken under (CatalogueStamp); each
request compares marks, so that all processes tell the same story right after a change is committed.

Within one facet, chosen values add up (or); facets narrow each other (and). The count beside a value says
how many sheets one would see with that value, the other facets staying as they are.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from threading import Lock
from typing import NamedTuple

from django.utils import timezone

from agora.people.models import Member
from agora.vocabulary.models import Cpas

from .models import Adoption, CatalogueStamp, PracticePage
from .models.practice import due_after

FACETS = (
    "theme", "metier", "service", "public", "age", "langue", "etat", "forme", "essayee", "cpas", "taille",
    "mission", "circonstance",
)  # fmt: skip
SORTS = ("relues", "nouvelles", "essayees", "titre")
DEFAULT_SORT = "relues"

# Facets that are a list of words on the sheet → the field that holds them.
_WORD_LISTS = {
    "theme": "themes",
    "metier": "functions",
    "service": "services",
    "public": "publics",
    "mission": "missions",
    "circonstance": "circumstances",
}
DUE, ALONE = "a-relire", "seule"  # the values of « Fraîcheur »: to be read again, kept by nobody

Choice = Mapping[str, Iterable[str]]


class Card(NamedTuple):
    """What a row of the list says of one sheet, in plain values."""

    pk: int
    title: str
    slug: str
    summary: str
    kind: str
    maturity: str
    origin: str | None
    language: str
    is_showcase: bool
    reviewed_on: date | None
    review_months: int
    published_at: datetime | None
    changed_at: datetime | None
    is_kept: bool
    tried_by: tuple[str, ...] = ()

    def is_due(self, today: date) -> bool:
        """Whether somebody should have read it again by today."""
        due = due_after(self.reviewed_on, self.review_months)
        return due is not None and due <= today


# Where each value of a card is read, in the order of its fields; who keeps and who tried it are worked out.
_COLUMNS = (
    "pk", "title", "slug", "summary", "kind", "maturity", "origin_id", "locale__language_code",
    "is_showcase", "reviewed_on", "review_months", "first_published_at", "last_published_at",
)  # fmt: skip
# Who answers for it: permissions.is_kept says the same of one sheet (a test holds them together).
_KEEPERS = ("owner__status", "owner__is_active", "fallback_owner__status", "fallback_owner__is_active")


@dataclass(frozen=True)
class Picture:
    """All published sheets at one moment; a sheet is a position, its bit is `1 << position`.

    `cards` tells what a row shows of each position; positions follow the default order; `today` is the day
    that « à relire » was told on. `masks[facet][value]`
    has a bit for each sheet with that value. `orders[sort]` lists all positions in that order.
    """

    mark: str
    today: date
    cards: list[Card]
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

    def at(self, numbers: Iterable[int]) -> int:
        """Return the mask of the sheets with these numbers; those that are not published are left out."""
        return sum(1 << self.positions[pk] for pk in set(numbers) if pk in self.positions)

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

    def newer_than(self, moment: datetime) -> int:
        """Return the mask of the sheets that were first published after a moment."""
        mask, since = 0, _instant(moment)
        for position in self.orders["nouvelles"]:
            if _instant(self.cards[position].published_at) <= since:
                break
            mask |= 1 << position
        return mask

    def ordered(self, mask: int, sort: str, start: int, stop: int) -> list[Card]:
        """Return the cards from `start` to `stop` of the sheets in a mask, in one of SORTS."""
        if not mask:
            return []
        bits = f"{mask:0{len(self.cards)}b}"[::-1]
        in_mask = (position for position in self.orders[sort] if bits[position] == "1")
        return [self.cards[position] for position in islice(in_mask, start, stop)]


_taken: Picture | None = None
_taking = Lock()


def picture() -> Picture:
    """Return the catalogue as it is now: the picture in memory, or a new one when mark or day moved."""
    global _taken
    mark, today = CatalogueStamp.current(), timezone.localdate()
    taken = _taken
    if taken is not None and (taken.mark, taken.today) == (mark, today):
        return taken
    with _taking:
        if _taken is None or (_taken.mark, _taken.today) != (mark, today):
            _taken = take(mark)
        return _taken


def take(mark: str) -> Picture:
    """Read all published sheets into a new picture (five queries whatever their number).

    `mark` must have been read before: a change that comes in between is then seen twice, never missed.
    """
    tried_by: dict[int, tuple[str, ...]] = {}
    for pk, cpas in Adoption.objects.order_by("since", "pk").values_list("practice_id", "cpas_id"):
        tried_by[pk] = (*tried_by.get(pk, ()), cpas)
    sheets = PracticePage.objects.filter(live=True).values_list(*_COLUMNS, *_KEEPERS)
    cards = [_card(sheet, tried_by.get(sheet[0], ())) for sheet in sheets]
    cards.sort(key=_most_recently_reviewed_first)
    positions = {card.pk: position for position, card in enumerate(cards)}
    today = timezone.localdate()
    marks = _marks(cards, positions, today)
    every = range(len(cards))
    return Picture(
        mark=mark,
        today=today,
        cards=cards,
        positions=positions,
        everything=(1 << len(cards)) - 1,
        showcase=marks.mask("", "showcase"),
        masks={facet: marks.facet(facet) for facet in FACETS},
        orders={
            "relues": list(every),
            "nouvelles": sorted(every, key=lambda p: -_instant(cards[p].published_at)),
            "essayees": sorted(every, key=lambda p: -len(cards[p].tried_by)),
            "titre": sorted(every, key=lambda p: alphabetical(cards[p].title)),
        },
    )


def _card(row: tuple, tried_by: tuple[str, ...]) -> Card:
    status, active, other_status, other_active = row[len(_COLUMNS) :]
    here = Member.Status.ACTIVE
    is_kept = bool(active and status == here or other_active and other_status == here)
    return Card(*row[: len(_COLUMNS)], is_kept, tried_by)


def _marks(cards: list[Card], positions: dict[int, int], today: date) -> "_Marks":
    sizes = dict(Cpas.objects.values_list("pk", "size"))
    marks = _Marks(len(cards))
    for position, card in enumerate(cards):
        marks.set("age", card.maturity, position)
        marks.set("langue", card.language, position)
        marks.set("forme", card.kind, position)
        if card.is_due(today):
            marks.set("etat", DUE, position)
        if not card.is_kept:
            marks.set("etat", ALONE, position)
        for cpas in card.tried_by:
            marks.set("essayee", cpas, position)
        if card.origin:
            marks.set("cpas", card.origin, position)
            marks.set("taille", sizes[card.origin], position)
        if card.is_showcase:
            marks.set("", "showcase", position)
    for facet, name in _WORD_LISTS.items():
        through = PracticePage._meta.get_field(name).remote_field.through
        word = PracticePage._meta.get_field(name).related_model._meta.model_name
        for pk, slug in through.objects.values_list("practicepage_id", f"{word}__slug"):
            if pk in positions:
                marks.set(facet, slug, positions[pk])
    return marks


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
    return " ".join("".join(letter for letter in letters if letter.isalnum() or letter == " ").split())


def _instant(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


def _most_recently_reviewed_first(card: Card) -> tuple[float, ...]:
    reviewed = card.reviewed_on.toordinal() if card.reviewed_on else 0
    return (-reviewed, -_instant(card.published_at), -card.pk)
