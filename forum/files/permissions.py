"""Who may read a file of a room and add one: whoever may read the text, and whoever may still correct it."""

from django.db.models import QuerySet
from django.http import Http404

from ..models import Contribution, RoomFile, Seat
from ..rooms.permissions import Visit
from ..talk.permissions import can_edit


def files_readable_by(seat: Seat) -> QuerySet[RoomFile]:
    """Return the files that the holder of a seat may read: those of the texts that they read."""
    texts = Contribution.objects.readable_by(seat).standing()
    return RoomFile.objects.filter(text__in=texts.values("pk"))


def can_attach(seat: Seat, text: Contribution) -> bool:
    """Whether the holder of a seat may add a file to a text, or take one off: as long as they correct it."""
    return can_edit(seat, text)


def get_visited_file_for(visit: Visit, pk) -> RoomFile:
    """Return a file that two keys open, or Http404: of a text that the whole room reads, where files were
    asked for.
    """
    texts = Contribution.objects.readable_from_outside(visit.room).standing()
    found = RoomFile.objects.filter(text__in=texts.values("pk"), pk=pk).first()
    if found is None or not visit.access.with_files:
        raise Http404
    return found


def get_file_for(seat: Seat, pk) -> RoomFile:
    """Return a file that the holder of a seat may read, or Http404."""
    found = files_readable_by(seat).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
