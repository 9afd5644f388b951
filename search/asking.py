"""One search on its way: plan → engine, as the viewer sees → recheck of every hit → words and marks.

A name of its own: the service decides whether an engine may be asked, this is how it is asked.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from django.utils import timezone

from agora.people.audience import Viewer

from . import nearest, spelling, thesaurus
from .answers import OTHERS, PER_PAGE, Answer, Correction, Hit, order_of
from .contract import FACETS, MAX_WINDOW, EnginePage, Lang, QueryPlan, SearchEngine, SearchRequest, Sort
from .models import Tombstone
from .plan import build_plan, is_relaxed, settled, strictly
from .showing import Shower, authorised

log = logging.getLogger(__name__)

ROUNDS = 4  # how often a page is asked again without the hits that the recheck refused
Purpose = Literal["page", "total"]
NOTHING = EnginePage((), 0, {})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks: words, known values of facets, a page from 1, an order.

    `newer_than`: only what changed since. `but`: uids that the page shows already, left out of everything.
    """

    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    page: int = 1
    sort: Sort = "relevance"
    newer_than: datetime | None = None
    but: frozenset[str] = frozenset()


def hidden_now() -> frozenset[str]:
    """Return the uids that nobody may find now.

    Read before the engine is asked: a tombstone dies only after the engine has acknowledged.
    """
    return frozenset(Tombstone.objects.values_list("uid", flat=True))


