"""The acts on files of rooms: add one to one's text, take one off.

In a blind phase nothing moves that another could see, as for texts.
"""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agora.airlock.gate import Gate, gate_of
from agora.attachments.actions import taken_in

from ..models import Contribution, Room, RoomFile, Seat
from ..rereading.actions import hold
from ..rooms.actions import locked
from ..rooms.events import stir
from . import permissions

MOST_PER_TEXT = 3
MOST_PER_ROOM = 60


class ShowsSomebody(ValidationError):
    """A file names somebody, or might: `gate` says where. What might goes once its author looked."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(_("Le fichier n’est pas joint : relisez ce qui suit, puis choisissez-le à nouveau."))
        self.gate = gate


def attach(seat: Seat, text: Contribution, upload: UploadedFile, given: Mapping[str, str]) -> RoomFile:
    """Add a file to one's text: cleaned, read by the anonymisation gate with the name it came with, renamed.

    Args:
        given: what the author said of what the gate showed (`looked`). Nobody vouches for a file: whoever
            leads would have to open it.

    PermissionDenied for a text that is not one's own or cannot be corrected any more; ValidationError
    (ShowsSomebody among them) for the file.
    """
    if not permissions.can_attach(seat, text):  # before a process is spent on the file
        raise PermissionDenied
    with taken_in(upload) as (path, cleaned, pages):
        words = "\n".join(pages)
        gate = gate_of([], {"looked": given.get("looked", "")}, files=[(_told_name(upload), "", words)])
        if not gate.is_open:
            raise ShowsSomebody(gate)
        made = RoomFile(text=text, kind=cleaned.kind, pages=cleaned.pages)
        made.keep(path.read_bytes())
    return _added(seat, text, made)


def _told_name(upload: UploadedFile) -> str:
    return (upload.name or "").rpartition(".")[0] or (upload.name or "")


@transaction.atomic
def _added(seat: Seat, text: Contribution, made: RoomFile) -> RoomFile:
    room, seat, text = _correctable(seat, text)
    if RoomFile.objects.filter(text__room=room).count() >= MOST_PER_ROOM:
        raise ValidationError(_("Cette salle porte déjà soixante fichiers."))
    numbers = list(text.files.values_list("number", flat=True))
    if len(numbers) >= MOST_PER_TEXT:
        raise ValidationError(_("Un texte porte trois fichiers au plus. Enlevez-en un d’abord."))
    made.number = max(numbers, default=0) + 1
    made.save()
    hold(text, by=seat)
    _moved(room, text)
    return made


@transaction.atomic
def take_off(seat: Seat, file: RoomFile) -> None:
    """Take a file off one's text: it is gone at once. PermissionDenied as for `attach`."""
    room, _seat, text = _correctable(seat, file.text)
    RoomFile.objects.filter(pk=file.pk, text=text).delete()
    _moved(room, text)


def _correctable(seat: Seat, text: Contribution) -> tuple[Room, Seat, Contribution]:
    """Lock the room and read seat and text again: either may have changed since the page."""
    room = locked(seat.room)
    fresh = Seat.objects.select_related("member").get(pk=seat.pk)
    fresh.room = room
    text = Contribution.objects.select_related("run").filter(pk=text.pk).first()
    if text is None or not fresh.member.is_validated or not permissions.can_attach(fresh, text):
        raise PermissionDenied
    return room, fresh, text


def _moved(room: Room, text: Contribution) -> None:
    if not text.run.is_sealed:
        stir(room)
