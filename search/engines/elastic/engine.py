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
from http import HTTPStatus
from uuid import uuid4

from elastic_transport import TransportError
from elasticsearch import ApiError, helpers

from agora.people.audience import Viewer

from ...contract import (
    RERANKED,
    Change,
    EnginePage,
    Health,
    Lang,
    NoIndex,
    SearchRequest,
    SearchUnavailable,
    Stored,
    Upsert,
)
from . import document, translate
from .client import LONG_TIMEOUT, WRITE_TIMEOUT, Address, Connection, said, status_of
from .dsl import MultiSearch, Search
from .questions import Question, asking, best_titles, by_score, nothing

log = logging.getLogger(__name__)

WORD_PARTS, WORDS_IN_PART = 4, 60_000  # the known words are read in parts: a server counts 65,536 at once
STAMP_AGE = 20.0  # seconds for which we do not ask the server again whether its index moved
CHUNK, CHUNK_BYTES = 500, 8_000_000
SMALL_BATCH = 500  # changes: more of them are a rebuild's, and may take their time


@contextmanager
def _as_unavailable() -> Iterator[None]:
    try:
        yield
    except (ApiError, TransportError) as error:
        if status_of(error) == HTTPStatus.NOT_FOUND:
            raise NoIndex from error
        if isinstance(error, ApiError):
            log.error("search: the server refused a request (%s)", said(error))
        raise SearchUnavailable(said(error)) from error


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
        return self.search_each((request,))[0]

    def search_each(self, requests: Sequence[SearchRequest]) -> tuple[EnginePage, ...]:
        """Answer several questions, asked together."""
        asked = [Question(request) for request in requests if request.viewer.tokens]
        answers = self._told([question.search(self._alias) for question in asked])
        pages = (question.page(answer) for question, answer in zip(asked, answers, strict=True))
        return tuple(next(pages) if each.viewer.tokens else nothing(each) for each in requests)

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
        question = by_score(asking(self._alias, query, viewer)).extra(track_total_hits=False)
        (answer,) = self._told([question[:RERANKED]])
        return best_titles(answer["hits"]["hits"], size)

    def words(self, viewer: Viewer) -> Mapping[str, int]:
        """Return the words that the viewer's contributions hold; see the contract."""
        counts: dict[str, int] = {}
        if not viewer.tokens:
            return counts
        seen = translate.seen_by(viewer, translate.MatchAll())
        for part in range(WORD_PARTS):
            partition = {"partition": part, "num_partitions": WORD_PARTS}
            words = {"terms": {"field": "words", "size": WORDS_IN_PART, "include": partition}}
            question = asking(self._alias, seen, viewer).extra(size=0, aggs={"words": words})
            (answer,) = self._told([question], LONG_TIMEOUT)
            buckets = answer["aggregations"]["words"]["buckets"]
            counts |= {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        return counts

    def _told(self, searches: Sequence[Search], timeout: float | None = None) -> list[dict]:
        """Send some searches together, return their answers."""
        if not searches:
            return []
        with _as_unavailable():
            client = self._connect(timeout)
            if len(searches) == 1:
                return [searches[0].using(client).execute(ignore_cache=True).to_dict()]
            together = MultiSearch(using=client)
            for search in searches:
                together = together.add(search)
            return [answer.to_dict() for answer in together.execute(ignore_cache=True)]

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
        except NoIndex:
            return Health(ready=False, documents=0, up_to_date=False)
        except SearchUnavailable as error:
            return Health(ready=False, documents=0, up_to_date=False, trouble=str(error))
        return Health(True, documents, (name or "").startswith(document.DIGEST))

    # --- Writing ---------------------------------------------------------------------------------
    def apply(self, batch: Sequence[Change], generation: str | None = None) -> frozenset[str]:
        """Write a batch; on the disks of the server when it returns, and findable if its index serves."""
        refused: set[str] = set()
        with _as_unavailable():
            serving = None if generation else self.serving()
            name = generation or serving
            if not name:
                raise NoIndex
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

    def tidy(self, generation: str) -> None:
        """Have the server join the pieces that a rebuild left: each is looked into for each word of a query.

        It is not waited for longer than LONG_TIMEOUT: the server goes on by itself. An index that keeps its
        pieces answers all the same, only slower.
        """
        try:
            client = self._connect(LONG_TIMEOUT)
            client.indices.forcemerge(index=self._index(generation), max_num_segments=1)
        except (ApiError, TransportError) as error:
            log.warning("search: the server did not join the pieces of the new index (%s)", error)

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


def _action(change: Change) -> dict:
    if isinstance(change, Upsert):
        meta = {"_op_type": "index", "_id": change.doc.uid, "version": change.doc.version}
        return meta | {"version_type": "external_gte", "_source": document.row(change.doc)}
    meta = {"_op_type": "delete", "_id": change.uid, "version": change.version}
    return meta | {"version_type": "external_gte"}
