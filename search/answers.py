"""What a search answers: hits ready for a page, counts, what else could be asked. Frozen values, no query.

A name of its own: the service makes them; pages, feeds and letters read them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from .contract import EnginePage, Lang, QueryPlan

if TYPE_CHECKING:
    from .nearest import Nearest

PER_PAGE = 10
LATE = 6  # texts in one's own language that fit better: behind more, those of the other wait for the end
HEADS = 1.4  # times the fit of the best text in one's own language: what makes one of the other head the page
AHEAD = 1.1  # times the fit of those that follow it: what makes the other language's stand before them
NEARLY = 0.9  # of that fit: enough to stand there too, behind one that fits so much better
OTHERS = 5  # texts of the other language shown under one's own


@dataclass(frozen=True, slots=True)
class Order:
    """How the texts of both languages stand on the first page.

    First `lead` texts in one's own language, then `close` texts in the other, then the rest of one's own,
    then the rest of the other: the one text that answers is not below ten that hardly do.
    """

    lead: int
    close: int

    def of(self, own: Sequence[str], others: Sequence[str]) -> list[str]:
        """Return the uids of a first page, and of those behind it, in their order."""
        page, behind = own[:PER_PAGE], own[PER_PAGE:]
        ahead, rest = [*page[: self.lead], *others[: self.close]], [*page[self.lead :], *others[self.close :]]
        return [*ahead, *rest, *behind]


def order_of(own: EnginePage, others: EnginePage) -> Order:
    """Return the order of two pages of one question, by how their texts fit.

    A reader wants what answers, in the own language if that is at all possible: one text in it heads the page
    unless the best of the other language fits better by two fifths, and those of the other come ahead of
    what is left of one's own only where they fit better than that.
    """
    fits = own.fits[:PER_PAGE]
    if not others.fits or not fits:
        return Order(PER_PAGE, 0)
    best = others.fits[0]
    lead = max(sum(AHEAD * fit >= best for fit in fits), int(HEADS * fits[0] >= best))
    if lead == len(fits) or lead > LATE:
        return Order(PER_PAGE, 0)
    return Order(lead, max(1, sum(fit >= NEARLY * fits[lead] for fit in others.fits)))


@dataclass(frozen=True, slots=True)
class Hit:
    """One contribution as the page shows it. `title` and `snippet` are escaped, with <mark>.

    `via`: pairs (words typed, words of the same concept found instead). `in_title`: found there.
    `subject`: the uid of what it hangs under (a message: its sheet), else its own.
    """

    uid: str
    obj: object
    language: Lang
    title: SafeString
    snippet: SafeString
    via: tuple[tuple[str, str], ...]
    in_title: bool
    template: str
    label: str
    updated: datetime | None = None
    one: str = ""  # what it is, in the singular
    address: str = ""  # when the object has no get_absolute_url of ours
    page: int | None = None  # of a file, where the snippet stands
    subject: str = ""

    @property
    def kind_said(self) -> str:
        """What it is: in the singular where its room says so."""
        return self.one or self.label

    @property
    def url(self) -> str:
        """Where it is read, in its own language."""
        return self.address or self.obj.get_absolute_url()


@dataclass(frozen=True, slots=True)
class Correction:
    """Another spelling of the query, offered with what it would find."""

    unknown: tuple[str, ...]
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What a piece of the query was also searched as, in one language."""

    typed: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a page of results needs. Totals count what the viewer may see and nothing else."""

    text: str
    plan: QueryPlan | None
    hits: tuple[Hit, ...]
    total: int
    others: tuple[Hit, ...] = ()
    others_total: int = 0
    facets: EnginePage = EnginePage((), 0, {})
    correction: Correction | None = None
    is_relaxed: bool = False
    is_simplified: bool = False
    is_split: bool = False  # own language and other language apart
    order: "Order | None" = None  # how the two stand on the first page; None: one's own, then the other
    nearest: "Nearest | None" = None  # when nothing was found

    @property
    def all_total(self) -> int:
        """Hits of both languages."""
        return self.total + self.others_total

    @property
    def _ahead(self) -> "Order":
        return self.order or Order(len(self.hits), 0)

    @property
    def first_hits(self) -> tuple[Hit, ...]:
        """The hits in one's own language before which nothing stands."""
        return self.hits[: self._ahead.lead]

    @property
    def close_others(self) -> tuple[Hit, ...]:
        """The hits in the other language that fit better than what follows in one's own."""
        return self.others[: self._ahead.close]

    @property
    def later_hits(self) -> tuple[Hit, ...]:
        """The other hits in one's own language."""
        return self.hits[self._ahead.lead :]

    @property
    def other_others(self) -> tuple[Hit, ...]:
        """The other hits in the other language, at the end."""
        return self.others[self._ahead.close :]

    def synonyms(self, language: Lang) -> tuple[Synonyms, ...]:
        """Return the words of a language that concepts added to the query."""
        found = []
        for clause in self.plan.clauses if self.plan else ():
            words = [
                each.text
                for each in clause.alternatives
                if each.kind in ("variant", "acronym", "phrase") and each.lang == language
            ]
            if words:
                found.append(Synonyms(clause.typed, tuple(dict.fromkeys(words))[:3]))
        return tuple(found)
