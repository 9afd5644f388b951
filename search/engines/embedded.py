"""The default engine: tantivy in this process, one folder, nothing to install.

    home/generations/<name>/   one index each; the name begins with the digest of schema and analysis
    home/serving               the name of the one that answers (replaced in one step)
    home/former                the name of the one that answered before, kept to go back to it
    home/building              the name of the one that a rebuild fills, while it holds rebuild.lock

An index made by older code goes on serving until a rebuild: it is asked through its own schema, it leaves out
what it has no field for, and it cannot sort by thanks.

An index is opened after a fork, by process, and reloaded before each search, because a forked child
never learns of new commits by itself. tantivy reports some mistakes as panics that are not Exceptions:
all leave here as SearchUnavailable.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

import tantivy

from agora.people.audience import Viewer

from ..analysis import ANALYSIS_VERSION
from ..contract import (
    MAX_TITLES,
    MAX_WINDOW,
    RERANKED,
    SINCE,
    SINCE_DAYS,
    TERM_FACETS,
    Change,
    ContributionDoc,
    EnginePage,
    FacetValue,
    Health,
    Lang,
    NoIndex,
    SearchRequest,
    SearchUnavailable,
    Stored,
    Upsert,
)
from ..fields import WORD_FIELDS, words_of
from ..locks import is_held
from ..ranking import freshness, lasting
from . import embedded_query

SMALL_BATCH, SMALL_HEAP, HEAP = 50, 15_000_000, 50_000_000  # changes; bytes of the writer
FACET_SIZE = 1000  # values of a facet that are counted: far more than any closed list has
DAY = 86_400
STAMP_BITS, MOST_THANKS = 34, 2**29  # thanks and stamp share one number of 64 bits
ORDERS = {"newest": "stamp", "useful": "thanks"}  # sort → fast field, greatest first


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("uid", "fingerprint", "audience"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in TERM_FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("acronyms", "title_key"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in WORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="position")
    builder.add_unsigned_field("stamp", fast=True, indexed=True)  # Unix seconds of the last change
    builder.add_unsigned_field("thanks", fast=True)  # « useful » said, then the stamp: order of « useful »
    builder.add_float_field("lasting", fast=True)
    return builder.build()


SCHEMA = _schema()
# Any change of the fields above must change this number: it makes `search_check` ask for a rebuild.
_LAYOUT = 3
DIGEST = blake2b(f"{_LAYOUT}/{ANALYSIS_VERSION}".encode(), digest_size=5).hexdigest()


@contextmanager
def _as_unavailable() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise SearchUnavailable(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise SearchUnavailable(str(error)) from error


def _document(doc: ContributionDoc) -> tantivy.Document:
    words = words_of(doc)
    entry = tantivy.Document()
    for field, positions in words.fields.items():
        found = [tantivy.Token(term, place, 0, 0) for place, term in positions]
        entry.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", found))
    for facet in TERM_FACETS:
        for value in doc.values(facet):
            entry.add_text(facet, value)
    for acronym in words.acronyms:
        entry.add_text("acronyms", acronym)
    for token in sorted(doc.audience):
        entry.add_text("audience", token)
    entry.add_text("title_key", words.title_key)
    entry.add_text("uid", doc.uid)
    entry.add_text("fingerprint", doc.fingerprint())
    stamp = max(0, int(doc.updated.timestamp()))
    entry.add_unsigned("stamp", stamp)
    entry.add_unsigned("thanks", (min(max(doc.useful, 0), MOST_THANKS) << STAMP_BITS) | stamp)
    entry.add_float("lasting", lasting(doc.weight, doc.useful))
    return entry


class EmbeddedEngine:
    """search.contract.SearchEngine over a folder."""

    def __init__(self, home: Path, is_busy: Callable[[str], bool] | None = None) -> None:
        """`is_busy` tells whether somebody holds a lock of search; by default one of this folder."""
        self._home = home
        self._is_busy = is_busy or partial(is_held, home)
        self._open: tuple[int, str, tantivy.Index] | None = None

    # --- Reading ---------------------------------------------------------------------------------
    def search(self, request: SearchRequest) -> EnginePage:
        """Answer one question; see the contract."""
        with _as_unavailable():
            page = self._page(request)
            if not (request.only and request.beside):
                return page
            return replace(page, beside=self._page(request.besides))

    def _page(self, request: SearchRequest) -> EnginePage:
        searcher = self._searcher()
        order = ORDERS.get(request.sort, None if request.plan.clauses else "stamp")
        scored = bool(request.size and not order)
        query = embedded_query.guarded(self._schema(), request, scored=scored)
        end, counted = min(request.offset + request.size, MAX_WINDOW), request.counted
        if order:
            found = self._sorted(searcher, query, max(end, 1), order, counted)
            ranked = [(0.0, address) for _, address in found.hits]
        else:
            found = searcher.search(query, max(end, request.reranked if request.size else 1), count=counted)
            ranked = self._reranked(searcher, found.hits, request.now.timestamp(), request.reranked)
        window = ranked[request.offset : end] if request.size else []
        uids = tuple(searcher.doc(address).get_first("uid") for _, address in window)
        fits = () if order else tuple(fit for fit, _ in window)
        return EnginePage(uids, found.count or 0, self._facets(searcher, request), fits=fits)

    def search_each(self, requests: Sequence[SearchRequest]) -> tuple[EnginePage, ...]:
        """Answer several questions, one by one: nothing is far."""
        return tuple(self.search(request) for request in requests)

    @staticmethod
    def _sorted(searcher: tantivy.Searcher, query: tantivy.Query, size: int, order: str, counted: bool):
        try:
            return searcher.search(query, size, counted, order)
        except ValueError:  # an older index without this field
            return searcher.search(query, size, counted, "stamp")

    @staticmethod
    def _reranked(searcher: tantivy.Searcher, hits: list, now: float, size: int) -> list:
        head = [address for _, address in hits[:size]]
        stamps = searcher.fast_field_values("stamp", head)
        factors = searcher.fast_field_values("lasting", head)
        scores = [
            score * factor * freshness((now - stamp) / DAY)
            for (score, _), stamp, factor in zip(hits, stamps, factors, strict=False)
        ]
        order = sorted(range(len(head)), key=lambda place: -scores[place])
        return [(scores[place], head[place]) for place in order] + hits[size:]

    def _facets(self, searcher: tantivy.Searcher, request: SearchRequest) -> Mapping[str, tuple]:
        """Count the values of each facet; a facet with a choice is counted as if it had none."""
        chosen = {facet for facet in request.facets if request.filters.get(facet)}
        counts: dict[str, tuple[FacetValue, ...]] = {}
        free = [facet for facet in request.facets if facet not in chosen]
        for ignored, facets in (("", free), *((facet, [facet]) for facet in chosen)):
            if not facets:
                continue
            query = embedded_query.guarded(self._schema(), request, without=ignored, only=False, scored=False)
            asked = {facet: self._aggregation(facet, request) for facet in facets}
            for facet, answer in searcher.aggregate(query, asked).items():
                counts[facet] = self._values(facet, answer["buckets"])
        return counts

    @staticmethod
    def _aggregation(facet: str, request: SearchRequest) -> dict:
        if facet != SINCE:  # never min_doc_count 0: it would name values of hidden contributions
            return {"terms": {"field": facet, "size": FACET_SIZE}}
        ranges, upper = [], None
        for value in sorted(SINCE_DAYS, key=SINCE_DAYS.__getitem__):
            lower = embedded_query.since_stamp(request, value)
            ranges.append({"key": value, "from": lower} | ({"to": upper} if upper is not None else {}))
            upper = lower
        return {"range": {"field": "stamp", "ranges": ranges}}

    @staticmethod
    def _values(facet: str, buckets: list[dict]) -> tuple[FacetValue, ...]:
        counts = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        if facet == SINCE:  # ranges may not overlap, but « three years » includes « one year »
            total, cumulated = 0, {}
            for value in sorted(SINCE_DAYS, key=SINCE_DAYS.__getitem__):
                total += counts.get(value, 0)
                cumulated[value] = total
            counts = cumulated
        ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        return tuple(FacetValue(value, count) for value, count in ordered if count)

    def titles(
        self,
        text: str,
        viewer: Viewer,
        size: int,
        exclude: frozenset[str] = frozenset(),
        language: Lang | None = None,
    ) -> tuple[str, ...]:
        """Return the visible titles that hold what somebody types; see the contract."""
        with _as_unavailable():
            searcher = self._searcher()
            query = embedded_query.titled(self._schema(), text, viewer, exclude, language)
            if query is None:
                return ()
            hits = searcher.search(query, RERANKED, count=False).hits
            addresses = [address for _, address in hits]
            values = (searcher.fast_field_values(name, addresses) for name in ("stamp", "lasting"))
            now = time.time()
            worth = [
                (score, factor * freshness((now - stamp) / DAY))  # the order of ranking.py among equals
                for (score, _), stamp, factor in zip(hits, *values, strict=True)
            ]
            best = sorted(range(len(hits)), key=worth.__getitem__, reverse=True)[: min(size, MAX_TITLES)]
            return tuple(searcher.doc(addresses[place]).get_first("uid") for place in best)

    def words(self, viewer: Viewer) -> Mapping[str, int]:
        """Return the words that the viewer's contributions hold; see the contract."""
        if not viewer.tokens:
            return {}
        counts: dict[str, int] = {}
        with _as_unavailable():
            searcher = self._searcher()
            seen = embedded_query.seen_by(self._schema(), viewer.tokens)
            for field in ("title_x", "body_x"):
                for word, count in searcher.terms_with_prefix(field, "", filter_query=seen):
                    counts[word] = max(count, counts.get(word, 0))
        return counts

    def stamp(self) -> str:
        """Return the serving generation and the time of its last commit."""
        name = self.serving()
        try:
            return f"{name}:{(self._folder(name) / 'meta.json').stat().st_mtime_ns}" if name else ""
        except OSError:
            return ""

    def scan(self, generation: str | None = None) -> Iterator[Stored]:
        """Yield what a generation holds."""
        with _as_unavailable():
            searcher = self._searcher(generation)
            everything = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1))
            for _, address in everything.hits:
                entry = searcher.doc(address)
                audience = frozenset(entry.get_all("audience"))
                yield Stored(entry.get_first("uid"), entry.get_first("fingerprint"), audience)

    def health(self) -> Health:
        """Tell whether there is an index that opens."""
        try:
            with _as_unavailable():
                documents = self._searcher().num_docs
        except NoIndex:
            return Health(ready=False, documents=0, up_to_date=False)
        except SearchUnavailable as error:
            return Health(ready=False, documents=0, up_to_date=False, trouble=str(error))
        return Health(True, documents, (self.serving() or "").startswith(DIGEST))

    # --- Writing ---------------------------------------------------------------------------------
    def apply(self, batch: Sequence[Change], generation: str | None = None) -> frozenset[str]:
        """Write a batch; durable when it returns."""
        with _as_unavailable():
            name = generation or self.serving()
            if not name:
                raise NoIndex
            heap = SMALL_HEAP if len(batch) <= SMALL_BATCH else HEAP
            writer = tantivy.Index.open(str(self._folder(name))).writer(heap, 1)
            try:
                for change in batch:
                    uid = change.doc.uid if isinstance(change, Upsert) else change.uid
                    writer.delete_documents_by_term("uid", uid)
                    if isinstance(change, Upsert):
                        writer.add_document(_document(change.doc))
                writer.commit()
            finally:
                writer.wait_merging_threads()
        return frozenset()

    def serving(self) -> str | None:
        """Return the name in the pointer file."""
        return self._read("serving")

    def former(self) -> str | None:
        """Return the name of the generation kept beside the serving one."""
        name = self._read("former")
        return name if name and name != self.serving() and self._folder(name).exists() else None

    def building(self) -> str | None:
        """Return the generation being built; what a killed rebuild left does not count."""
        name = self._read("building")
        return name if name and self._is_busy("rebuild") else None

    def create(self) -> str:
        """Make an empty generation and announce it to the drains."""
        left = self._read("building")
        if left and left not in (self.serving(), self.former()):  # by a rebuild that died
            self.drop(left)
        name = f"{DIGEST}-{time.strftime('%Y%m%d%H%M%S')}-{uuid4().hex[:6]}"
        with _as_unavailable():
            self._folder(name).mkdir(parents=True)
            tantivy.Index(SCHEMA, path=str(self._folder(name)))
            self._point("building", name)
        return name

    def tidy(self, generation: str) -> None:
        """Do nothing: the writer joins what it wrote by itself."""

    def promote(self, generation: str) -> None:
        """Serve this generation from the next search on; keep the former one for a rollback."""
        with _as_unavailable():
            former = self.serving()
            if former and former != generation:
                self._point("former", former)
            self._point("serving", generation)
            (self._home / "building").unlink(missing_ok=True)
            for folder in (self._home / "generations").iterdir():
                if folder.name not in (generation, former):
                    shutil.rmtree(folder, ignore_errors=True)

    def drop(self, generation: str) -> None:
        """Remove a generation that does not serve."""
        if generation == self.serving():
            raise SearchUnavailable("the serving generation cannot be dropped")
        (self._home / "building").unlink(missing_ok=True)
        shutil.rmtree(self._folder(generation), ignore_errors=True)

    # --- Files -----------------------------------------------------------------------------------
    def _folder(self, name: str) -> Path:
        return self._home / "generations" / name

    def _read(self, pointer: str) -> str | None:
        try:
            return (self._home / pointer).read_text("ascii").strip() or None
        except OSError:
            return None

    def _point(self, pointer: str, name: str) -> None:
        fresh = self._home / f"{pointer}.{os.getpid()}"
        fresh.write_text(name, "ascii")
        fresh.replace(self._home / pointer)

    def _schema(self) -> tantivy.Schema:
        """Return the schema of the index that serves, once `_searcher` has opened it."""
        return self._open[2].schema if self._open else SCHEMA

    def _searcher(self, generation: str | None = None) -> tantivy.Searcher:
        name = generation or self.serving()
        if not name:
            raise NoIndex
        opened = self._open
        if opened is None or opened[:2] != (os.getpid(), name) or not self._folder(name).exists():
            index = tantivy.Index.open(str(self._folder(name)))
            index.config_reader("manual")  # we reload below: no thread of tantivy's has to do it once more
            opened = (os.getpid(), name, index)
            if generation is None:
                self._open = opened
        opened[2].reload()
        return opened[2].searcher()
