"""Who may ask to read a room from outside, and who holds which key.

The first key is a moderator's, the second an administrator's; whoever asks holds neither, nor does anybody
who sits in the room. Asking opens nothing and shows nothing, not even whether the room exists.
"""

from agora.people.roles import ADMINISTRATOR, MODERATOR, REGIONAL_ROLES, roles_of

from ..models import OutsideAccess, Seat


def can_ask(user) -> bool:
    """Whether a user may ask: moderators and administrators, who answer for Agora."""
    return bool(roles_of(user) & REGIONAL_ROLES)


def is_waiting(access: OutsideAccess) -> bool:
    """Whether a key is still to be turned."""
    return access.until is None and access.ended_at is None and access.refused_by_id is None


def can_turn_first(user, access: OutsideAccess) -> bool:
    """Whether a user holds the first key of this demand: a moderator, neither asking nor seated."""
    return (
        is_waiting(access)
        and access.first_key_at is None
        and MODERATOR in roles_of(user)
        and not _is_party(user, access)
    )


def can_turn_second(user, access: OutsideAccess) -> bool:
    """Whether a user holds the second key: an administrator who did not turn the first one."""
    return (
        is_waiting(access)
        and access.first_key_at is not None
        and ADMINISTRATOR in roles_of(user)
        and access.first_key_by_id != user.pk
        and not _is_party(user, access)
    )


def can_refuse(user, access: OutsideAccess) -> bool:
    """Whether a user may refuse: whoever may turn the next key."""
    return can_turn_first(user, access) or can_turn_second(user, access)


def can_end(user, access: OutsideAccess) -> bool:
    """Whether a user may end an access: who reads, or who turned a key."""
    return user.pk in (access.asked_by_id, access.first_key_by_id, access.second_key_by_id)


def _is_party(user, access: OutsideAccess) -> bool:
    if user.pk == access.asked_by_id:
        return True
    return Seat.objects.filter(room=access.room_id, member=user.pk, state=Seat.State.SEATED).exists()
