"""The acts on what somebody types in a form of a room that is no text of a phase: keep, forget.

It is a `RoomDraft` like any other: sealed, read by its author alone, gone with the phase. One per form.
"""

import json
from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict

from ..board.permissions import can_change
from ..models import RoomDraft, Seat
from ..outcome.permissions import can_draft, can_plan, can_tell

# The forms, and who fills them in.
FORMS: Mapping[str, Callable[[Seat], bool]] = {
    "converge": can_change,
    "diverge": can_change,
    "side": can_change,
    "plan": can_plan,
    "change": can_plan,
    "outcome": can_tell,
    "synthesis": can_draft,
}
OWN = frozenset({"csrfmiddlewaretoken", "sequence", "form", "form_pk", "act", "go"})
MOST = 40_000  # characters of one form


def keep_form(seat: Seat, name: str, pk: str, sent: QueryDict, *, sequence: int = 0) -> None:
    """Keep the fields of a form as typed; an answer that comes late never replaces newer ones.

    PermissionDenied for a form that its author may not fill in now, or that is too long for any of them.
    """
    run = seat.room.runs.filter(number=seat.room.step).first()
    if run is None or not FORMS.get(name, lambda _seat: False)(seat):
        raise PermissionDenied
    typed = {field: sent.getlist(field) for field in sent if field not in OWN}
    text = json.dumps(typed, ensure_ascii=False).replace("\\u0000", "")
    if len(text) > MOST:
        raise PermissionDenied
    with transaction.atomic():
        draft, _made = RoomDraft.objects.select_for_update().get_or_create(
            seat=seat, run=run, about=about_form(name, pk)
        )
        if sequence >= draft.sequence:
            draft.text, draft.sequence = text, sequence
            draft.save()


def forget_form(seat: Seat, name: str, pk: object = "") -> None:
    """Forget what was kept of a form: it was sent."""
    RoomDraft.objects.filter(seat=seat, about=about_form(name, pk)).delete()


def about_form(name: str, pk: object) -> str:
    """Return under what a form is kept."""
    return f"f:{name}:{pk}"[:40]
