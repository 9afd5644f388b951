"""What happened in a room, written where those who sit there read it, and in the log as a code alone.

A name of its own: every act of the room calls it.
"""

import logging

from django.db.models import F

from ..models import Room, RoomEvent

log = logging.getLogger("agora.forum")


def note(room: Room, code: str, *, by=None, about=None, step: int = -1, reason: str = "") -> RoomEvent:
    """Write one event and move the room's beat, so that open pages know that something changed."""
    Room.objects.filter(pk=room.pk).update(beat=F("beat") + 1)
    room.beat += 1
    log.info("room.%s", code)  # neither which room nor who: a log is read by others
    return RoomEvent.objects.create(room=room, code=code, by=by, about=about, step=step, reason=reason)


def stir(room: Room) -> None:
    """Move the beat without an event: a text came, and nobody is told which or whose."""
    Room.objects.filter(pk=room.pk).update(beat=F("beat") + 1)
    room.beat += 1
