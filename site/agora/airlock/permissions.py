"""Who looks after a text whose author vouched for a number."""

from django.http import Http404

from agora.people.audience import MODERATORS, tokens_of

from .models import Vouch

LARGEST_KEY = 2**63 - 1  # beyond it, SQLite raises OverflowError instead of finding nothing


def can_see(user, vouch: Vouch) -> bool:
    """Whoever holds the token that the vouch names."""
    return vouch.judges in tokens_of(user)


def can_judge(user) -> bool:
    """Moderators have the page; who leads a room has it in the room."""
    return MODERATORS in tokens_of(user)


def get_vouch_for(user, pk: int) -> Vouch:
    """Return a vouch, or Http404 when there is none that this person judges."""
    vouch = Vouch.objects.filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if vouch is None or not can_see(user, vouch):
        raise Http404
    return vouch