class Search:
    """One search on its way.

    `hidden`: what nobody may find, where several searches are asked together; `concepts`: others than those
    in use, to try them.
    """

    def __init__(
        self,
        index: SearchEngine,
        wish: Wish,
        user,
        viewer: Viewer,
        hidden: frozenset[str] | None = None,
        concepts: thesaurus.Thesaurus | None = None,
    ) -> None:
        self._engine, self._wish = index, wish
        self._user, self._viewer = user, viewer
        self.refused = 0  # hits that the index gave and the database did not
        self._filters = {facet: values for facet, values in wish.filters.items() if values}
        self._now = timezone.now()
        self._thesaurus = concepts or thesaurus.current()
        self.hidden = (hidden_now() if hidden is None else hidden) | wish.but
        self._known: dict[tuple[Purpose, QueryPlan], EnginePage] = {}

    @cached_property
    def _vocabulary(self) -> spelling.Vocabulary:
        return spelling.vocabulary_for(self._viewer, self._engine, self._thesaurus.words)

    def _plan_of(self, text: str) -> QueryPlan:
        return build_plan(text, self._viewer.language, self._thesaurus, self._vocabulary)

    def _request(self, plan: QueryPlan, **fields) -> SearchRequest:
        return SearchRequest(plan, self._viewer, self._now, exclude=self.hidden, **fields)

    def _filtered(self, plan: QueryPlan, **fields) -> SearchRequest:
        return self._request(plan, filters=self._filters, newer_than=self._wish.newer_than, **fields)

    def _request_for(self, purpose: Purpose, plan: QueryPlan) -> SearchRequest:
        """Return the question of a purpose.

        page: what is listed, in one's own language, on the first page with the best of the other beside it,
        and the counts of the facets; total: how many a plan finds, without any filter.
        """
        if purpose == "total":
            return self._request(plan, size=0)
        return self._filtered(
            plan,
            offset=min((self._wish.page - 1) * PER_PAGE, MAX_WINDOW),
            size=PER_PAGE,
            facets=FACETS,
            sort=self._wish.sort,
            only=self._viewer.language if self._is_split else None,
            beside=OTHERS if self._is_split and self._wish.page == 1 else 0,
        )

    def _learn(self, *wanted: tuple[Purpose, QueryPlan]) -> list[EnginePage]:
        """Return some answers; the engine is asked once, for those that are not known yet."""
        lacking = [each for each in dict.fromkeys(wanted) if each not in self._known]
        if lacking:
            pages = self._engine.search_each([self._request_for(*each) for each in lacking])
            self._known.update(zip(lacking, pages, strict=True))
        return [self._known[each] for each in wanted]

    def _foresee(self, plan: QueryPlan) -> None:
        """Ask at once for all that the page of a plan needs, were it to stay as it is: most often it does."""
        wanted: list[tuple[Purpose, QueryPlan]] = [("page", plan)]
        if self._is_filtered:
            wanted.append(("total", plan))
        if stricter := strictly(plan):
            wanted.append(("total", stricter))
        if self._wish.page == 1 and plan.corrections:
            wanted.append(("total", self._plan_of(plan.corrected_text)))
        self._learn(*wanted)

    def _total(self, plan: QueryPlan) -> int:
        """Return how many contributions a plan finds, without any filter."""
        return self._learn(("total", plan))[0].total

    @property
    def _is_filtered(self) -> bool:
        return bool(self._filters or self._wish.newer_than)

    def _settled(self, plan: QueryPlan) -> QueryPlan:
        """Ask for fewer words until there are enough hits.

        Filters do not count, so that the page keeps its meaning when one chooses among its facets. Where
        nothing is filtered the page itself tells how many there are.
        """
        if self._is_filtered:
            return settled(plan, self._total)
        return settled(plan, lambda each: _both(self._learn(("page", each))[0]))

    def answer(self) -> Answer:
        """Ask, recheck, show."""
        asked = self._plan_of(self._wish.text)
        self._foresee(asked)
        plan = self._settled(asked)
        own, others, rows = self._rechecked(plan)
        show = Shower(plan)
        found = Answer(
            text=plan.text,
            plan=plan,
            hits=show.all(own.uids, rows),
            total=own.total,
            others=show.all(others.uids, rows),
            others_total=others.total,
            facets=own,
            correction=self._correction(plan) if self._wish.page == 1 else None,
            is_relaxed=is_relaxed(asked, plan, self._total),
            is_split=self._is_split,
            order=order_of(own, others) if others.uids else None,
        )
        return found if found.all_total or not plan.text else replace(found, nearest=self._nearest(plan))

    @property
    def _is_split(self) -> bool:
        return "language" not in self._filters

    def uids(self) -> tuple[str, ...]:
        """Ask for as many hits as a page may ever reach, and for nothing about them."""
        plan = settled(self._plan_of(self._wish.text), self._total)
        return self._engine.search(self._filtered(plan, size=MAX_WINDOW, counted=False)).uids

    def counts(self) -> tuple[int, int]:
        """Return how many contributions it finds in both languages, and how many are newer than wished."""
        plan = settled(self._plan_of(self._wish.text), self._total)
        whole = self._request(plan, filters=self._filters, size=0)
        found, newer = self._engine.search_each([whole, self._filtered(plan, size=0)])
        return found.total, newer.total

    def latest(self, size: int) -> tuple[Hit, ...]:
        """Return the hits in both languages that changed last, the last one first, all rechecked."""
        plan = settled(self._plan_of(self._wish.text), self._total)
        found = self._engine.search(self._filtered(plan, size=size, sort="newest", counted=False)).uids
        rows = authorised(found, self._user)
        self.refused += len(found) - len(rows)
        return Shower(plan).all([uid for uid in found if uid in rows], rows)

    def _pages(self, plan: QueryPlan) -> tuple[EnginePage, EnginePage]:
        """Return the page, and the texts of the other language with their number even if none is listed."""
        (own,) = self._learn(("page", plan))
        theirs: Lang = "nl" if self._viewer.language == "fr" else "fr"
        return own, replace(own.beside or NOTHING, total=_count(own, theirs) if self._is_split else 0)

    def _rechecked(self, plan: QueryPlan) -> tuple[EnginePage, EnginePage, dict]:
        """Ask until the database confirms every hit, each time without those that it refused."""
        for _round in range(ROUNDS):
            own, others = self._pages(plan)
            rows = authorised((*own.uids, *others.uids), self._user)
            refused = {uid for uid in (*own.uids, *others.uids) if uid not in rows}
            if not refused:
                return own, others, rows
            self.refused += len(refused)
            log.error("search: the database refused %d hits that the index gave", len(refused))
            self.hidden |= refused
            self._known.clear()
        kept = [tuple(uid for uid in page.uids if uid in rows) for page in (own, others)]
        return replace(own, uids=kept[0]), replace(others, uids=kept[1]), rows

    def _correction(self, plan: QueryPlan) -> Correction | None:
        if not plan.corrections:
            return None
        count = self._total(settled(self._plan_of(plan.corrected_text), self._total))
        unknown = tuple(each.typed for each in plan.corrections)
        return Correction(unknown, plan.corrected_text, count) if count else None

    def _nearest(self, plan: QueryPlan) -> nearest.Nearest:
        """Say what comes closest to a search that finds nothing."""
        plainer = nearest.plainer(plan.text)
        spoken = self._viewer.language
        titles = self._engine.titles(plan.text, self._viewer, nearest.MOST, self.hidden, spoken)
        rows = authorised(titles, self._user)
        return nearest.Nearest(
            unfiltered=self._total(plan) if self._filters else 0,
            plainer=plainer if plainer and self._total(self._plan_of(plainer)) else "",
            words=nearest.words_like(plan.text, spoken),
            hits=Shower(plan).all([uid for uid in titles if uid in rows], rows),
        )


def _both(page: EnginePage) -> int:
    """Return the hits of all languages, which the facet counts whatever is listed."""
    return sum(each.count for each in page.facets.get("language", ()))


def _count(page: EnginePage, language: Lang) -> int:
    return next((each.count for each in page.facets.get("language", ()) if each.value == language), 0)
