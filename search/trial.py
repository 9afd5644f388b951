"""A throw-away index to judge search with: its own engine folder or names, gone afterwards.

Nothing else is touched: neither the index that serves, nor any row. The same builder (`fields.words_of`),
the same plan and the same engines as the site's; only the documents come from a file.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from agora.people.audience import MEMBERS, PUBLIC, Viewer

from . import evaluation, spelling
from .answers import OTHERS, order_of
from .contract import ContributionDoc, Delete, EnginePage, QueryPlan, SearchEngine, SearchRequest, Upsert
from .engines import scratch, throwaway
from .evaluation import LOOKED_AT, Answered, Query
from .plan import build_plan, is_relaxed, settled
from .thesaurus import Thesaurus

BATCH = 2000  # documents written at once
EVERYBODY = frozenset({PUBLIC, MEMBERS})


@dataclass(slots=True)
class Contents:
    """What went into a trial: its documents' names, how many came twice, the newest date."""

    uids: dict[str, str] = field(default_factory=dict)
    repeated: int = 0
    newest: datetime = evaluation.LONG_AGO


class Trial:
    """An index filled from documents, and the way the site would search it."""

    def __init__(self, engine: SearchEngine, thesaurus: Thesaurus) -> None:
        self.engine, self.thesaurus = engine, thesaurus
        self.contents = Contents()

    def fill(self, documents: Iterable[tuple[str, ContributionDoc]]) -> Contents:
        """Write the documents of an iterator, in batches; a repeated id keeps its last text."""
        generation = self.engine.create()
        batch: list[Upsert | Delete] = []
        for name, doc in documents:
            former = self.contents.uids.get(name)
            if former is not None:
                self.contents.repeated += 1
                if former != doc.uid:
                    batch.append(Delete(former))
            self.contents.uids[name] = doc.uid
            self.contents.newest = max(self.contents.newest, doc.updated)
            batch.append(Upsert(doc))
            if len(batch) >= BATCH:
                self.engine.apply(batch, generation)
                batch = []
        self.engine.apply(batch, generation)
        self.engine.promote(generation)
        return self.contents

    def viewer(self, query: Query) -> Viewer:
        """Return who asks: by default a member of no CPAS."""
        return Viewer(EVERYBODY if query.viewer is None else query.viewer, None, query.language)

    def plans(self, query: Query) -> tuple[QueryPlan, QueryPlan]:
        """Return the plan of a query, and the plan that is asked once it was relaxed as far as needed."""
        viewer = self.viewer(query)
        vocabulary = spelling.vocabulary_for(viewer, self.engine, self.thesaurus.words)
        plan = build_plan(query.text, query.language, self.thesaurus, vocabulary)
        return plan, settled(plan, lambda each: self.page(each, viewer, size=0).total)

    def page(self, plan: QueryPlan, viewer: Viewer, size: int = LOOKED_AT, **fields) -> EnginePage:
        """Ask the engine; the clock stands at the newest document, so that figures do not age."""
        return self.engine.search(SearchRequest(plan, viewer, self.contents.newest, size=size, **fields))

    def answer(self, query: Query) -> Answered:
        """Answer a query as the site would: in the order in which its pages show the texts.

        That is one's own language, with the block of the other one where it belongs on the first page.
        """
        asked, plan = self.plans(query)
        viewer = self.viewer(query)
        own = self.page(plan, viewer, only=query.language, beside=OTHERS, counted=False)
        uids = order_of(own, own.beside).of(own.uids, own.beside.uids)[:LOOKED_AT]
        weak = is_relaxed(asked, plan, lambda each: self.page(each, viewer, size=0).total)
        return Answered(query, tuple(uid.partition(":")[2] for uid in uids), weak)


@contextmanager
def opened(engine: str, thesaurus: Thesaurus) -> Iterator[Trial]:
    """Open a trial on an engine (a name or an address, see `engines.throwaway`); gone on leaving."""
    with scratch("agora-trial-") as folder, throwaway(engine, folder) as index:
        yield Trial(index, thesaurus)
