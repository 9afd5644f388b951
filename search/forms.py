"""What the address of a results page says: words, filters, page, order. Nothing there is ever an error."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from .answers import PER_PAGE
from .contract import MAX_WINDOW, SORTS, Sort
from .facets import Filters, labels
from .plan import LONGEST_TEXT

MOST_VALUES = 50  # values read of one facet
LAST_PAGE = MAX_WINDOW // PER_PAGE
USUAL: Sort = "relevance"


@dataclass(frozen=True, slots=True)
class Question:
    """A search as its address tells it: known values of known facets, a page from 1."""

    text: str
    filters: Filters
    page: int = 1
    sort: Sort = USUAL

    @property
    def kept(self) -> str:
        """The words and filters in one order, as a followed search and a feed keep them; empty for none."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in sorted(self.filters) for value in sorted(self.filters[facet])]
        return urlencode(pairs)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the chosen values, for forms that carry them along."""
        return [(facet, value) for facet, values in self.filters.items() for value in sorted(values)]

    def address(self, *, without: tuple[str, str] | None = None, **changes: str) -> str:
        """Return the query string of the first page of this search.

        `without`: a (facet, value) left out; `changes`: facets that take this one value instead (none when
        it is empty).
        """
        pairs = [("q", changes.pop("q", self.text))]
        if self.sort != USUAL and "sort" not in changes:
            pairs.append(("sort", self.sort))
        for facet, values in self.filters.items():
            if facet not in changes:
                pairs += [(facet, value) for value in sorted(values) if (facet, value) != without]
        return "?" + urlencode([*pairs, *((name, value) for name, value in changes.items() if value)])


def asked(query: QueryDict) -> Question:
    """Read a query string; unknown values, odd pages and signs that are no text are left out."""
    filters = {}
    for facet, known in labels().items():
        chosen = frozenset(query.getlist(facet)[:MOST_VALUES]) & known.keys()
        if chosen:
            filters[facet] = frozenset(chosen)
    sort = query.get("sort", "")
    return Question(
        text=readable(query.get("q", "")),
        filters=filters,
        page=_page(query.get("page", "")),
        sort=sort if sort in SORTS else USUAL,
    )


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
