"""Numbers that their author says are nobody's: whoever leads is asked to look, and not told who said so.

A name of its own: writing asks it at once, the opening of a blind phase for what was written in it.
"""

from django.urls import reverse

from agora.airlock.models import Vouch
from agora.people.audience import user_token

from ..methods.definition import ANIMATEUR
from ..models import Contribution, PhaseRun


def vouch(text: Contribution, reason: str) -> None:
    """Ask whoever leads the room to look at a number in a text that everybody there reads now."""
    lead = text.room.seats.present().filter(role=ANIMATEUR).first()
    if reason and lead is not None:
        address = f"{reverse('forum:room', args=[text.room_id])}#t{text.pk}"
        Vouch.objects.create(judges=user_token(lead.member_id), address=address, reason=reason)


def vouch_opened(run: PhaseRun) -> None:
    """Ask it of what was written in a blind phase that has just opened: nobody was asked anything before,
    so that nothing told that somebody had written.
    """
    for text in run.contributions.filter(withdrawn_at__isnull=True).order_by("shuffle"):
        vouch(text, text.vouched)
    run.contributions.update(vouched="")
