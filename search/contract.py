"""What travels between the plan, the engines and the pages: plain frozen values and one Protocol.

An engine only translates: it never analyses text on its own, never decides who may see what, and has
no reading method without a `Viewer`. Another engine is another class with these methods
(tests/search/contract.py runs the same suite on each).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Literal, Protocol

from agora.people.audience import Viewer

Lang = Literal["fr", "nl"]
LANGUAGES: tuple[Lang, ...] = ("fr", "nl")
Sort = Literal["relevance", "newest", "useful"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "useful")

# Facets whose values are stored words; « since » is computed from the date and so kept apart.
TERM_FACETS = ("kind", "theme", "public", "function", "service", "cpas", "language")
SINCE = "since"
FACETS = (*TERM_FACETS, SINCE)
SINCE_DAYS = {"1": 365, "3": 3 * 365}  # value of the facet → days back from today

NEAR = 4.0  # what sharing values of one facet adds to the fit of a hit (SearchRequest.near)
DECISIVE = 0.4  # of the rarity of all the words of a query: what one of them needs to be enough
OUT_OF_IT = 0.35  # of the rarity of a word whose expression was typed: what it tells by itself
MAX_TITLES = 50  # suggestions for a text that somebody is typing
RERANKED = 200  # hits whose age and thanks are weighed
RERANKED_BESIDE = 100  # of those of the other language: a server takes no more hits beside a page
MAX_WINDOW = 1000  # no page reaches further than this rank, on any engine


class SearchUnavailable(Exception):
    """The engine cannot answer now (down, absent, unreadable); the page must answer without it."""


class NoIndex(SearchUnavailable):
    """The engine is there, and holds no index yet."""

    def __init__(self) -> None:
        super().__init__("there is no index yet")


@dataclass(frozen=True, slots=True)
class ContributionDoc:
    """One contribution as the index knows it: plain text, words of closed lists, and who may find it.

    `uid` is "<kind>:<pk>". `facets` maps theme, public, function, service and cpas to slugs (INS codes
    for cpas). `weight` puts curated texts before chatter (a practice is 1.0). `version` is the number of
    the change that made it. `above`: what it hangs under is about (a message: its sheet), for all its
    readers to find it by; in `above_language`, by default its own. ValueError when the audience is empty,
    the uid malformed or a facet unknown.
    """

    uid: str
    language: Lang
    title: str
    audience: frozenset[str]
    updated: datetime
    summary: str = ""
    body: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    useful: int = 0
    weight: float = 1.0
    version: int = 0
    above: str = ""
    above_language: Lang | None = None

    def __post_init__(self) -> None:
        if not self.audience:
            raise ValueError(f"{self.uid}: an empty audience would hide the contribution from everybody.")
        if not self.kind or not self.uid.partition(":")[2]:
            raise ValueError(f"Malformed uid: {self.uid!r}")
        if self.language not in LANGUAGES:
            raise ValueError(f"{self.uid}: unknown language {self.language!r}")
        if unknown := set(self.facets) - set(TERM_FACETS) | set(self.facets) & {"kind", "language"}:
            raise ValueError(f"{self.uid}: unknown facets {sorted(unknown)}")

    @property
    def kind(self) -> str:
        """The registered kind, read from the uid."""
        return self.uid.partition(":")[0]

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the words of one of TERM_FACETS for this contribution."""
        if facet == "kind":
            return (self.kind,)
        return (self.language,) if facet == "language" else tuple(self.facets.get(facet, ()))

    def fingerprint(self) -> str:
        """Digest of everything that search reads except the version: tells a stale copy from a fresh one."""
        parts = [
            self.uid, self.language, self.title, self.summary, self.body, *sorted(self.audience),
            self.updated.isoformat(), str(self.useful), str(self.weight),
            self.above, self.above_language or "",
        ]  # fmt: skip
        parts += [f"{facet}={','.join(sorted(self.values(facet)))}" for facet in TERM_FACETS]
        return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()

    def numbered(self, version: int) -> "ContributionDoc":
        """Return the same contribution under the number of a change."""
        return replace(self, version=version)


