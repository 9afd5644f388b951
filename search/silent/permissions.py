"""Who reads what members looked for in vain."""

from django.http import Http404

from agora.people.roles import ADMINISTRATOR, EDITOR, MODERATOR, roles_of

from ..models import SilentNeed

READERS = frozenset({EDITOR, MODERATOR, ADMINISTRATOR})


def can_see_needs(user) -> bool:
    """The team of editors, who write or ask for what is missing."""
    return bool(roles_of(user) & READERS)


def can_read(user, need: SilentNeed) -> bool:
    """A need that five people told, to the team; below, to nobody."""
    return can_see_needs(user) and bool(need.text)


def visible_to(user):
    """Return the needs that a user reads."""
    return SilentNeed.objects.exclude(text="") if can_see_needs(user) else SilentNeed.objects.none()


def get_need_for(user, pk: int) -> SilentNeed:
    """Return a need that this user reads; 404 for any other number."""
    need = visible_to(user).filter(pk=pk).first()
    if need is None:
        raise Http404
    return need
