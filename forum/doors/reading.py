"""A room as two keys show it: its texts by phase, and what else was asked for.

A name of its own: it is what the page says.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Prefetch

from ..board.reading import Board, board_from_outside
from ..methods.definition import Phase
from ..models import Contribution, OutsideAccess, Perspective, Room, RoomFile, Synthesis
from ..rooms.permissions import Visit


@dataclass(frozen=True)
class VisitPage:
    """What whoever visits reads."""

    visit: Visit

    @property
    def room(self) -> Room:
        """The room."""
        return self.visit.room

    @property
    def access(self) -> OutsideAccess:
        """The demand that opened it, and until when."""
        return self.visit.access

    @cached_property
    def phases(self) -> list[tuple[Phase, list[Contribution]]]:
        """The texts that are left, phase by phase (two queries)."""
        lines = RoomFile.objects.defer("content") if self.access.with_files else RoomFile.objects.none()
        texts = Contribution.objects.readable_from_outside(self.room).standing().in_reading_order()
        texts = [text for text in texts.prefetch_related(Prefetch("files", lines)) if text.text]
        phases = self.room.method.phases
        return [
            (phases[number], list(group))
            for number, group in groupby(texts, key=lambda text: text.run.number)
            if number < len(phases)
        ]

    @cached_property
    def board(self) -> Board | None:
        """The board, where it was asked for and something lies on it."""
        board = board_from_outside(self.room) if self.access.with_outcome else None
        return None if board is None or board.is_empty else board

    @cached_property
    def perspectives(self) -> list[Perspective]:
        """The perspectives, where they were asked for."""
        if not self.access.with_outcome:
            return []
        return list(self.room.perspectives.filter(removed_at__isnull=True))

    @cached_property
    def synthesis(self) -> Synthesis | None:
        """The synthesis, once it was proposed to the room."""
        if not self.access.with_outcome:
            return None
        return Synthesis.objects.filter(pk=self.room.pk, submitted_at__isnull=False).first()
