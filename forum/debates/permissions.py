"""Who reads and changes debates, and the only way from an address to one."""

from django.http import Http404

from agora.people.audience import MEMBERS, tokens_of

from ..models import Argument, Debate, Position

LARGEST_KEY = 2**63 - 1


def can_read(user, debate: Debate) -> bool:
    """Members read every debate."""
    return MEMBERS in tokens_of(user)


def can_open(user) -> bool:
    """Any member opens a debate."""
    return MEMBERS in tokens_of(user)


def can_change(user, debate: Debate) -> bool:
    """Any member changes one that is awake: it is a wiki."""
    return can_read(user, debate) and debate.is_open


def get_debate_for(user, pk: int) -> Debate:
    """Return a debate, or Http404 when there is none that this person may read."""
    found = Debate.objects.visible_to(user).filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if found is None:
        raise Http404
    return found


def get_position_for(user, pk: int, position_pk: int) -> Position:
    """Return a position that stands in a debate, with the debate; Http404 as above."""
    debate = get_debate_for(user, pk)
    if position_pk > LARGEST_KEY:
        raise Http404
    found = debate.positions.filter(pk=position_pk, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    found.debate = debate
    return found


def get_argument_for(user, pk: int, argument_pk: int) -> Argument:
    """Return an argument that stands in a debate, with its position and debate; Http404 as above."""
    debate = get_debate_for(user, pk)
    standing = {"position__debate": debate, "removed_at__isnull": True, "position__removed_at__isnull": True}
    if argument_pk > LARGEST_KEY:
        raise Http404
    found = Argument.objects.select_related("position").filter(pk=argument_pk, **standing).first()
    if found is None:
        raise Http404
    found.position.debate = debate
    return found
