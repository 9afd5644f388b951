"""What a sheet says to the one person who reads it: never kept, asked in as few queries as possible.

Each concern of the catalogue adds one function here, `(user, practice) -> context`, and its place in the
templates `practices/sheet_personal_*.html`. Only members have anything personal; what visitors are told
too, and is asked anew each time, is in OPEN_CONCERNS.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from agora.vocabulary import lists

from ..adoption.personal import at_ours
from ..history import contributors_of
from ..history.contributors import Contributors
from ..keeping.lists.kept import kept_by
from ..keeping.useful.said import useful_of
from ..models import PracticePage
from ..review.pages import on_sheet
from ..shelf.personal import shelf_of
from ..wording import interface_language

Concern = Callable[[Any, PracticePage], dict[str, Any]]
MarkedConcern = Callable[[Any, PracticePage, str], dict[str, Any]]


def _written_by(user, practice: PracticePage, mark: str) -> dict[str, Any]:
    """Who wrote the sheet: kept under the mark, which moves when somebody leaves (practices.freshness)."""
    key = (mark, lists.stamp(), interface_language())
    return {"contributors": _kept_contributors(practice.pk, *key)}


@lru_cache(maxsize=512)
def _kept_contributors(pk: int, _mark: str, _words: object, _language: str) -> Contributors | None:
    return contributors_of(PracticePage.objects.get(pk=pk))


OPEN_CONCERNS: tuple[Concern, ...] = (useful_of,)
CONCERNS: tuple[Concern, ...] = (shelf_of, on_sheet, kept_by)
# These keep what all readers share.
MARKED_CONCERNS: tuple[MarkedConcern, ...] = (_written_by, at_ours)


def personal_of(user, practice: PracticePage, *, member: bool, mark: str) -> dict[str, Any]:
    """Return the context of the personal parts of a sheet, for a validated member or for anybody else.

    `mark`: the catalogue's, as this request read it (practices.facets).
    """
    context: dict[str, Any] = {}
    for marked in MARKED_CONCERNS if member else ():
        context |= marked(user, practice, mark)
    for concern in (*OPEN_CONCERNS, *(CONCERNS if member else ())):
        context |= concern(user, practice)
    return context
