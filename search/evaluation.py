"""How well a search answers: graded questions, the figures made of the answers, and how sure they are.

A name of its own: nothing here knows an engine or a page. Files are JSON, one object a line:

* a document: `id`, `title`, `body`; and if wanted `language`, `summary`, `kind`, `audience` (tokens),
  `updated` (ISO date), `facets`, `useful`, `weight`, `above` and `above_language` (what it hangs under).
  Other fields are left aside.
* a query: `query`, `relevant` ({document id: grade 1 to 3}, or a list of ids); and if wanted `id`, `kind`,
  `language`, `viewer` (tokens). A query of the kind `nothing` has no relevant document.

Figures, each the mean over the queries that have an answer: nDCG@10 (gain 2^grade − 1), MRR (of the first
relevant document among LOOKED_AT), first and third (a relevant document in the first place, in the first
three), recall@20, and the share of queries without any result.
"""

import json
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import analysis
from .contract import LANGUAGES, TERM_FACETS, ContributionDoc, Lang

LOOKED_AT = 20  # ranks
NOTHING = "nothing"  # the kind of the queries that no document answers
ALL = "all"
RESAMPLES = 1000  # of the paired bootstrap
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # for documents without a date: all alike
LONGEST_LINE = 20_000_000  # characters; a longer line is no document
_READ = 4000  # characters of a text by which its language is guessed
_CELLS = frozenset(TERM_FACETS) - {"kind", "language"}


class BadFile(ValueError):
    """A line that cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the documents that answer it (id → grade, 1 to 3)."""

    id: str
    text: str
    kind: str = "question"
    language: Lang = "fr"
    relevant: Mapping[str, int] = field(default_factory=dict)
    viewer: frozenset[str] | None = None

    @property
    def split(self) -> str:
        """Return "tuning" (two thirds) or "holdout", by the hash of the id: nobody chooses."""
        return "holdout" if int(sha256(self.id.encode()).hexdigest(), 16) % 3 == 2 else "tuning"


@dataclass(frozen=True, slots=True)
class Answered:
    """A query and what was found for it: document ids, best first; `weak`: the page says that few texts hold
    what was asked."""

    query: Query
    ids: tuple[str, ...]
    weak: bool = False


def rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (place, object) for each line of a file, without holding the file; empty lines are skipped.

    BadFile for a line that is no JSON object; OSError for a file that cannot be opened.
    """
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            place = f"{path.name}, line {number}"
            if len(raw) > LONGEST_LINE:
                raise BadFile(f"{place}: longer than {LONGEST_LINE} characters")
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                row = json.loads(line) if line else None
            except (ValueError, RecursionError) as error:
                raise BadFile(f"{place}: {error}") from error
            if row is None and not line:
                continue
            if not isinstance(row, dict):
                raise BadFile(f"{place}: a JSON object is expected")
            yield place, row


def documents(path: Path) -> Iterator[tuple[str, ContributionDoc]]:
    """Yield (id, contribution) for each line of a file of documents; BadFile for one that is none."""
    for place, row in rows(path):
        name = _name(row, place)
        try:
            yield name, _document(name, row)
        except (ValueError, TypeError, AttributeError) as error:
            raise BadFile(f"{place}: {error}") from error


def _document(name: str, row: Mapping[str, Any]) -> ContributionDoc:
    title, body = _text(row, "title"), _text(row, "body")
    facets = row.get("facets") or {}
    return ContributionDoc(
        uid=f"{_kind(row.get('kind'), 'document')}:{name}",
        language=language_of(row.get("language"), f"{title}\n{body}"),
        title=title,
        summary=_text(row, "summary"),
        body=body,
        audience=_tokens(row.get("audience", ["public"])),
        updated=_moment(row.get("updated")),
        facets={each: tuple(map(str, facets[each])) for each in _CELLS & set(facets)},
        useful=int(row.get("useful") or 0),
        weight=float(row.get("weight") or 1.0),
        above=_text(row, "above"),
        above_language=row.get("above_language"),
    )


def queries(path: Path) -> list[Query]:
    """Read a file of queries; BadFile for a line that is none."""
    found: dict[str, Query] = {}
    for place, row in rows(path):
        text = _text(row, "query")
        if not text.strip():
            raise BadFile(f"{place}: « query » is missing or empty")
        name = str(row.get("id") or f"q{len(found) + 1}")
        if name in found:
            raise BadFile(f"{place}: the id {name!r} was given before")
        viewer = row.get("viewer")
        try:
            found[name] = Query(
                name,
                text,
                str(row.get("kind") or "question"),
                language_of(row.get("language"), text),
                _grades(row.get("relevant") or {}),
                None if viewer is None else _tokens(viewer),
            )
        except (ValueError, TypeError) as error:
            raise BadFile(f"{place}: {error}") from error
    return list(found.values())


def _grades(relevant: object) -> dict[str, int]:
    if isinstance(relevant, str | int):
        relevant = [relevant]
    if isinstance(relevant, list):
        relevant = dict.fromkeys(relevant, 1)
    if not isinstance(relevant, dict):
        raise ValueError("« relevant » is neither {id: grade} nor a list of ids")
    grades = {str(name): min(int(grade), 10) for name, grade in relevant.items()}
    return {name: grade for name, grade in grades.items() if grade > 0}


def _name(row: Mapping[str, Any], place: str) -> str:
    name = row.get("id")
    if not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
        raise BadFile(f"{place}: « id » is missing")
    return str(name)


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadFile(f"« {key} » is not a text")
    return value


def _kind(value: object, otherwise: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in str(value or otherwise).lower())[:40]


def _tokens(value: object) -> frozenset[str]:
    tokens = [value] if isinstance(value, str) else value
    if not isinstance(tokens, list) or not all(isinstance(token, str) and token for token in tokens):
        raise ValueError("an audience or a viewer is a list of tokens")
    return frozenset(tokens)


def _moment(value: object) -> datetime:
    if not value:
        return LONG_AGO
    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    if isinstance(moment, date) and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment


def language_of(said: object, text: str) -> Lang:
    """Return "fr" or "nl": as said (« nl-BE » too), else by the little words of the text, else French."""
    if (short := str(said or "").lower()[:2]) in LANGUAGES:
        return short
    return analysis.language_of(text[:_READ]) or "fr"


# --- Figures -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Figures:
    """The means of some answers; `refused` (kind `nothing`): share without result or with weak ones only."""

    count: int
    ndcg: float
    mrr: float
    first: float
    third: float
    recall: float
    zero: float
    refused: float | None = None


def ndcg(answered: Answered, depth: int = 10) -> float:
    """Return the nDCG of one answer: 1 when the best documents come first."""
    relevant = answered.query.relevant
    gains = [2 ** relevant.get(name, 0) - 1 for name in answered.ids[:depth]]
    ideal = sorted((2**grade - 1 for grade in relevant.values()), reverse=True)[:depth]
    return _discounted(gains) / _discounted(ideal)


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def reciprocal_rank(answered: Answered) -> float:
    """Return 1 / rank of the first relevant document, 0 without one."""
    ranks = (rank for rank, name in enumerate(answered.ids, 1) if name in answered.query.relevant)
    return 1 / next(ranks, math.inf)


def _recall(answered: Answered) -> float:
    found = sum(name in answered.query.relevant for name in answered.ids[:LOOKED_AT])
    return found / min(len(answered.query.relevant), LOOKED_AT)


def figures(answers: Sequence[Answered]) -> Figures:
    """Return the means of some answers; those of unanswerable queries count in `refused` alone."""
    some = [each for each in answers if each.query.relevant]
    none = [each for each in answers if not each.query.relevant]
    ranks = [reciprocal_rank(each) for each in some]
    return Figures(
        count=len(answers),
        ndcg=_mean([ndcg(each) for each in some]),
        mrr=_mean(ranks),
        first=_mean([rank == 1 for rank in ranks]),
        third=_mean([rank > 0.3 for rank in ranks]),
        recall=_mean([_recall(each) for each in some]),
        zero=_mean([not each.ids for each in some]),
        refused=_mean([not each.ids or each.weak for each in none]) if none else None,
    )


def by_kind(answers: Sequence[Answered]) -> dict[str, Figures]:
    """Return the figures of each kind of query, then of all."""
    kinds = dict.fromkeys(each.query.kind for each in answers)
    found = {kind: figures([each for each in answers if each.query.kind == kind]) for kind in kinds}
    return found | {ALL: figures(answers)}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def gain(ours: Sequence[Answered], theirs: Sequence[Answered], measure=reciprocal_rank) -> tuple[float, ...]:
    """Return (mean difference, lower and upper bound of 95 %) of a measure, by a paired bootstrap.

    Both sequences answer the same queries in the same order.
    """
    pairs = [
        measure(mine) - measure(other)
        for mine, other in zip(ours, theirs, strict=True)
        if mine.query.relevant
    ]
    if not pairs:
        return 0.0, 0.0, 0.0
    chance = random.Random(2026)  # the same intervals at each run
    means = sorted(_mean(chance.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return _mean(pairs), means[int(RESAMPLES * 0.025)], means[int(RESAMPLES * 0.975) - 1]
