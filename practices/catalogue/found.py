"""From what somebody asks to the sheets that answer: bit sets for filters, the search engine for words.

The words of the box « Dans les fiches » go to the same search as the box of the header, so that both find
the same (word forms, synonyms, both languages); what it finds is crossed with the bit sets, which know who
may read what. When the engine does not answer, titles and summaries in memory do, and the page says so.
"""

from dataclasses import dataclass

from agora.people.audience import MEMBERS, tokens_of
from search.contract import MAX_WINDOW
from search.service import search_service

from .. import facets
from .asked import CLOSEST, Request

KIND = "practice"  # under which search knows sheets


@dataclass(frozen=True, slots=True)
class Found:
    """The sheets of a request: all that the reader may open, those with the words, those with the rest too.

    `ranking`: positions in the order of the search, None without words. `is_simplified`: the engine was
    down. `is_cut`: more sheets have the words than the engine shows.
    """

    picture: facets.Picture
    readable: int
    worded: int
    mask: int
    ranking: list[int] | None = None
    is_simplified: bool = False
    is_cut: bool = False

    @property
    def total(self) -> int:
        """How many sheets answer."""
        return self.mask.bit_count()

    def counts(self, request: Request) -> dict[str, dict[str, int]]:
        """Return the counts beside the values of each facet."""
        return self.picture.counts(self.worded, request.chosen)

    def cards(self, sort: str, start: int, stop: int) -> list[facets.Card]:
        """Return the cards of a window, in one of the orders of the page."""
        if sort != CLOSEST or self.ranking is None:
            return self.picture.ordered(self.mask, sort, start, stop)
        ranked = [position for position in self.ranking if self.mask >> position & 1]
        return [self.picture.cards[position] for position in ranked[start:stop]]


def found_for(user, request: Request, picture: facets.Picture) -> Found:
    """Return the sheets that a user (or visitor) may read and that answer a request."""
    readable = picture.readable(member=MEMBERS in tokens_of(user))
    uids = search_service().matching(request.words, user, kind=KIND) if request.words else ()
    return found_with(request, picture, readable, uids)


def found_with(
    request: Request, picture: facets.Picture, readable: int, uids: tuple[str, ...] | None
) -> Found:
    """Return the sheets that answer a request, given what search found for its words (None: no answer)."""
    if not request.words:
        return Found(picture, readable, readable, picture.matching(readable, request.chosen))
    ranking = _by_titles(request.words, picture) if uids is None else _positions(uids, picture)
    worded = 0
    for position in ranking:
        worded |= 1 << position
    worded &= readable
    return Found(
        picture,
        readable,
        worded,
        picture.matching(worded, request.chosen),
        ranking,
        is_simplified=uids is None,
        is_cut=uids is not None and len(uids) >= MAX_WINDOW,
    )


def _positions(uids: tuple[str, ...], picture: facets.Picture) -> list[int]:
    """Return where these sheets stand in the picture; the index may know some that are gone."""
    keys = (uid.partition(":")[2] for uid in uids)
    found = (picture.positions.get(int(key)) for key in keys if key.isdigit())
    return [position for position in found if position is not None]


def _by_titles(words: str, picture: facets.Picture) -> list[int]:
    """Return the sheets whose title and summary hold all the words as they were typed."""
    wanted = facets.alphabetical(words).split()
    texts = (facets.alphabetical(f"{card.title} {card.summary}") for card in picture.cards)
    return [position for position, text in enumerate(texts) if all(word in text for word in wanted)]
