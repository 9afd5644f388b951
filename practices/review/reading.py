"""A proposal set against what is published now: what a reviewer reads, and what accepting would publish.

A name of its own because it decides nothing: the acts and the pages read the same thing, so that what is
published is what was shown.
"""

from dataclasses import dataclass

from ..drafting import Standoff, three_way
from ..fields import PracticeFields
from ..growth import refusal
from ..models import PracticePage, Proposal


@dataclass(frozen=True, slots=True)
class Reading:
    """One proposal against one published version.

    `seen`: what a page sends back, to say which texts it showed (the proposal's and the published one's).
    """

    proposal: Proposal
    standoff: Standoff
    live: PracticeFields

    @property
    def seen(self) -> str:
        """The two numbers that name both texts: « 2-1234 »."""
        return f"{self.proposal.version}-{self.standoff.latest or 0}"

    @property
    def outcome(self) -> PracticeFields:
        """The sheet as it would be; where both changed the same place, as the proposal has it."""
        merged = dict(self.standoff.merged)
        merged |= {name: self.standoff.mine[name] for name in self.standoff.fields}
        return PracticeFields(**merged)

    @property
    def problems(self) -> dict[str, str]:
        """What keeps the outcome from being published, by field (joined texts may grow too long)."""
        return refusal(self.outcome, self.live) | self.outcome.errors() | self.outcome.missing()

    @property
    def is_acceptable(self) -> bool:
        """Whether it can be accepted as it stands: everything joins, and the result is a sheet."""
        return not self.standoff.fields and not self.problems

    @property
    def says_nothing_new(self) -> bool:
        """Whether what is published says all of it already."""
        return self.outcome == self.live


def reading_of(proposal: Proposal, page: PracticePage) -> Reading:
    """Set a proposal against a sheet as it is read now (both as they stand in memory)."""
    base = PracticeFields.of(proposal.base.as_object()) if proposal.base_id else None
    live = PracticeFields.of(page)
    mine = live.with_data(proposal.data)
    return Reading(proposal, three_way(base, mine, live, page.live_revision_id), live)
