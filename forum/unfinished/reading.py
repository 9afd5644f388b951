"""What somebody left in a form of a room, given back to it.

A name of its own: it only reads.
"""

import json

from ..models import RoomDraft, Seat
from .actions import about_form


def begun(seat: Seat, name: str, pk: object = "", *, prefix: str = "") -> dict[str, object]:
    """Return what a form starts with: its fields as they were left, a list where several were chosen."""
    draft = RoomDraft.objects.filter(
        seat=seat, run__number=seat.room.step, about=about_form(name, pk)
    ).first()
    typed = json.loads(draft.text) if draft and draft.text else {}
    return {
        field.removeprefix(f"{prefix}-") if prefix else field: values[0] if len(values) == 1 else values
        for field, values in typed.items()
        if values
    }
