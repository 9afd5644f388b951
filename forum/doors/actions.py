"""The acts around the two keys. The room reads each of them in its journal, from the first one on."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.notices import send_to

from ..models import OutsideAccess, Room, RoomFile
from ..rooms.actions import locked, tell_others
from ..rooms.events import note
from ..rooms.permissions import is_turned
from ..talk import wording
from . import permissions

MOTIVE_LENGTH = 800
HOURS = (4, 24, 72)


@transaction.atomic
def ask(
    user,
    room: Room,
    motive: str,
    *,
    hours: int = 24,
    with_outcome: bool = False,
    with_files: bool = False,
) -> OutsideAccess:
    """Ask to read the texts of a room from outside, and say why; what the motive does not need stays closed.

    Args:
        hours: for how long, one of HOURS.
        with_outcome: the board, the perspectives and the synthesis too.
        with_files: the files of the texts too.

    PermissionDenied for who may not ask; ValidationError without a motive, or when a demand of the same
    person waits already.
    """
    if not permissions.can_ask(user):
        raise PermissionDenied
    if hours not in HOURS:
        raise ValidationError(_("Choisissez une durée de la liste."))
    motive = wording.checked(motive, MOTIVE_LENGTH)
    room = locked(room)
    waiting = room.outside_accesses.filter(asked_by=user, ended_at__isnull=True, refused_by__isnull=True)
    if any(permissions.is_waiting(access) for access in waiting):
        raise ValidationError(_("Votre demande attend déjà les deux clés."))
    access = OutsideAccess.objects.create(
        room=room,
        asked_by=user,
        motive=motive,
        hours=hours,
        with_outcome=with_outcome,
        with_files=with_files,
    )
    note(room, "key-asked", by=user, reason=motive)
    if with_outcome:
        note(room, "key-for-outcome", by=user)
    if with_files:
        note(room, "key-for-files", by=user)
    tell_others(room, None)
    return access


def _held(access: OutsideAccess) -> OutsideAccess:
    room = locked(access.room)
    access = OutsideAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    access.room = room
    return access


@transaction.atomic
def turn(user, access: OutsideAccess) -> OutsideAccess:
    """Turn the next key; the second one opens the room to who asked, for the hours asked, and no longer.

    PermissionDenied for who does not hold it.
    """
    access, now = _held(access), timezone.now()
    if permissions.can_turn_first(user, access):
        access.first_key_by, access.first_key_at = user, now
        note(access.room, "key-first", by=user)
    elif permissions.can_turn_second(user, access):
        access.second_key_by, access.second_key_at = user, now
        access.until = now + timedelta(hours=access.hours)
        note(access.room, "key-second", by=user)
        tell_others(access.room, None)
        asked = access.asked_by
        transaction.on_commit(lambda: send_to(asked, "forum/keys"), robust=True)
    else:
        raise PermissionDenied
    access.save()
    return access


@transaction.atomic
def refuse(user, access: OutsideAccess) -> OutsideAccess:
    """Refuse a demand instead of turning one's key."""
    access = _held(access)
    if not permissions.can_refuse(user, access):
        raise PermissionDenied
    access.refused_by = user
    access.save(update_fields=["refused_by"])
    note(access.room, "key-refused", by=user)
    return access


@transaction.atomic
def end(user, access: OutsideAccess) -> OutsideAccess:
    """End an access, or take a demand back, before its time."""
    access = _held(access)
    if not permissions.can_end(user, access) or access.ended_at is not None:
        raise PermissionDenied
    access.ended_at = timezone.now()
    access.save(update_fields=["ended_at"])
    note(access.room, "key-ended", by=user)
    return access


@transaction.atomic
def visit(user, access: OutsideAccess, file: RoomFile | None = None) -> None:
    """Write in the room's journal that it was read from outside, or one of its files: each time it is.

    PermissionDenied when the time is over, or when files were not asked for.
    """
    access = _held(access)
    if access.asked_by_id != user.pk or not is_turned(access) or (file and not access.with_files):
        raise PermissionDenied
    if file is None:
        note(access.room, "visited", by=user)
    else:
        note(access.room, "visited-file", by=user, reason=file.name)
