"""A request as the search that answers it, and its answer as a page.

A name of its own between translate.py and engine.py. A page is one search: its texts, those of the other
language beside it and the counts of its facets come from going through the matching texts once. What is only
counted is not weighed.
"""

import time

from agora.people.audience import Viewer

from ...contract import (
    MAX_TITLES,
    MAX_WINDOW,
    RERANKED_BESIDE,
    EnginePage,
    FacetValue,
    SearchRequest,
)
from ...ranking import freshness
from . import translate
from .dsl import Query, Search

DAY = 86_400
NEWEST = [{"stamp": {"order": "desc", "unmapped_type": "long"}}, {"uid": "asc"}]
ORDERS = {"newest": NEWEST, "useful": [{"useful": {"order": "desc", "unmapped_type": "long"}}, *NEWEST]}
BY_SCORE = [{"_score": "desc"}, {"uid": "asc"}]
# A hit is told by columns: the texts of the hits need not be opened.
NAMED = {"stored_fields": "_none_", "docvalue_fields": ["uid"]}
WEIGHED = {"stored_fields": "_none_", "docvalue_fields": ["uid", "stamp", "lasting"]}
BESIDE = "beside"  # the aggregation that holds the texts of the other language


class Question:
    """One request: the search to send, and the page that its answer makes."""

    def __init__(self, request: SearchRequest) -> None:
        self._request = request
        self._end = min(request.offset + request.size, MAX_WINDOW)
        self._order = ORDERS.get(request.sort, None if request.plan.clauses else NEWEST)

    def search(self, index: str) -> Search:
        """Return what to send."""
        request, chosen = self._request, translate.choices(self._request)
        scored = bool(request.size and not self._order)
        is_beside = bool(request.only and request.beside)
        if not request.facets and not is_beside:
            query = translate.guarded(request, scored=scored, within=chosen)
            return self._listed(asking(index, query, request.viewer))
        search = self._listed(asking(index, translate.guarded(request, scored=scored), request.viewer))
        if chosen:
            search = search.post_filter("bool", filter=chosen)
        return search.extra(aggs=translate.counts(request) | (self._beside() if is_beside else {}))

    def _listed(self, search: Search) -> Search:
        search = search.extra(track_total_hits=self._request.counted)
        if not self._request.size:
            return search.extra(size=0)
        if self._order:
            start = min(self._request.offset, self._end)
            return search.extra(**NAMED).sort(*self._order)[start : self._end]
        return by_score(search)[: max(self._end, self._request.reranked)]

    def _beside(self) -> dict:
        beside = self._request.besides
        listed = {"size": RERANKED_BESIDE, "sort": BY_SCORE, "track_scores": True, **WEIGHED}
        if self._order:
            listed = {"size": beside.size, "sort": self._order, **NAMED}
        chosen = translate.Bool(filter=translate.choices(beside)).to_dict()
        return {BESIDE: {"filter": chosen, "aggs": {"best": {"top_hits": listed | {"_source": False}}}}}

    def page(self, answer: dict) -> EnginePage:
        """Read the answer."""
        request, told = self._request, answer.get("aggregations", {})
        beside = self._read_beside(told.pop(BESIDE)) if BESIDE in told else None
        facets = {}
        for name, each in told.items():
            facets |= each if name.startswith(translate.NARROWED) else {name: each}
        total = answer["hits"]["total"]["value"] if request.counted else 0
        uids, fits = self._read(answer["hits"]["hits"], request.reranked)
        window = slice(0 if self._order else request.offset, self._end)
        counts = {facet: _values(facets[facet]) for facet in request.facets}
        return EnginePage(uids[window], total, counts, fits=fits[window], beside=beside)

    def _read_beside(self, told: dict) -> EnginePage:
        uids, fits = self._read(told["best"]["hits"]["hits"], RERANKED_BESIDE)
        size = self._request.beside
        return EnginePage(uids[:size], 0, {}, fits=fits[:size])

    def _read(self, hits: list[dict], reranked: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Return the hits in the order of ranking.py, as far as they are reranked, and how they fit."""
        if self._order:
            return tuple(uid_of(hit) for hit in hits), ()
        now = self._request.now.timestamp()
        fits = [
            hit["_score"] * (_factor(hit, now) if place < reranked else 1) for place, hit in enumerate(hits)
        ]
        best = sorted(range(min(len(hits), reranked)), key=lambda place: -fits[place])
        places = (*best, *range(len(best), len(hits)))
        return tuple(uid_of(hits[place]) for place in places), tuple(fits[place] for place in places)


def asking(index: str, query: Query, viewer: Viewer) -> Search:
    """Return the search of a guarded query. A part of the answer is no answer.

    The copies of an index may differ for a moment: one person keeps to one of them.
    """
    about = {"preference": f"viewer-{viewer.user_id or 0}", "allow_partial_search_results": False}
    return Search(index=index).query(query).source(False).params(**about)


def by_score(search: Search) -> Search:
    """Ask for the best by score, with what ranking.py weighs."""
    return search.sort(*BY_SCORE).extra(**WEIGHED)


def uid_of(hit: dict) -> str:
    """Return the name of a hit."""
    return hit["fields"]["uid"][0]


def best_titles(hits: list[dict], size: int) -> tuple[str, ...]:
    """Return the names of suggested titles: among those of equal worth, in the order of ranking.py."""
    now = time.time()
    hits.sort(key=lambda hit: (hit["_score"], _factor(hit, now)), reverse=True)
    return tuple(uid_of(hit) for hit in hits[: min(size, MAX_TITLES)])


def _factor(hit: dict, now: float) -> float:
    values = hit["fields"]
    stamp, factor = values.get("stamp", [now])[0], values.get("lasting", [1.0])[0]
    return factor * freshness((now - stamp) / DAY)


def _values(answer: dict) -> tuple[FacetValue, ...]:
    found = ((bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"])
    ordered = sorted(found, key=lambda each: (-each[1], each[0]))
    return tuple(FacetValue(value, count) for value, count in ordered if count)


def nothing(request: SearchRequest) -> EnginePage:
    """Return the page of a viewer without tokens, for whom nobody is asked."""
    return EnginePage((), 0, dict.fromkeys(request.facets, ()))
