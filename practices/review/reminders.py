"""Proposals that wait too long: who is told, when, and once each.

A name of its own: acts of nobody, run by time (`manage.py remind_proposals`). One letter to a moderator
however many proposals wait; which ones is read on the page.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agora.people.models import Member
from agora.people.notices import send_to
from agora.people.roles import MODERATOR

from ..models import Proposal, SentReminder
from .querysets import DAYS_FOR_KEEPERS

DAYS_BEFORE_ALARM = 21
_OCCASIONS = {"proposal_escalated": "moderators", "proposal_overdue": "again"}


@transaction.atomic
def remind() -> int:
    """Tell moderators of what waits since a week, then since three; return how many proposals were told."""
    now = timezone.now()
    week, weeks = now - timedelta(days=DAYS_FOR_KEEPERS), now - timedelta(days=DAYS_BEFORE_ALARM)
    waiting = Proposal.objects.waiting()
    return tell_moderators(waiting.filter(sent_at__lte=weeks), "proposal_overdue") + tell_moderators(
        waiting.filter(sent_at__lte=week, sent_at__gt=weeks), "proposal_escalated"
    )


def tell_moderators(proposals: Iterable[Proposal], letter: str) -> int:
    """Send moderators one letter for those of these proposals they were not told of yet; return how many.

    `letter`: « proposal_escalated » or « proposal_overdue ». Sent once the transaction holds.
    """
    occasion = _OCCASIONS[letter]
    fresh = 0
    for proposal in proposals:
        name = f"proposal:{proposal.pk}:{occasion}"
        fresh += SentReminder.objects.get_or_create(practice_id=proposal.practice_id, occasion=name)[1]
    if fresh:
        for moderator in Member.objects.holding(MODERATOR):
            transaction.on_commit(lambda moderator=moderator: send_to(moderator, letter), robust=True)
    return fresh
