"""manage.py search_eval: how well search answers graded questions, kind by kind, beside a baseline.

Without files, the benchmark of the repository (benchmarks/relevance/, its own concepts, tuning or holdout
part). With --documents and --queries, any collection: it goes into a throw-away index, through the same
builder, plan and engine; nothing else is touched. Formats: search/evaluation.py.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from search import evaluation, thesaurus, trial
from search.contract import SearchUnavailable
from search.engines import nameable, scratch, stock
from search.evaluation import ALL, Answered, BadFile, Figures, Query

BENCHMARK = Path(__file__).resolve().parents[3] / "benchmarks" / "relevance"
COLUMNS = ("n", "nDCG@10", "MRR", "first", "third", "recall@20", "zero", "refused")


class Command(BaseCommand):
    """Judge search with graded questions."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        """Say what to judge, on which engine, and how to print it."""
        parser.add_argument(
            "--engine", default="embedded", help="embedded, elasticsearch, opensearch or an address"
        )
        parser.add_argument("--split", choices=["tuning", "holdout", "all"], help="default: all")
        parser.add_argument("--documents", type=Path, help="documents of another collection, one JSON a line")
        parser.add_argument("--queries", type=Path, help="its questions, one JSON object a line")
        parser.add_argument("--baseline", action="store_true", help="also the engine’s stock analysis")
        parser.add_argument(
            "--concepts",
            choices=["current", "shipped", "none"],
            help="default: current; shipped for the benchmark",
        )
        parser.add_argument(
            "--worst",
            type=int,
            default=0,
            metavar="N",
            help="print the N worst answers (never of the holdout)",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, **options) -> None:
        """Judge and print; CommandError for a file that cannot be read or an engine that does not answer."""
        outside = options["documents"] or options["queries"]
        if outside and not (options["documents"] and options["queries"]):
            raise CommandError("--documents and --queries go together.")
        split = options["split"] or "all"
        if options["worst"] and not outside and split != "tuning":
            raise CommandError("The answers of the holdout are not looked at: --worst needs --split tuning.")
        documents = Path(options["documents"] or BENCHMARK / "documents.jsonl")
        asked = [Path(options["queries"])] if outside else sorted(BENCHMARK.glob("queries*.jsonl"))
        try:
            queries = [
                each for path in asked for each in evaluation.queries(path) if split in ("all", each.split)
            ]
            concepts = _concepts(options["concepts"] or ("current" if outside else "shipped"))
            report = _judged(options["engine"], documents, queries, concepts, baseline=options["baseline"])
        except (BadFile, OSError, SearchUnavailable, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
        self._print(report, split, options)

    def _print(self, report: "Report", split: str, options: dict) -> None:
        if options["json"]:
            self.stdout.write(
                json.dumps(report.as_json(nameable(options["engine"]), split), ensure_ascii=False, indent=2)
            )
            return
        for line in report.notes:
            self.stdout.write(self.style.WARNING(line))
        self.stdout.write(f"engine: {options['engine']}; {report.documents} documents; queries: {split}")
        for line in report.lines():
            self.stdout.write(line)
        for each in report.worst(options["worst"]):
            self.stdout.write(each)


class Report:
    """What was found, and how it is said."""

    def __init__(
        self,
        documents: int,
        notes: list[str],
        ours: Sequence[Answered],
        theirs: Sequence[Answered],
        baseline: str,
    ) -> None:
        self.documents, self.notes, self._baseline = documents, notes, baseline
        self._ours, self._theirs = ours, theirs

    def lines(self) -> Iterable[str]:
        """Yield the tables, one line a kind."""
        yield from _table(evaluation.by_kind(self._ours))
        if self._theirs:
            yield ""
            yield f"baseline: {self._baseline}"
            yield from _table(evaluation.by_kind(self._theirs))
            yield ""
            for name, (mean, low, high) in self._gains().items():
                yield f"{name}: {mean:+.3f} over the baseline (95 %: {low:+.3f} to {high:+.3f})"

    def _gains(self) -> dict[str, tuple[float, ...]]:
        measures = {"nDCG@10": evaluation.ndcg, "MRR": evaluation.reciprocal_rank}
        return {name: evaluation.gain(self._ours, self._theirs, each) for name, each in measures.items()}

    def worst(self, count: int) -> Iterable[str]:
        """Yield the answers with the lowest nDCG."""
        judged = [each for each in self._ours if each.query.relevant]
        for each in sorted(judged, key=evaluation.ndcg)[:count]:
            wanted = ", ".join(f"{name}:{grade}" for name, grade in each.query.relevant.items())
            asked, got = f"{each.query.id} « {each.query.text} »", ", ".join(each.ids[:5])
            yield f"{evaluation.ndcg(each):.2f} {asked} wanted {wanted}; got {got}"

    def as_json(self, engine: str, split: str) -> dict:
        """Return the same in plain values."""
        found = {"engine": engine, "split": split, "documents": self.documents, "notes": self.notes}
        found["kinds"] = {kind: asdict(each) for kind, each in evaluation.by_kind(self._ours).items()}
        if self._theirs:
            found["baseline"] = {
                "name": self._baseline,
                "kinds": {kind: asdict(each) for kind, each in evaluation.by_kind(self._theirs).items()},
                "gains": {
                    name: {"mean": each[0], "low": each[1], "high": each[2]}
                    for name, each in self._gains().items()
                },
            }
        return found


def _table(kinds: dict[str, Figures]) -> Iterable[str]:
    yield f"{'':14}" + "".join(f"{name:>10}" for name in COLUMNS)
    for kind, each in kinds.items():
        if kind == ALL and len(kinds) == 2:
            continue
        values = [each.ndcg, each.mrr, each.first, each.third, each.recall, each.zero]
        answerable = "".join(f"{value:10.3f}" for value in values)
        refused = "" if each.refused is None else f"{each.refused:10.3f}"
        yield f"{kind[:14]:14}{each.count:10d}{answerable}{refused}"


def _concepts(choice: str) -> thesaurus.Thesaurus:
    if choice == "none":
        return thesaurus.Thesaurus()
    if choice == "current":
        try:
            return thesaurus.current()
        except DatabaseError:  # a fresh copy without a database can judge too
            pass
    return thesaurus.shipped()


def _judged(
    engine: str, documents: Path, queries: list[Query], concepts: thesaurus.Thesaurus, *, baseline: bool
) -> Report:
    notes: list[str] = []
    with ExitStack() as stack:
        judged = stack.enter_context(trial.opened(engine, concepts))
        contents = judged.fill(evaluation.documents(documents))
        if contents.repeated:
            notes.append(f"{contents.repeated} documents came twice: the last one counts.")
        queries = _known(queries, contents.uids, notes)
        ours, theirs, name = [judged.answer(each) for each in queries], [], ""
        if baseline:
            folder = stack.enter_context(scratch("agora-stock-"))
            plain = stack.enter_context(stock(engine, folder))
            plain.fill(evaluation.documents(documents))
            theirs, name = [plain.answer(each) for each in queries], plain.name
    return Report(len(contents.uids), notes, ours, theirs, name)


def _known(queries: list[Query], ids: dict[str, str], notes: list[str]) -> list[Query]:
    """Leave out, and say, what the documents do not contain."""
    kept, unknown, orphans = [], 0, 0
    for each in queries:
        relevant = {name: grade for name, grade in each.relevant.items() if name in ids}
        unknown += len(each.relevant) - len(relevant)
        if each.relevant and not relevant:
            orphans += 1
            continue
        kept.append(each if len(relevant) == len(each.relevant) else _with(each, relevant))
    if unknown:
        notes.append(
            f"{unknown} relevant ids are no document: left out, with {orphans} queries that had no other."
        )
    return kept


def _with(query: Query, relevant: dict[str, int]) -> Query:
    return Query(query.id, query.text, query.kind, query.language, relevant, query.viewer)
