"""One search on its way: plan → engine, as the viewer sees → recheck of every hit → words and marks.

A name of its own: the service decides whether an engine may be asked, this is how it is asked.
"""

import logging
from dataclasses import replace
from functools import cached_property

from django.utils import timezone

from agora.people.audience import Viewer

from . import spelling, thesaurus
from .answers import OTHERS, PER_PAGE, Answer, Correction
from .contract import FACETS, MAX_WINDOW, EnginePage, Lang, QueryPlan, SearchEngine, SearchRequest
from .models import Tombstone
from .plan import build_plan, settled
from .showing import Shower, authorised

log = logging.getLogger(__name__)

ROUNDS = 4  # how often a page is asked again without the hits that the recheck refused


class Search:
    """One search on its way."""

    def __init__(
        self, index: SearchEngine, text: str, user, viewer: Viewer, filters, page: int, hidden=None
    ) -> None:
        self._engine = index
        self._text, self._user, self._viewer, self._page = text, user, viewer, page
        self.refused = 0  # hits that the index gave and the database did not
        self._filters = {facet: values for facet, values in filters.items() if values}
        self._now = timezone.now()
        self._thesaurus = thesaurus.current()
        # Read before the engine is asked: a tombstone dies only after the engine has acknowledged.
        self.hidden = frozenset(Tombstone.objects.values_list("uid", flat=True)) if hidden is None else hidden

    @cached_property
    def _vocabulary(self) -> spelling.Vocabulary:
        return spelling.vocabulary_for(self._viewer, self._engine, self._thesaurus.words)

    def _plan_of(self, text: str) -> QueryPlan:
        return build_plan(text, self._viewer.language, self._thesaurus, self._vocabulary)

    def _request(self, plan: QueryPlan, **fields) -> SearchRequest:
        return SearchRequest(plan, self._viewer, self._now, exclude=self.hidden, **fields)

    def _total(self, plan: QueryPlan) -> int:
        """Return how many contributions a plan finds, without any filter."""
        return self._engine.search(self._request(plan, size=0)).total

    def _settled(self, plan: QueryPlan) -> QueryPlan:
        """Ask for fewer words until there are enough hits.

        Filters do not count, so that the page keeps its meaning when one chooses among its facets.
        """
        return settled(plan, self._total)

    def answer(self) -> Answer:
        """Ask, recheck, show."""
        asked = self._plan_of(self._text)
        plan = self._settled(asked)
        own, others, rows = self._rechecked(plan)
        show = Shower(plan)
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
            rows = authorised((*own.uids, *others.uids), self._user)
            refused = {uid for uid in (*own.uids, *others.uids) if uid not in rows}
            if not refused:
                return own, others, rows
            self.refused += len(refused)
            log.error("search: the database refused %d hits that the index gave", len(refused))
            self.hidden |= refused
        kept = [tuple(uid for uid in page.uids if uid in rows) for page in (own, others)]
        return replace(own, uids=kept[0]), replace(others, uids=kept[1]), rows

    def _correction(self, plan: QueryPlan) -> Correction | None:
        if not plan.corrections:
            return None
        count = self._total(self._settled(self._plan_of(plan.corrected_text)))
        unknown = tuple(each.typed for each in plan.corrections)
        return Correction(unknown, plan.corrected_text, count) if count else None
