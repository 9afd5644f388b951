"""What somebody may write in a room, and what they left unfinished: the half of the room's page that types.

A name of its own, like page.py, whose class completes this one.
"""

from collections.abc import Mapping
from functools import cached_property

from ..card_reports import permissions as card_reports
from ..models import CardReport, Contribution, PhaseRun, Room, RoomDraft, RoomReport, Seat
from ..reports import permissions as reports
from ..talk import permissions as talk
from ..talk.calling import calls, names_for
from ..talk.quoting import quote_of
from .shown import Text

QUOTING = frozenset({"questions", "round", "answer", "talk"})  # kinds of phase in which one answers others
MOST_CALLS = 3
# Of a report the room's page says that it is there: none of its words, and none of the text's, is opened.
UNREAD = ("explanation", "decision", "text__text", "text__withheld", "text__removal_reason", "text__signed")


class Writing:
    """What one seat may write; `RoomPage` says the rest."""

    seat: Seat
    seats: list[Seat]
    room: Room
    run: PhaseRun | None
    texts: list[Contribution]
    _asked: Mapping[str, str]

    @cached_property
    def _own_row(self) -> Contribution | None:
        mine = [
            row
            for row in self.texts
            if row.run.number == self.room.step and row.mark == self.seat.mark and not row.is_gone
        ]
        return mine[-1] if mine else None

    @cached_property
    def own(self) -> Text | None:
        """What who looks has written in this phase, where one writes once."""
        return self._text(self._own_row) if self._own_row else None

    @property
    def can_write(self) -> bool:
        """Whether the composer is shown."""
        if self.run is None or not talk.can_write(self.seat, self.run):
            return False
        return not (self.room.phase.once and self._own_row)

    @property
    def can_reply(self) -> bool:
        """Whether who looks answers the questions."""
        return self.run is not None and talk.can_reply(self.seat, self.run)

    @cached_property
    def drafts(self) -> dict[str, RoomDraft]:
        """What who looks left unfinished in this phase, by what it is about."""
        if self.run is None:
            return {}
        return {draft.about: draft for draft in self.seat.drafts.filter(run=self.run)}

    @cached_property
    def draft(self) -> str:
        """The unfinished text of the composer, with the passage that the address asks to quote."""
        kept = self.drafts[""].text if "" in self.drafts else ""
        asked = self._asked.get("citer", "")
        if not asked or not self.can_quote:
            return kept
        quoted = next((quote_of(row) for row in self.texts if str(row.pk) == asked), "")
        return f"{kept.rstrip()}\n\n{quoted}" if kept.strip() and quoted not in kept else kept or quoted

    @cached_property
    def preference_draft(self) -> str:
        """The unfinished reason of a preference, whichever story it was for."""
        # Forms and corrections keep theirs under a name with a colon, answers under the number of a text.
        return next((draft.text for about, draft in self.drafts.items() if ":" not in about), "")

    @cached_property
    def can_quote(self) -> bool:
        """Whether the composer of this phase takes quotes: where one answers what others wrote."""
        return self.room.phase.kind in QUOTING and self.can_write and not self.can_reply

    @cached_property
    def names(self) -> list[str]:
        """The names that who looks may call in a text."""
        return names_for(self.seat, self.texts, self.seats)

    @cached_property
    def calling(self) -> list[Contribution]:
        """The texts of the phase under way that call who looks: nobody else sees this line."""
        here = [row for row in self.texts if row.run.number == self.room.step and calls(row, self.seat)]
        return here[-MOST_CALLS:]

    # --- What was reported -------------------------------------------------------------------------
    @cached_property
    def _reports(self) -> list[RoomReport]:
        return list(reports.reports_in(self.seat).defer(*UNREAD))

    @cached_property
    def _card_reports(self) -> list[CardReport]:
        if not self.room.method.has("board"):
            return []
        return list(card_reports.reports_in(self.room).defer("explanation", "decision", "card__words"))

    @cached_property
    def _reported(self) -> set:
        mine = self.seat.mark
        return {each.text_id for each in self._reports if each.mark == mine and not each.outcome}

    @cached_property
    def to_decide(self) -> int:
        """How many reports who looks may decide about."""
        texts = sum(reports.can_decide(self.seat, each, self.seats) for each in self._reports)
        return texts + sum(
            card_reports.can_decide(self.seat, each, self.seats) for each in self._card_reports
        )

    @cached_property
    def has_reports(self) -> bool:
        """Whether the page of reports holds something for who looks."""
        removed = any(row.removed_at and row.mark == self.seat.mark for row in self.texts)
        known = [*self._reports, *self._card_reports]
        return removed or bool(self.to_decide) or any(e.mark == self.seat.mark for e in known)
