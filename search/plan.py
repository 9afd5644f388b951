"""From what somebody typed to a plan that any engine can follow.

Order of work: clean, cut into words, phrases and exclusions, repair words that no visible text knows,
give each clause its weighted ways to be satisfied (reading.py), say how many clauses are asked for.
Rules and weights: docs/decisions/search-engine.md.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from . import analysis, courtesy
from .contract import Alternative, Clause, Correction, Lang, QueryPlan
from .kinship import everyday
from .reading import Reader, Word
from .spelling import Vocabulary
from .thesaurus import Thesaurus

LONGEST_TEXT = 200  # characters read of a query
MOST_CLAUSES = 16
ENOUGH = 10  # hits under which a query asks for fewer of its words

_RUN_IN = re.compile(r"(?:[ldjmtsnc]|qu)(?P<rest>[aeiouyh]\w+)\Z")
_PIECE = re.compile(r'(?P<no>(?<!\S)-(?=["\w]))?(?:"(?P<phrase>[^"]*)"?|(?P<run>[^\s"]+))')


def build_plan(text: str, language: Lang, thesaurus: Thesaurus, vocabulary: Vocabulary) -> QueryPlan:
    """Return the plan of a query typed in an interface language; any text is acceptable.

    Quotes ask for the words side by side, a leading minus excludes. What cannot be read as words gives
    a plan without clauses.
    """
    text = shorten(analysis.normalise(text))
    clauses: list[Clause] = []
    excluded: list[Clause] = []
    free: list[Word] = []
    for piece in _PIECE.finditer(text):
        quoted, run = piece["phrase"], piece["run"]
        if piece["no"]:
            excluded += _excluded(quoted if quoted is not None else run)
        elif quoted is not None:
            clauses += _phrase(quoted)
        else:
            offset = piece.start("run")
            free += [Word(t.surface, t.start + offset, t.end + offset) for t in analysis.tokens(run)]
    for place in courtesy.around([word.surface for word in free]):
        free[place].aside = True
    _read(free, thesaurus, vocabulary)
    reader = Reader(free, language, thesaurus, vocabulary)
    clauses = (clauses + reader.clauses())[:MOST_CLAUSES]
    plan = QueryPlan(text, tuple(clauses), tuple(excluded[:MOST_CLAUSES]), 0, language, bonus=reader.bonus())
    return replace(_with_corrections(plan, free), minimum=minimum_for(plan))


def shorten(text: str) -> str:
    """Cut a query at LONGEST_TEXT characters, before the word that would not fit."""
    if len(text) <= LONGEST_TEXT:
        return text
    return text[: LONGEST_TEXT + 1].rsplit(" ", 1)[0][:LONGEST_TEXT]


def minimum_for(plan: QueryPlan) -> int:
    """Return how many optional clauses a hit must satisfy: all of two, else a third, two at least."""
    optional = len(plan.optional)
    return optional if optional <= 2 else max(2, (optional + 2) // 3)


def relaxed(plan: QueryPlan) -> QueryPlan | None:
    """Return the plan asking one clause less, None when it cannot ask less."""
    return replace(plan, minimum=plan.minimum - 1) if plan.minimum > 1 else None


def settled(plan: QueryPlan, total: Callable[[QueryPlan], int]) -> QueryPlan:
    """Ask for fewer words until there are enough hits; `total` counts the hits of a plan."""
    while (easier := relaxed(plan)) and total(plan) < ENOUGH:
        plan = easier
    return plan


def is_relaxed(asked: QueryPlan, plan: QueryPlan, total: Callable[[QueryPlan], int]) -> bool:
    """Say whether few texts have as many of the words as were asked for at first."""
    if plan.minimum < asked.minimum:
        return True
    stricter = strictly(plan)
    return stricter is not None and total(stricter) < ENOUGH


def strictly(plan: QueryPlan) -> QueryPlan | None:
    """Return the plan for which no clause is enough by itself, None when that is the plan as it is."""
    return replace(plan, strict=True) if plan.minimum > 1 and plan.decisive else None


def _excluded(text: str) -> list[Clause]:
    kind = "phrase" if len(analysis.tokens(text)) > 1 else "own"
    return [Clause(text, (Alternative(kind, text, None, 1.0),))] if analysis.tokens(text) else []


def _phrase(text: str) -> list[Clause]:
    if not analysis.tokens(text):
        return []
    return [Clause(text, (Alternative("phrase", text, None, 1.0),), required=True)]


def _read(words: list[Word], thesaurus: Thesaurus, vocabulary: Vocabulary) -> None:
    """Find the repairs of the words that nobody wrote."""
    shouting = len(words) > 1 and all(word.surface.isupper() or word.surface.isdigit() for word in words)
    for word in words:
        if shouting:
            word.surface = word.surface.lower()
        word.reading = word.surface
        known = (
            word.aside
            or analysis.is_stop_word(word.surface)
            or analysis.is_acronym(word.surface)
            or thesaurus.acronym(word.surface, alone=len(words) == 1)
            or vocabulary.knows(word.surface)
            or _is_taught(word.surface, thesaurus)
        )
        if not known and (near := _repairs(word.surface, thesaurus, vocabulary)):
            word.near = near
            word.reading = near[0][0]


def _is_taught(surface: str, thesaurus: Thesaurus) -> bool:
    """True for a word of a concept or of everyday language, even if no text has it."""
    folded = analysis.fold(surface)
    return folded in thesaurus.words or folded in everyday().words


def _repairs(surface: str, thesaurus: Thesaurus, vocabulary: Vocabulary) -> tuple[tuple[str, int], ...]:
    """Return what an unknown word may stand for: an elided article run into it (« lecole »), or a slip."""
    if match := _RUN_IN.match(analysis.fold(surface)):
        rest = match["rest"]
        if analysis.is_stop_word(rest) or vocabulary.knows(rest) or _is_taught(rest, thesaurus):
            return ((rest, 1),)
    return vocabulary.nearest(surface)


def _with_corrections(plan: QueryPlan, words: list[Word]) -> QueryPlan:
    repaired = [word for word in words if word.near]
    if not repaired:
        return plan
    text = plan.text
    for word in reversed(repaired):
        text = text[: word.start] + word.reading + text[word.end :]
    corrections = tuple(Correction(word.surface, word.reading) for word in repaired)
    return replace(plan, corrections=corrections, corrected_text=text)
