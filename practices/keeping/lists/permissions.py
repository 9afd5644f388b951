"""Who may read and change a reading list, and the only way from a number to a list."""

from django.http import Http404

from agora.people.audience import MEMBERS, cpas_token, tokens_of

from ...models import ReadingList

Audience = ReadingList.Audience


def can_read_list(user, reading_list: ReadingList) -> bool:
    """Its owner reads it, and those it was shared with, as long as its owner is a member."""
    tokens = tokens_of(user)
    if MEMBERS not in tokens:
        return False
    owner = reading_list.owner
    if owner.pk == user.pk:
        return True
    if not owner.is_validated or reading_list.audience == Audience.SELF:
        return False
    if reading_list.audience == Audience.CPAS:
        return bool(owner.cpas_id) and cpas_token(owner.cpas_id) in tokens
    return True


def can_change_list(user, reading_list: ReadingList) -> bool:
    """Only its owner changes a list."""
    return MEMBERS in tokens_of(user) and reading_list.owner_id == user.pk


def get_list_for(user, pk: int, *, change: bool = False) -> ReadingList:
    """Return a list that a user may read (or change), or Http404."""
    found = ReadingList.objects.visible_to(user).select_related("owner__cpas").filter(pk=pk).first()
    if found is None or (change and not can_change_list(user, found)):
        raise Http404
    return found
