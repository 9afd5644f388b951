"""One search, from the words typed to what the page shows.

plan → engine (as the viewer sees the world) → recheck of every hit in the database → words and marks
from the rows just rechecked. When the engine does not answer, a simplified answer with the same rights.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from django.utils import timezone
from django.utils.safestring import SafeString

from agora.people.audience import Viewer, viewer_for

from . import documents, simplified, spelling, thesaurus
from .breaker import Breaker
from .contract import (
    FACETS,
    MAX_WINDOW,
    EnginePage,
    Lang,
    QueryPlan,
    SearchEngine,
    SearchRequest,
    SearchUnavailable,
)
from .engines import engine
from .highlight import Highlighter
from .models import Tombstone
from .plan import build_plan, relaxed

log = logging.getLogger(__name__)

PER_PAGE = 10
OTHERS = 5  # texts of the other language shown under one's own
ENOUGH = 5  # hits under which a query asks for fewer of its words
LOOKED_AT = 8  # hits among which those with a close title are taken
ROUNDS = 4  # how often a page is asked again without the hits that the recheck refused


@dataclass(frozen=True, slots=True)
class Hit:
    """One contribution as the page shows it. `title` and `snippet` are escaped, with <mark>.

    `via`: pairs (words typed, words of the same concept found instead). `in_title`: found there.
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

    @property
    def url(self) -> str:
        """Where it is read, in its own language."""
        return self.obj.get_absolute_url()


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

    @property
    def all_total(self) -> int:
        """Hits of both languages."""
        return self.total + self.others_total

    def synonyms(self, language: Lang) -> tuple[Synonyms, ...]:
        """Return the words of a language that concepts added to the query."""
        found = []
        for clause in self.plan.clauses if self.plan else ():
            words = [
                each.text
                for each in clause.alternatives
                if each.kind in ("variant", "acronym") and each.lang == language
            ]
            if words:
                found.append(Synonyms(clause.typed, tuple(dict.fromkeys(words))[:3]))
        return tuple(found)


