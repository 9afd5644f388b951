"""What a sheet says to the one person who reads it: never kept, asked in as few queries as possible.

Each concern of the catalogue adds one function here, `(user, practice) -> context`, and its place in the
templates `practices/sheet_personal_*.html`. Only members have anything personal; what visitors are told
too, and is asked anew each time, is in OPEN_CONCERNS.
"""

from collections.abc import Callable
from typing import Any

from ..adoption.personal import at_ours
from ..history import contributors_of
from ..keeping.lists.kept import kept_by
from ..keeping.useful.said import useful_of
from ..models import PracticePage
from ..review.pages import on_sheet
from ..shelf.personal import shelf_of

Concern = Callable[[Any, PracticePage], dict[str, Any]]


def _written_by(user, practice: PracticePage) -> dict[str, Any]:
    """Who wrote the sheet: asked each time, so that nobody is named any more on the day they leave."""
    return {"contributors": contributors_of(practice)}


OPEN_CONCERNS: tuple[Concern, ...] = (useful_of,)
CONCERNS: tuple[Concern, ...] = (_written_by, at_ours, shelf_of, on_sheet, kept_by)


def personal_of(user, practice: PracticePage, *, member: bool) -> dict[str, Any]:
    """Return the context of the personal parts of a sheet, for a validated member or for anybody else."""
    context: dict[str, Any] = {}
    for concern in (*OPEN_CONCERNS, *(CONCERNS if member else ())):
        context |= concern(user, practice)
    return context
