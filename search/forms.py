"""What the address of a results page says: words, filters, page. Nothing there is ever an error."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from .answers import PER_PAGE
from .contract import MAX_WINDOW
from .facets import Filters, labels
from .plan import LONGEST_TEXT

MOST_VALUES = 50  # values read of one facet
LAST_PAGE = MAX_WINDOW // PER_PAGE


@dataclass(frozen=True, slots=True)
class Question:
    """A search as its address tells it: known values of known facets, a page from 1."""

    text: str
    filters: Filters
    page: int

    def address(self, *, without: tuple[str, str] | None = None, **changes: str) -> str:
        """Return the query string of the first page of this search.

        `without`: a (facet, value) left out; `changes`: facets that take this one value instead.
        """
        pairs = [("q", changes.pop("q", self.text))]
        for facet, values in self.filters.items():
            if facet not in changes:
                pairs += [(facet, value) for value in sorted(values) if (facet, value) != without]
        return "?" + urlencode([*pairs, *changes.items()])


def asked(query: QueryDict) -> Question:
    """Read a query string; unknown values, odd pages and signs that are no text are left out."""
    filters = {}
    for facet, known in labels().items():
        chosen = frozenset(query.getlist(facet)[:MOST_VALUES]) & known.keys()
        if chosen:
            filters[facet] = frozenset(chosen)
    return Question(readable(query.get("q", "")), filters, _page(query.get("page", "")))


def readable(text: str) -> str:
    """Return what was typed as it can stand on the page: no control signs, no lone surrogates."""
    kept = text[: LONGEST_TEXT * 2].encode("utf-8", "ignore").decode()
    return "".join(sign if sign.isprintable() else " " for sign in kept).strip()[:LONGEST_TEXT]


def _page(number: str) -> int:
    return (
        min(max(int(number), 1), LAST_PAGE)
        if number.isascii() and number.isdigit() and len(number) < 6
        else 1
    )