class SearchService:
    """Answers searches with one engine; keeps the health of that engine and the count of refused hits."""

    def __init__(self, index: SearchEngine) -> None:
        self._engine = index
        self._breaker = Breaker()
        self.refused = 0  # hits that the index gave and the database did not: must stay 0

    def search(
        self, text: str, user, *, filters: Mapping[str, frozenset[str]] | None = None, page: int = 1
    ) -> Answer:
        """Answer a search of a user (or visitor) in the interface's language; any text is acceptable.

        `filters` maps facets to known values; `page` counts from 1, ten hits each. Never raises because
        of the engine: the answer is then simplified.
        """
        viewer = viewer_for(user)
        if self._breaker.allows:
            try:
                answer = _Search(self, text, user, viewer, dict(filters or {}), page).answer()
            except SearchUnavailable as error:
                self._breaker.failed()
                log.warning("search: engine unavailable, simplified answer (%s)", error)
            else:
                self._breaker.succeeded()
                return answer
        return _simplified(text, user, viewer, page)

    def matching(self, text: str, user, *, kind: str) -> tuple[str, ...] | None:
        """Return the uids of one kind that a user (or visitor) finds with some words, best first.

        At most MAX_WINDOW of them, in both languages; None when the engine does not answer. They are not
        rechecked: whoever calls crosses them with what the user may read now.
        """
        found = self.matching_each((text,), user, kind=kind)
        return None if found is None else found[text]

    def matching_each(self, texts: Iterable[str], user, *, kind: str) -> dict[str, tuple[str, ...]] | None:
        """Do the same for several searches, which together ask the database as often as one."""
        if not self._breaker.allows:
            return None
        filters, viewer = {"kind": frozenset({kind})}, viewer_for(user)
        found, hidden = {}, None
        try:
            for text in texts:
                search = _Search(self, text, user, viewer, filters, 1, hidden)
                found[text], hidden = search.uids(), search._hidden
        except SearchUnavailable as error:
            self._breaker.failed()
            log.warning("search: engine unavailable (%s)", error)
            return None
        self._breaker.succeeded()
        return found

    def like(
        self, text: str, user, *, kind: str, size: int, but: frozenset[str] = frozenset()
    ) -> list | None:
        """Return up to `size` contributions of a kind whose titles resemble this one, the closest first.

        For a page that suggests while somebody types: no corrections, no facets, both languages; half of
        the words are enough, but one of them, or its concept, stands in the title. `but`: uids to leave
        out. Every row was rechecked for this user. None when the engine does not answer.
        """
        viewer = viewer_for(user)
        plan = build_plan(text, viewer.language, thesaurus.current(), spelling.Vocabulary())
        if not plan.clauses:
            return []
        if not self._breaker.allows:
            return None
        plan = replace(plan, minimum=(len(plan.clauses) + 1) // 2)
        hidden = frozenset(Tombstone.objects.values_list("uid", flat=True)) | but
        filters = {"kind": frozenset({kind})}
        request = SearchRequest(plan, viewer, timezone.now(), filters, exclude=hidden, size=LOOKED_AT)
        try:
            found = self._engine.search(request).uids
        except SearchUnavailable as error:
            log.warning("search: engine unavailable, nothing suggested (%s)", error)
            return None
        rows, show = _authorised(found, user), _Shower(plan)
        return [rows[uid][1] for uid in found if uid in rows and show.is_named(rows[uid][2])][:size]


class _Search:
    """One search on its way."""

    def __init__(
        self, service: SearchService, text: str, user, viewer: Viewer, filters, page: int, hidden=None
    ) -> None:
        self._service, self._engine = service, service._engine
        self._text, self._user, self._viewer, self._page = text, user, viewer, page
        self._filters = {facet: values for facet, values in filters.items() if values}
        self._now = timezone.now()
        self._thesaurus = thesaurus.current()
        # Read before the engine is asked: a tombstone dies only after the engine has acknowledged.
        self._hidden = (
            frozenset(Tombstone.objects.values_list("uid", flat=True)) if hidden is None else hidden
        )

    @cached_property
    def _vocabulary(self) -> spelling.Vocabulary:
        return spelling.vocabulary_for(self._viewer, self._engine, self._thesaurus.words)

    def _plan_of(self, text: str) -> QueryPlan:
        return build_plan(text, self._viewer.language, self._thesaurus, self._vocabulary)

    def _request(self, plan: QueryPlan, **fields) -> SearchRequest:
        return SearchRequest(plan, self._viewer, self._now, exclude=self._hidden, **fields)

    def _total(self, plan: QueryPlan) -> int:
        """Return how many contributions a plan finds, without any filter."""
        return self._engine.search(self._request(plan, size=0)).total

    def _settled(self, plan: QueryPlan) -> QueryPlan:
        """Ask for fewer words until there are enough hits.

        Filters do not count, so that the page keeps its meaning when one chooses among its facets.
        """
        while (easier := relaxed(plan)) and self._total(plan) < ENOUGH:
            plan = easier
        return plan

    def answer(self) -> Answer:
        """Ask, recheck, show."""
        asked = self._plan_of(self._text)
        plan = self._settled(asked)
        own, others, rows = self._rechecked(plan)
        show = _Shower(plan)
        return Answer(
            text=plan.text,
            plan=plan,
            hits=show.all(own.uids, rows),
            total=own.total,
            others=show.all(others.uids, rows),
            others_total=others.total,
            facets=own,
            correction=self._correction(plan),
            is_relaxed=plan.minimum < asked.minimum,
            is_split=self._is_split,
        )

    @property
    def _is_split(self) -> bool:
        return "language" not in self._filters

    def uids(self) -> tuple[str, ...]:
        """Ask for as many hits as a page may ever reach, and for nothing about them."""
        plan = self._settled(self._plan_of(self._text))
        return self._engine.search(self._request(plan, filters=self._filters, size=MAX_WINDOW)).uids

    def _pages(self, plan: QueryPlan) -> tuple[EnginePage, EnginePage]:
        offset = min((self._page - 1) * PER_PAGE, MAX_WINDOW)
        request = self._request(plan, filters=self._filters, offset=offset, size=PER_PAGE, facets=FACETS)
        if not self._is_split:
            return self._engine.search(request), EnginePage((), 0, {})
        mine = self._viewer.language
        theirs: Lang = "nl" if mine == "fr" else "fr"
        # Texts of the other language stand on the first page only, where one sees how many there are.
        size = OTHERS if self._page == 1 else 0
        others = replace(request, only=theirs, offset=0, size=size, facets=())
        return self._engine.search(replace(request, only=mine)), self._engine.search(others)

    def _rechecked(self, plan: QueryPlan) -> tuple[EnginePage, EnginePage, dict]:
        """Ask until the database confirms every hit, each time without those that it refused."""
        for _round in range(ROUNDS):
            own, others = self._pages(plan)
            rows = _authorised((*own.uids, *others.uids), self._user)
            refused = {uid for uid in (*own.uids, *others.uids) if uid not in rows}
            if not refused:
                return own, others, rows
            self._service.refused += len(refused)
            log.error("search: the database refused %d hits that the index gave", len(refused))
            self._hidden |= refused
        kept = [tuple(uid for uid in page.uids if uid in rows) for page in (own, others)]
        return replace(own, uids=kept[0]), replace(others, uids=kept[1]), rows

    def _correction(self, plan: QueryPlan) -> Correction | None:
        if not plan.corrections:
            return None
        count = self._total(self._settled(self._plan_of(plan.corrected_text)))
        unknown = tuple(each.typed for each in plan.corrections)
        return Correction(unknown, plan.corrected_text, count) if count else None


def _authorised(uids: Iterable[str], user) -> dict[str, tuple[documents.Source, object, documents.Text]]:
    """Return the rows that the user may see now, one query per kind."""
    rows = {}
    for source, pks in documents.grouped(uids):
        for obj in source.visible(user).filter(pk__in=pks):
            if (words := source.words_of(obj)) is not None:
                rows[source.uid(obj.pk)] = (source, obj, words)
    return rows


class _Shower:
    """Turns rechecked rows into hits, with marks."""

    def __init__(self, plan: QueryPlan) -> None:
        self._plan = plan
        self._highlighters: dict[Lang, Highlighter] = {}

    def all(self, uids: Iterable[str], rows: dict) -> tuple[Hit, ...]:
        """Return the hits of a page, in its order."""
        return tuple(self.one(uid, *rows[uid]) for uid in uids)

    def is_named(self, words: documents.Text) -> bool:
        """Say whether something of the query stands in a title."""
        return self._highlighter(words.language).title(words.title).answers

    def _highlighter(self, language: Lang) -> Highlighter:
        if language not in self._highlighters:
            self._highlighters[language] = Highlighter(self._plan, language)
        return self._highlighters[language]

    def one(self, uid: str, source: documents.Source, obj: object, words: documents.Text) -> Hit:
        """Return one hit."""
        highlighter = self._highlighter(words.language)
        title = highlighter.title(words.title)
        snippet = highlighter.snippet(words.summary, words.body)
        # A concept explains a hit only where the words typed are not seen themselves.
        seen = title.own | snippet.own
        via = dict.fromkeys(pair for pair in (*title.via, *snippet.via) if pair[0] not in seen)
        return Hit(
            uid=uid,
            obj=obj,
            language=words.language,
            title=title.html,
            snippet=snippet.html,
            via=tuple(via),
            in_title=title.answers,
            template=source.template,
            label=str(source.label),
        )


def _simplified(text: str, user, viewer: Viewer, page: int) -> Answer:
    plan = build_plan(text, viewer.language, thesaurus.Thesaurus(), spelling.Vocabulary())
    found = simplified.rows_for(text, user)
    start = (page - 1) * PER_PAGE
    show = _Shower(plan)
    hits = []
    for source, obj in found[start : start + PER_PAGE]:
        if (words := source.words_of(obj)) is not None:
            hits.append(show.one(source.uid(obj.pk), source, obj, words))
    return Answer(plan.text, plan, tuple(hits), len(found), is_simplified=True)


@lru_cache(maxsize=8)
def _service_for(index: SearchEngine) -> SearchService:
    return SearchService(index)


def search_service() -> SearchService:
    """Return the service of the present engine (settings.SEARCH_URL), one per process."""
    return _service_for(engine())
