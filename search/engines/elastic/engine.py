"""search.contract.SearchEngine over Elasticsearch or OpenSearch, through elasticsearch-dsl.

What stands on the server, for the prefix « agora »:

    agora.<generation>      one index each; the name begins with the digest of mapping and analysis
    agora                   alias of the one that answers
    agora.former            alias of the one that answered before, kept to go back to it
    agora.building          alias of the one that a rebuild fills, while it holds the lock « rebuild »
    agora.to.<generation>   alias by which an index is written: never made by a write that comes too late

All pointers move in one step of the server. Every mistake leaves here as SearchUnavailable.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import uuid4

from elastic_transport import TransportError
from elasticsearch import ApiError, NotFoundError, helpers

from agora.people.audience import Viewer

from ...contract import (
    MAX_TITLES,
    MAX_WINDOW,
    Change,
    EnginePage,
    FacetValue,
    Health,
    Lang,
    SearchRequest,
    SearchUnavailable,
    Stored,
    Upsert,
)
from ...ranking import freshness
from . import document, translate
from .client import LONG_TIMEOUT, WRITE_TIMEOUT, Address, Connection
from .dsl import Query, Search

log = logging.getLogger(__name__)

RERANKED = 200  # hits whose age and thanks are weighed, as in the embedded engine
WORD_PARTS, WORDS_IN_PART = 4, 60_000  # the known words are read in parts: a server counts 65,536 at once
STAMP_AGE = 20.0  # seconds for which we do not ask the server again whether its index moved
CHUNK, CHUNK_BYTES = 500, 8_000_000
SMALL_BATCH = 500  # changes: more of them are a rebuild's, and may take their time
DAY = 86_400
NEWEST = [{"stamp": {"order": "desc", "unmapped_type": "long"}}, {"uid": "asc"}]
ORDERS = {"newest": NEWEST, "useful": [{"useful": {"order": "desc", "unmapped_type": "long"}}, *NEWEST]}
BY_SCORE = [{"_score": "desc"}, {"uid": "asc"}]


@contextmanager
def _as_unavailable() -> Iterator[None]:
    try:
        yield
    except NotFoundError as error:
        raise SearchUnavailable("there is no index yet") from error
    except ApiError as error:
        log.error("search: the server refused a request (%s %s)", error.status_code, error.error)
        raise SearchUnavailable(f"{error.status_code} {error.error}") from error
    except TransportError as error:
        raise SearchUnavailable(str(error)) from error


class ElasticEngine:
    """search.contract.SearchEngine over a server or a cluster."""

    def __init__(self, address: Address, is_busy: Callable[[str], bool]) -> None:
        """`is_busy` tells whether somebody holds a lock of search, on any machine."""
        self._connect = Connection(address)
        self._replicas, self._alias = address.replicas, address.prefix
        self._is_busy = is_busy
        self._stamp: tuple[float, str] = (0.0, "")

    # --- Reading ---------------------------------------------------------------------------------
    def search(self, request: SearchRequest) -> EnginePage:
        """Answer one question; see the contract."""
        if not request.viewer.tokens:
            return EnginePage((), 0, dict.fromkeys(request.facets, ()))
        end = min(request.offset + request.size, MAX_WINDOW)
        order = ORDERS.get(request.sort, None if request.plan.clauses else NEWEST)
        question = self._question(translate.guarded(request), request.viewer)
        question = question.extra(track_total_hits=True)
        if chosen := translate.choices(request):
            question = question.post_filter("bool", filter=chosen)
        if request.facets:
            question = question.extra(aggs=translate.counts(request))
        if not request.size:
            question = question.extra(size=0)
        elif order:
            start = min(request.offset, end)
            question = question.sort(*order)[start:end]
        else:
            question = _with_worth(question)[: max(end, RERANKED)]
        answer = self._asked(question)
        hits = answer["hits"]["hits"]
        if request.size and not order:
            hits = _ranked(hits, request.now.timestamp())[request.offset : end]
        fits = tuple(hit["fit"] for hit in hits) if request.size and not order else ()
        facets = {name: _values(name, each) for name, each in answer.get("aggregations", {}).items()}
        uids = tuple(hit["_id"] for hit in hits)
        return EnginePage(uids, answer["hits"]["total"]["value"], facets, fits=fits)

    def titles(
        self,
        text: str,
        viewer: Viewer,
        size: int,
        exclude: frozenset[str] = frozenset(),
        language: Lang | None = None,
    ) -> tuple[str, ...]:
        """Return the visible titles that hold what somebody types; see the contract."""
        query = translate.titled(text, viewer, exclude, language)
        if query is None:
            return ()
        question = _with_worth(self._question(query, viewer)).extra(track_total_hits=False)
        hits = self._asked(question[:RERANKED])["hits"]["hits"]
        now = time.time()
        # Among titles of equal worth, the order of ranking.py.
        hits.sort(key=lambda hit: (hit["_score"], _factor(hit, now)), reverse=True)
        return tuple(hit["_id"] for hit in hits[: min(size, MAX_TITLES)])

    def words(self, viewer: Viewer) -> Mapping[str, int]:
        """Return the words that the viewer's contributions hold; see the contract."""
        counts: dict[str, int] = {}
        if not viewer.tokens:
            return counts
        seen = translate.seen_by(viewer, translate.MatchAll())
        for part in range(WORD_PARTS):
            partition = {"partition": part, "num_partitions": WORD_PARTS}
            words = {"terms": {"field": "words", "size": WORDS_IN_PART, "include": partition}}
            question = self._question(seen, viewer).extra(size=0, aggs={"words": words})
            buckets = self._asked(question, LONG_TIMEOUT)["aggregations"]["words"]["buckets"]
            counts |= {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        return counts

    def _question(self, query: Query, viewer: Viewer) -> Search:
        # The copies of an index may differ for a moment: one person keeps to one of them. A part of the
        # answer is no answer.
        about = {"preference": f"viewer-{viewer.user_id or 0}", "allow_partial_search_results": False}
        return Search(index=self._alias).query(query).source(False).params(**about)

    def _asked(self, question: Search, timeout: float | None = None) -> dict:
        with _as_unavailable():
            return question.using(self._connect(timeout)).execute(ignore_cache=True).to_dict()

    def stamp(self) -> str:
        """Return the serving index and what was written to it, as known a few seconds ago."""
        since, stamp = self._stamp
        if stamp and time.monotonic() - since < STAMP_AGE:
            return stamp
        with _as_unavailable():
            told = self._connect().indices.stats(index=self._alias, metric="indexing")
        parts = [
            f"{name}:{each['primaries']['indexing']['index_total']}:{each['primaries']['indexing']['delete_total']}"
            for name, each in told["indices"].items()
        ]
        self._stamp = (time.monotonic(), " ".join(parts))
        return self._stamp[1]

    def scan(self, generation: str | None = None) -> Iterator[Stored]:
        """Yield what a generation holds."""
        name = self._index(generation) if generation else self._alias
        with _as_unavailable():
            client = self._connect(LONG_TIMEOUT)
            client.indices.refresh(index=name)
            everything = Search(using=client, index=name).source(["fingerprint", "audience"])
            for hit in everything.params(size=2000, preserve_order=False).scan():
                yield Stored(hit.meta.id, hit.fingerprint, frozenset(hit.audience))

    def health(self) -> Health:
        """Tell whether there is an index that answers."""
        try:
            name = self.serving()
            with _as_unavailable():
                documents = self._connect().count(index=self._alias)["count"]
        except SearchUnavailable:
            return Health(ready=False, documents=0, up_to_date=False)
        return Health(True, documents, (name or "").startswith(document.DIGEST))

    # --- Writing ---------------------------------------------------------------------------------
    def apply(self, batch: Sequence[Change], generation: str | None = None) -> frozenset[str]:
        """Write a batch; on the disks of the server when it returns, and findable if its index serves."""
        refused: set[str] = set()
        with _as_unavailable():
            serving = None if generation else self.serving()
            name = generation or serving
            if not name:
                raise SearchUnavailable("there is no index yet")
            client = self._connect(WRITE_TIMEOUT if len(batch) <= SMALL_BATCH else LONG_TIMEOUT)
            told = helpers.streaming_bulk(
                client,
                (_action(change) for change in batch),
                index=f"{self._alias}.to.{name}",
                require_alias=True,
                chunk_size=CHUNK,
                max_chunk_bytes=CHUNK_BYTES,
                raise_on_error=False,
                raise_on_exception=True,
                max_retries=3,
                initial_backoff=0.2,
            )
            for done, answer in told:
                (result,) = answer.values()
                # 409: the index holds a later version. 404 on a deletion: it never had it.
                if (
                    done
                    or result["status"] in (409, 404)
                    and "error" not in result
                    or result["status"] == 409
                ):
                    continue
                if result["status"] in (404, 429, 503):
                    raise SearchUnavailable(f"{result['status']} while writing")
                refused.add(result["_id"])
                log.error("search: %s refused by the server (%s)", result["_id"], result["error"].get("type"))
            if serving:
                client.indices.refresh(index=self._index(serving))
                self._stamp = (0.0, "")
        return frozenset(refused)

    def _index(self, generation: str) -> str:
        return f"{self._alias}.{generation}"

    def _pointers(self) -> dict[str, str]:
        """Return the present aliases → generation."""
        with _as_unavailable():
            told = self._connect().indices.get_alias(index=f"{self._alias}.*")
        found = {}
        for index, each in told.items():
            for alias in each["aliases"]:
                found[alias] = index.removeprefix(f"{self._alias}.")
        return found

    def serving(self) -> str | None:
        """Return the generation under the serving alias."""
        return self._pointers().get(self._alias)

    def former(self) -> str | None:
        """Return the generation kept beside the serving one."""
        return self._pointers().get(f"{self._alias}.former")

    def building(self) -> str | None:
        """Return the generation being built; what a killed rebuild left does not count."""
        name = self._pointers().get(f"{self._alias}.building")
        return name if name and self._is_busy("rebuild") else None

    def create(self) -> str:
        """Make an empty generation and announce it to the drains."""
        pointers = self._pointers()
        left = pointers.get(f"{self._alias}.building")  # by a rebuild that died
        if left and left not in (pointers.get(self._alias), pointers.get(f"{self._alias}.former")):
            self.drop(left)
        name = f"{document.DIGEST}-{time.strftime('%Y%m%d%H%M%S')}-{uuid4().hex[:6]}"
        with _as_unavailable():
            self._connect(LONG_TIMEOUT).indices.create(
                index=self._index(name),
                settings=document.settings(self._replicas),
                mappings=document.mapping(),
                aliases={f"{self._alias}.to.{name}": {}, f"{self._alias}.building": {}},
            )
        return name

    def promote(self, generation: str) -> None:
        """Serve this generation from the next search on; keep the former one for a rollback."""
        pointers = self._pointers()
        serving = pointers.get(self._alias)
        former = serving if serving != generation else pointers.get(f"{self._alias}.former")
        fresh = {"": generation, ".former": former}
        actions = []
        for suffix, name in fresh.items():
            held = pointers.get(f"{self._alias}{suffix}")
            if held and held != name:
                actions.append({"remove": {"index": self._index(held), "alias": f"{self._alias}{suffix}"}})
            if name and held != name:
                actions.append({"add": {"index": self._index(name), "alias": f"{self._alias}{suffix}"}})
        if building := pointers.get(f"{self._alias}.building"):
            actions.append({"remove": {"index": self._index(building), "alias": f"{self._alias}.building"}})
        with _as_unavailable():
            client = self._connect(LONG_TIMEOUT)
            client.indices.refresh(index=self._index(generation))
            client.indices.update_aliases(actions=actions)
            self._stamp = (0.0, "")
        self._remove(set(pointers.values()) - {generation, former})

    def drop(self, generation: str) -> None:
        """Remove a generation that does not serve."""
        if generation == self.serving():
            raise SearchUnavailable("the serving generation cannot be dropped")
        self._remove([generation])

    def _remove(self, generations: Iterable[str]) -> None:
        with _as_unavailable():
            client = self._connect(LONG_TIMEOUT)
            for name in generations:
                client.indices.delete(index=self._index(name), ignore_unavailable=True)

    def erase(self) -> None:
        """Remove all that stands on the server under our prefix; for checks and throw-away indexes."""
        self._remove(set(self._pointers().values()))


def _with_worth(question: Search) -> Search:
    """Ask for the best by score, with what ranking.py weighs."""
    return question.sort(*BY_SCORE).extra(docvalue_fields=["stamp", "lasting"])


def _factor(hit: dict, now: float) -> float:
    values = hit.get("fields", {})
    stamp, factor = values.get("stamp", [now])[0], values.get("lasting", [1.0])[0]
    return factor * freshness((now - stamp) / DAY)


def _ranked(hits: list[dict], now: float) -> list[dict]:
    """Order the best hits by the formula of ranking.py; those beyond stay as they came."""
    for place, hit in enumerate(hits):
        hit["fit"] = hit["_score"] * (_factor(hit, now) if place < RERANKED else 1.0)
    return sorted(hits[:RERANKED], key=lambda hit: -hit["fit"]) + hits[RERANKED:]


def _values(facet: str, answer: dict) -> tuple[FacetValue, ...]:
    buckets = answer["values"]["buckets"]
    found = ((bucket["key"], bucket["doc_count"]) for bucket in buckets)
    ordered = sorted(found, key=lambda each: (-each[1], each[0]))
    return tuple(FacetValue(value, count) for value, count in ordered if count)


def _action(change: Change) -> dict:
    if isinstance(change, Upsert):
        meta = {"_op_type": "index", "_id": change.doc.uid, "version": change.doc.version}
        return meta | {"version_type": "external_gte", "_source": document.row(change.doc)}
    meta = {"_op_type": "delete", "_id": change.uid, "version": change.version}
    return meta | {"version_type": "external_gte"}
