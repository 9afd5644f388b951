"""What the page of a room is made of: a line of its phases, a text as it is read, a leaf of a long list.

A name of its own: small values that page.py fills and the templates read.
"""

from dataclasses import dataclass, field

from ..methods.definition import Phase
from ..models import Contribution, PhaseRun, RoomFile


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list of phases."""

    phase: Phase
    run: PhaseRun | None
    state: str  # done, now, skipped, later
    when: str

    @property
    def tile(self) -> str:
        """The tile beside its name."""
        return {"done": "1", "now": "/", "skipped": "x", "later": "0"}[self.state]


@dataclass(frozen=True, slots=True)
class Stage:
    """Consecutive phases under one heading."""

    name: str
    steps: tuple[Step, ...]


@dataclass(slots=True)
class Text:
    """One text as it is read: under which name, what is under it, what its reader may do with it."""

    row: Contribution
    by: str
    is_own: bool
    can_edit: bool
    can_withdraw: bool
    can_move: bool
    can_report: bool = False
    is_reported: bool = False  # by who looks
    can_quote: bool = False
    draft: str = ""  # of the answer that who looks has begun
    files: list[RoomFile] = field(default_factory=list)
    replies: list["Text"] = field(default_factory=list)

    @property
    def pk_text(self) -> str:
        """Its identifier as forms send it."""
        return str(self.row.pk)

    @property
    def shows_hour(self) -> bool:
        """Whether its hour is shown: never in a phase that was blind."""
        return not self.row.run.is_sealed


@dataclass(frozen=True, slots=True)
class Leaf:
    """Which part of a long list is shown: « textes 41 à 80 sur 334 »."""

    number: int
    total: int
    first: int
    last: int
    texts: int

    @property
    def before(self) -> int:
        """The number of the leaf with older texts; 0 when there is none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the leaf with newer texts; 0 when there is none."""
        return self.number + 1 if self.number < self.total else 0
