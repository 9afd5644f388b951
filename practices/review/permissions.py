"""Who publishes at once, who answers a proposal, who reads it; the only way from a number to a proposal."""

from django.http import Http404

from agora.people.roles import MODERATOR, roles_of

from ..models import PracticePage, Proposal, RevisionNote
from ..permissions import can_edit, can_keep, can_write, is_keeper

BIGGEST_ID = 2**63 - 1  # SQLite fails on more where PostgreSQL finds nothing


def can_publish_directly(user, practice: PracticePage, significance: str) -> bool:
    """Whether a change of this extent appears at once; otherwise it waits as a proposal.

    Any member who may edit publishes a small correction (that it is one is checked by `extent`); more
    is for those who answer for the sheet.
    """
    if not can_edit(user, practice):
        return False
    return significance == RevisionNote.Significance.MINOR or can_keep(user, practice)


def can_read_proposal(user, proposal: Proposal) -> bool:
    """Its author always; those who answer for the sheet, unless it was taken back or the sheet archived."""
    if not can_write(user):
        return False
    if proposal.author_id == user.pk:
        return True
    return proposal.state != Proposal.State.WITHDRAWN and can_keep(user, proposal.practice)


def can_answer(user, proposal: Proposal) -> bool:
    """Those who answer for the sheet, while it waits; nobody their own, unless they keep the sheet now."""
    practice = proposal.practice
    if proposal.state != Proposal.State.WAITING or not can_edit(user, practice):
        return False
    return is_keeper(user, practice) or (MODERATOR in roles_of(user) and proposal.author_id != user.pk)


def can_revise(user, proposal: Proposal) -> bool:
    """Its author changes or takes back what still waits, whatever became of the sheet."""
    return can_write(user) and proposal.author_id == user.pk and proposal.state == Proposal.State.WAITING


def get_proposal_for(user, pk: int) -> Proposal:
    """Return a proposal with its sheet and people, or Http404 when there is none for this person."""
    found = None
    if pk <= BIGGEST_ID:
        related = (
            "practice__locale", "practice__owner", "practice__fallback_owner",
            "author__cpas", "answered_by", "base",
        )  # fmt: skip
        found = Proposal.objects.select_related(*related).filter(pk=pk).first()
    if found is None or not can_read_proposal(user, found):
        raise Http404
    return found
