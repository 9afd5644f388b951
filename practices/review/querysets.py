"""Which proposals somebody may see or answer: the database half of permissions.py (a test proves it)."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agora.people.audience import MEMBERS, tokens_of
from agora.people.roles import MODERATOR, roles_of

WAITING, WITHDRAWN = "waiting", "withdrawn"
# Keepers answer first; after this, moderators are told, and the proposal stands at the head of their queue.
DAYS_FOR_KEEPERS = 7


class ProposalQuerySet(models.QuerySet):
    """Proposals, filtered by who looks."""

    def waiting(self) -> "ProposalQuerySet":
        """Those without an answer, on sheets that are still in the catalogue."""
        return self.filter(state=WAITING, practice__live=True)

    def visible_to(self, user) -> "ProposalQuerySet":
        """One's own, always; what was proposed (and not taken back) to those who answer for the sheet."""
        if MEMBERS not in tokens_of(user):
            return self.none()
        answers = Q(practice__live=True) & ~Q(state=WITHDRAWN)
        if MODERATOR not in roles_of(user):
            answers &= _kept_by(user)
        return self.filter(Q(author=user) | answers)

    def to_answer_by(self, user) -> "ProposalQuerySet":
        """Those that wait for this person's answer, or a colleague's."""
        if MEMBERS not in tokens_of(user):
            return self.none()
        mine = _kept_by(user)
        if MODERATOR in roles_of(user):
            mine |= ~Q(author=user)
        return self.waiting().filter(mine, practice__locked=False)

    def escalated(self) -> "ProposalQuerySet":
        """Those that keepers have left too long without an answer, or that no active keeper can answer."""
        before = timezone.now() - timedelta(days=DAYS_FOR_KEEPERS)
        return self.filter(Q(sent_at__lte=before) | ~_active("owner") & ~_active("fallback_owner"))


def _kept_by(user) -> Q:
    return Q(practice__owner=user) | Q(practice__fallback_owner=user)


def _active(keeper: str) -> Q:
    return Q(**{f"practice__{keeper}__status": "active", f"practice__{keeper}__is_active": True})