AlternativeKind = Literal["own", "phrase", "typo", "kin", "variant", "acronym", "parts"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to satisfy a clause.

    own, typo: all the words of `text`, in any order. phrase: the words side by side, as typed.
    kin: a word of the same family. variant: another term of the same concept, side by side (stems of
    `lang`). parts: all the parts of a Dutch compound. acronym: capitals exactly as written. `weight`
    multiplies its score.
    """

    kind: AlternativeKind
    text: str
    lang: Lang | None
    weight: float


@dataclass(frozen=True, slots=True)
class Clause:
    """One idea of the query: a word, a quoted phrase or a concept; it scores as its best alternative.

    `rarity`: how much it tells to hold it, as BM25 weighs the words typed; added to its score, whichever
    alternative is found, so that a text with all the ideas comes before one that repeats some of them.
    `within`: a word of an expression that has a clause too, so that what both tell is counted once.
    """

    typed: str
    alternatives: tuple[Alternative, ...]
    required: bool = False
    rarity: float = 0.0
    within: bool = False

    @property
    def own_rarity(self) -> float:
        """What it tells by itself: a word out of an expression, which means more than its words, little."""
        return self.rarity * (OUT_OF_IT if self.within else 1)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that no visible text contains, and the known word it resembles."""

    typed: str
    proposed: str


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """An engine-neutral query: at least `minimum` optional clauses, all required ones, none excluded.

    A decisive clause is enough by itself, whatever the minimum; `strict`: not even that one.
    `bonus`: clauses that lift a hit and that none has to satisfy.
    """

    text: str
    clauses: tuple[Clause, ...]
    excluded: tuple[Clause, ...]
    minimum: int
    language: Lang
    corrections: tuple[Correction, ...] = ()
    corrected_text: str = ""
    bonus: tuple[Clause, ...] = ()
    strict: bool = False

    @property
    def optional(self) -> tuple[Clause, ...]:
        """The clauses of which `minimum` are asked for."""
        return tuple(clause for clause in self.clauses if not clause.required)

    @property
    def decisive(self) -> tuple[Clause, ...]:
        """The optional clauses that tell a great part of what all of them tell together."""
        if self.strict:
            return ()
        least = DECISIVE * sum(clause.rarity for clause in self.optional if not clause.within)
        return tuple(clause for clause in self.optional if least and clause.own_rarity >= least)

    @property
    def is_empty(self) -> bool:
        """True when nothing was typed: the answer is then everything, most recent first."""
        return not self.text


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to an engine.

    `filters`: facet → chosen values (OR inside a facet, AND between facets); the counts of a facet
    ignore its own choice. `only`: language of the listed hits; it touches neither the facets nor their
    counts. `exclude`: uids that must not appear in hits, totals or counts. `now`: the clock of ages.
    `sort`: newest by the last change; useful by the thanks received, then newest; what is listed does not
    depend on it. With nothing typed, relevance means newest. `newer_than`: only what changed since then
    (facets too). `near`: values of facets that lift a hit which carries one of them, by NEAR each, and
    leave out nothing. `counted`: whether the total is wanted; without, it is 0. `beside`: with `only`, how
    many hits of the other language to list too, as a page of their own (EnginePage.beside). `reranked`: how
    many of the best fits are put in order by age and thanks too; fewer where few are listed.
    """

    plan: QueryPlan
    viewer: Viewer
    now: datetime
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    only: Lang | None = None
    offset: int = 0
    size: int = 10
    facets: tuple[str, ...] = ()
    exclude: frozenset[str] = frozenset()
    sort: Sort = "relevance"
    newer_than: datetime | None = None
    near: Mapping[str, frozenset[str]] = field(default_factory=dict)
    counted: bool = True
    beside: int = 0
    reranked: int = RERANKED

    @property
    def besides(self) -> "SearchRequest":
        """The question whose answer is listed beside: the best of the other language, nothing counted."""
        other: Lang = "nl" if self.only == "fr" else "fr"
        return replace(
            self, only=other, offset=0, size=self.beside, beside=0, facets=(), counted=False,
            reranked=RERANKED_BESIDE,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many visible hits carry it (never 0)."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class EnginePage:
    """What an engine answers: ranked uids of the window, the total of hits, the counts of the facets.

    `fits`: by which the hits are ranked, where they are ranked by fit: to place two pages of one question
    beside each other, never shown. `is_from_fallback`: the engine did not answer, the one kept warm
    beside it did. `beside`: the best of the other language, without total nor facets, where they were asked
    for.
    """

    uids: tuple[str, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    is_from_fallback: bool = False
    fits: tuple[float, ...] = ()
    beside: "EnginePage | None" = None


@dataclass(frozen=True, slots=True)
class Upsert:
    """Put this contribution in place of whatever the index holds under its uid."""

    doc: ContributionDoc


@dataclass(frozen=True, slots=True)
class Delete:
    """Forget this uid; forgetting an unknown one is not an error."""

    uid: str
    version: int = 0


Change = Upsert | Delete


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index holds under a uid, for the drift check; never text."""

    uid: str
    fingerprint: str
    audience: frozenset[str]


@dataclass(frozen=True, slots=True)
class Health:
    """The state of an engine: can it answer, with how many contributions, made by the present analysis?

    `trouble`: why it cannot; empty where there merely is no index yet. Never anything secret.
    """

    ready: bool
    documents: int
    up_to_date: bool
    trouble: str = ""


class SearchEngine(Protocol):
    """An index over all contributions. Every method may raise SearchUnavailable, and nothing else."""

    def search(self, request: SearchRequest) -> EnginePage:
        """Answer one question, as the viewer sees the world."""

    def search_each(self, requests: Sequence[SearchRequest]) -> tuple[EnginePage, ...]:
        """Answer several questions, in their order, as one by one would; an engine far away is asked once."""

    def titles(
        self,
        text: str,
        viewer: Viewer,
        size: int,
        exclude: frozenset[str] = frozenset(),
        language: Lang | None = None,
    ) -> tuple[str, ...]:
        """Return the uids of visible contributions whose titles hold the words typed so far.

        The last word counts as the beginning of one; the others (stop words apart) are whole words as
        typed, accents and case ignored. First the titles that begin with the text, then those of
        `language`, then as ranking.py orders. For suggestions: at most MAX_TITLES; nothing for no word.
        """

    def words(self, viewer: Viewer) -> Mapping[str, int]:
        """Return the folded words of the contributions that the viewer sees → number of them."""

    def stamp(self) -> str:
        """Return a text that differs once the serving index may have changed; cheap."""

    def apply(self, batch: Sequence[Change], generation: str | None = None) -> frozenset[str]:
        """Write a batch durably, in order, into a generation (default: the serving one).

        Returns the uids that the index will never take as they are (none, as a rule); all others are
        written, and findable when their generation serves.
        """

    def serving(self) -> str | None:
        """Return the name of the generation that answers, None when there is none."""

    def former(self) -> str | None:
        """Return the generation that served before this one and is kept; promoting it goes back to it.

        It has not heard of the changes since: `generations.rollback` brings it up to date first.
        """

    def building(self) -> str | None:
        """Return the name of the generation that a rebuild is filling right now, else None."""

    def create(self) -> str:
        """Make an empty generation for a rebuild, return its name; only one rebuild at a time."""

    def tidy(self, generation: str) -> None:
        """Put a generation that was just filled in order, so that it answers quickly; may take a while."""

    def promote(self, generation: str) -> None:
        """Make a generation the serving one in one step; keep the former one, drop older ones."""

    def drop(self, generation: str) -> None:
        """Give up a generation that does not serve."""

    def scan(self, generation: str | None = None) -> Iterator[Stored]:
        """Yield what a generation holds (default: the serving one); for checks, never for pages."""

    def health(self) -> Health:
        """Tell how the engine is; does not raise."""
