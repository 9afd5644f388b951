"""What was said in the exchanges that are behind: the half of the room's page that looks back.

A name of its own, like page.py, whose class completes this one. Rounds and narrative are short and stand on
the page; an exchange of twelve people is long, so it opens on demand (`?phase=5`), leaf by leaf.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..methods.definition import Phase
from ..models import Contribution, Room
from .shown import Leaf, Text

PER_LEAF = 40  # texts, with their answers; a page of five hundred would weigh 400 kB


@dataclass(frozen=True, slots=True)
class Talk:
    """An exchange of a phase that is behind: how many texts it holds; they, when it is open."""

    number: int
    phase: Phase
    count: int
    texts: tuple[Text, ...] = ()
    leaf: Leaf | None = None


class Earlier:
    """What one seat may read again of earlier exchanges; `RoomPage` says the rest."""

    room: Room
    texts: list[Contribution]
    _asked: Mapping[str, str]
    _replies: dict[object, list[Contribution]]

    @cached_property
    def talks(self) -> list[Talk]:
        """The exchanges that are behind, in their order; the one that the address asks for is open."""
        known: dict[int, list[Contribution]] = {}
        for row in self._rows(Contribution.Kind.WORD):
            if self.room.state != Room.State.OPEN or row.run.number != self.room.step:
                known.setdefault(row.run.number, []).append(row)
        return [self._talk(number, rows) for number, rows in sorted(known.items())]

    def _talk(self, number: int, rows: list[Contribution]) -> Talk:
        phase = self.room.method.phases[number]
        sought = self._asked.get("texte", "")
        is_open = self._asked.get("phase") == str(number) or any(self._is(row, sought) for row in rows)
        if not is_open:
            return Talk(number, phase, len(rows))
        shown, leaf = self._cut(rows)
        return Talk(number, phase, len(rows), tuple(self._told(shown)), leaf)

    def _is(self, row: Contribution, sought: str) -> bool:
        """Say whether a text, or one that answers it, is the one that the address looks for."""
        replies = self._replies.get(row.pk, ())
        return bool(sought) and sought in (str(row.pk), *(str(reply.pk) for reply in replies))

    def _cut(self, rows: list[Contribution]) -> tuple[list[Contribution], Leaf | None]:
        """Return one leaf of a list that can be long: the last one, or the one that the address asks for."""
        if len(rows) <= PER_LEAF:
            return rows, None
        total, wanted = -(-len(rows) // PER_LEAF), self._asked.get("page", "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else total
        for place, row in enumerate(rows):
            if self._is(row, self._asked.get("texte", "")):
                number = place // PER_LEAF + 1
        number = min(max(number, 1), total)
        first = (number - 1) * PER_LEAF
        leaf = Leaf(number, total, first + 1, min(first + PER_LEAF, len(rows)), len(rows))
        return rows[first : first + PER_LEAF], leaf
