"""The board as its page shows it to one person.

A name of its own: it is what the page says. Sides are never counted, and nobody is shown where others stand.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import Contribution, Room, Seat, Side, Statement
from . import permissions


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side: its words, whether they are accepted, and where who looks stands."""

    row: Side
    is_accepted: bool
    is_mine: bool
    i_accept: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One card of the board; `found`: in how many interpretations out of how many."""

    row: Statement
    found: int
    total: int
    sides: tuple[SideShown, ...]
    is_closed: bool

    @property
    def tiles(self) -> str:
        """The tiles beside « dans cinq sur six »."""
        return "1" * self.found + "0" * (self.total - self.found)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board, four queries."""

    convergences: tuple[Card, ...]
    divergences: tuple[Card, ...]
    removed: tuple[Statement, ...]
    withheld: tuple[Statement, ...]  # taken off after a report: a line stands in their place
    interpretations: tuple[Contribution, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no card lies on it."""
        return not self.convergences and not self.divergences

    @property
    def open_divergences(self) -> int:
        """How many divergences are still open."""
        return sum(not card.is_closed for card in self.divergences)


def board_of(seat: Seat) -> Board:
    """Return the board as the holder of a seat sees it."""
    return _board(seat.room, Contribution.objects.readable_by(seat), seat.mark)


def board_from_outside(room: Room) -> Board:
    """Return the board as two keys show it: nobody stands anywhere, nothing can be changed."""
    return _board(room, Contribution.objects.readable_from_outside(room), "")


def _board(room: Room, texts: QuerySet[Contribution], mark: str) -> Board:
    readable = texts.standing()
    texts = tuple(readable.filter(kind=Contribution.Kind.INTERPRETATION).in_reading_order())
    people = len({text.mark for text in texts})
    rows = list(room.statements.prefetch_related("sides__holders", "seen_in"))
    cards = [_card(mark, row, people) for row in rows if row.removed_at is None]
    return Board(
        convergences=tuple(card for card in cards if card.row.kind == Statement.Kind.CONVERGENCE),
        divergences=tuple(card for card in cards if card.row.kind == Statement.Kind.DIVERGENCE),
        removed=tuple(row for row in rows if row.removed_at is not None and not row.is_withheld),
        withheld=tuple(row for row in rows if row.is_withheld),
        interpretations=texts,
    )


def _card(mark: str, row: Statement, people: int) -> Card:
    sides = tuple(_side(mark, side) for side in row.sides.all())
    # Two rounds of one person count once: « in five interpretations out of six » speaks of people.
    found = len({text.mark for text in row.seen_in.all() if not text.is_gone})
    return Card(row, min(found, people), people, sides, permissions.is_closed(row))


def _side(mark: str, side: Side) -> SideShown:
    mine = next((holder for holder in side.holders.all() if holder.mark == mark), None)
    return SideShown(
        row=side,
        is_accepted=permissions.is_accepted(side),
        is_mine=mine is not None,
        i_accept=mine is not None and mine.accepted == side.wording,
    )
