"""Searching one's own rooms: texts are read with the rights of the seat, opened, and compared.

A name of its own: it only reads. Rooms are small (some hundred texts each), and nothing that is typed here is
kept, counted or indexed. Words are compared by their stems, in both languages, as the site's search does.
"""

from dataclasses import dataclass

from agora.people.models import Member
from search import analysis

from ..models import Contribution, Seat

MOST_WORDS, MOST_HITS, AROUND = 8, 50, 140


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that answers: its room, an extract, and the address of its place."""

    text: Contribution
    extract: str


def find(user: Member, query: str) -> list[Hit]:
    """Return the texts of a user's rooms that hold all the words typed, the latest rooms first."""
    wanted = [_forms(token.surface) for token in analysis.tokens(analysis.normalise(query))][:MOST_WORDS]
    wanted = [forms for forms in wanted if forms]
    if not wanted:
        return []
    hits: list[Hit] = []
    seats = Seat.objects.filter(member=user.pk, state=Seat.State.SEATED).select_related(
        "room__version__method"
    )
    for seat in seats.order_by("-room__created_at"):
        for text in Contribution.objects.readable_by(seat).standing().in_reading_order():
            if (place := _place(text.text, wanted)) is not None:
                text.room = seat.room
                hits.append(Hit(text, _extract(text.text, place)))
                if len(hits) == MOST_HITS:
                    return hits
    return hits


def _forms(word: str) -> frozenset[str]:
    return frozenset({analysis.fold(word), *analysis.stems(word, "fr"), *analysis.stems(word, "nl")})


def _place(text: str, wanted: list[frozenset[str]]) -> int | None:
    """Return where the first of the words stands, when all of them are there."""
    first, missing = None, list(wanted)
    for token in analysis.tokens(text):
        forms = _forms(token.surface)
        left = [each for each in missing if not each & forms]
        if len(left) < len(missing):
            first = token.start if first is None else first
            missing = left
            if not missing:
                return first
    return None


def _extract(text: str, place: int) -> str:
    start = max(0, place - AROUND // 2)
    piece = " ".join(text[start : start + 2 * AROUND].split())
    return ("… " if start else "") + piece + (" …" if start + 2 * AROUND < len(text) else "")
