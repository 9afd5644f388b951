"""From what somebody typed to a plan that any engine can follow.

Order of work: clean, cut into words, phrases and exclusions, repair words that no visible text knows,
recognise concepts (longest first), then give each clause its weighted ways to be satisfied.
Rules and weights: docs/decisions/search-engine.md.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from . import analysis
from .contract import Alternative, Clause, Correction, Lang, QueryPlan
from .spelling import Vocabulary
from .thesaurus import Idea, Thesaurus

LONGEST_TEXT = 200  # characters read of a query
MOST_CLAUSES = 16
ENOUGH = 5  # hits under which a query asks for fewer of its words
MOST_ALTERNATIVES = 12
MOST_VARIANTS = 5  # per language, so that both keep a place

SAME_LANGUAGE, OTHER_LANGUAGE, PARTS, ALL_WORDS = 0.7, 0.55, 0.6, 0.8
TYPO = {1: 0.8, 2: 0.6}  # by distance

_PIECE = re.compile(r'(?P<no>(?<!\S)-(?=["\w]))?(?:"(?P<phrase>[^"]*)"?|(?P<run>[^\s"]+))')


@dataclass(slots=True)
class _Word:
    """A word of the query on its way to a clause."""

    surface: str
    start: int
    end: int
    reading: str = ""  # the word to understand: itself, or its repair
    near: tuple[tuple[str, int], ...] = ()


def build_plan(text: str, language: Lang, thesaurus: Thesaurus, vocabulary: Vocabulary) -> QueryPlan:
    """Return the plan of a query typed in an interface language; any text is acceptable.

    Quotes ask for the words side by side, a leading minus excludes. What cannot be read as words gives
    a plan without clauses.
    """
    text = shorten(analysis.normalise(text))
    clauses: list[Clause] = []
    excluded: list[Clause] = []
    free: list[_Word] = []
    for piece in _PIECE.finditer(text):
        quoted, run = piece["phrase"], piece["run"]
        if piece["no"]:
            excluded += _excluded(quoted if quoted is not None else run)
        elif quoted is not None:
            clauses += _phrase(quoted)
        else:
            offset = piece.start("run")
            free += [_Word(t.surface, t.start + offset, t.end + offset) for t in analysis.tokens(run)]
    _read(free, thesaurus, vocabulary)
    clauses = (clauses + _free_clauses(free, thesaurus))[:MOST_CLAUSES]
    plan = QueryPlan(text, tuple(clauses), tuple(excluded[:MOST_CLAUSES]), 0, language)
    return replace(_with_corrections(plan, free), minimum=minimum_for(plan))


def shorten(text: str) -> str:
    """Cut a query at LONGEST_TEXT characters, before the word that would not fit."""
    if len(text) <= LONGEST_TEXT:
        return text
    return text[: LONGEST_TEXT + 1].rsplit(" ", 1)[0][:LONGEST_TEXT]


def minimum_for(plan: QueryPlan) -> int:
    """Return how many optional clauses a hit must satisfy: all of two, all but one of four, else 60 %."""
    optional = sum(not clause.required for clause in plan.clauses)
    if optional <= 2:
        return optional
    return optional - 1 if optional <= 4 else optional * 6 // 10


def relaxed(plan: QueryPlan) -> QueryPlan | None:
    """Return the plan asking one clause less, None when it cannot ask less."""
    return replace(plan, minimum=plan.minimum - 1) if plan.minimum > 1 else None


def settled(plan: QueryPlan, total: Callable[[QueryPlan], int]) -> QueryPlan:
    """Ask for fewer words until there are enough hits; `total` counts the hits of a plan."""
    while (easier := relaxed(plan)) and total(plan) < ENOUGH:
        plan = easier
    return plan


def _excluded(text: str) -> list[Clause]:
    kind = "phrase" if len(analysis.tokens(text)) > 1 else "own"
    return [Clause(text, (Alternative(kind, text, None, 1.0),))] if analysis.tokens(text) else []


def _phrase(text: str) -> list[Clause]:
    if not analysis.tokens(text):
        return []
    return [Clause(text, (Alternative("phrase", text, None, 1.0),), required=True)]


def _read(words: list[_Word], thesaurus: Thesaurus, vocabulary: Vocabulary) -> None:
    """Find the repairs of the words that nobody wrote."""
    shouting = len(words) > 1 and all(word.surface.isupper() or word.surface.isdigit() for word in words)
    for word in words:
        if shouting:
            word.surface = word.surface.lower()
        word.reading = word.surface
        known = (
            analysis.is_stop_word(word.surface)
            or analysis.is_acronym(word.surface)
            or thesaurus.acronym(word.surface, alone=len(words) == 1)
            or vocabulary.knows(word.surface)
        )
        if not known and (near := vocabulary.nearest(word.surface)):
            word.near = near
            word.reading = near[0][0]


def _free_clauses(words: list[_Word], thesaurus: Thesaurus) -> list[Clause]:
    alone = len(words) == 1
    content = [
        word
        for word in words
        if not analysis.is_stop_word(word.surface) or _names_acronym(word.surface, thesaurus, alone)
    ]
    if not content:
        return [Clause(word.surface, (_own(word),)) for word in words]
    clauses, place = [], 0
    while place < len(content):
        span, ideas = _concept_at(content[place:], thesaurus)
        if ideas:
            clauses.append(_concept_clause(content[place : place + span], ideas))
        else:
            span = 1
            clauses.append(_word_clause(content[place], thesaurus, alone))
        place += span
    return list({clause.alternatives: clause for clause in clauses}.values())


def _names_acronym(surface: str, thesaurus: Thesaurus, alone: bool) -> bool:
    return (alone or surface.isupper()) and bool(thesaurus.acronym(surface, alone=alone))


def _concept_at(words: list[_Word], thesaurus: Thesaurus) -> tuple[int, tuple[tuple[Idea, Lang], ...]]:
    """Find the longest concept named by the first words."""
    for span in range(min(thesaurus.longest, len(words)), 0, -1):
        run = words[:span]
        if span == 1 and analysis.is_acronym(run[0].surface):
            break
        if ideas := thesaurus.match([word.reading for word in run]):
            return span, ideas
    return 0, ()


def _own(word: _Word) -> Alternative:
    return Alternative("own", word.surface, None, 1.0)


def _concept_clause(words: list[_Word], ideas: tuple[tuple[Idea, Lang], ...]) -> Clause:
    typed = " ".join(word.surface for word in words)
    reading = " ".join(word.reading for word in words)
    own = [Alternative("own", typed, None, 1.0)]
    if len(words) > 1:  # side by side is worth more than anywhere in the text
        own = [Alternative("variant", typed, None, 1.0), Alternative("own", typed, None, ALL_WORDS)]
    if reading != typed:
        own.append(Alternative("typo", reading, None, TYPO[max(near[0][1] for near in _nears(words))]))
    else:
        own += _compound(words[0]) if len(words) == 1 else []
    return Clause(typed, _capped(own, _variants(ideas, {analysis.fold(typed), analysis.fold(reading)})))


def _nears(words: list[_Word]) -> list[tuple[tuple[str, int], ...]]:
    return [word.near for word in words if word.near]


def _word_clause(word: _Word, thesaurus: Thesaurus, alone: bool) -> Clause:
    surface = word.surface
    ideas = thesaurus.acronym(surface, alone=alone)
    if ideas:
        # Capitals mean the acronym alone: « RIS » must not bring laughter.
        capitals = Alternative("acronym", surface.upper(), None, 1.0)
        strict = surface.isupper() or len(surface) <= 3
        own = [capitals] if strict else [capitals, _own(word)]
        # An acronym of both languages names its concept in the one where it is listed first.
        pairs = tuple((idea, _language_of(idea, surface.upper())) for idea in ideas)
        return Clause(surface, _capped(own, _variants(pairs, {surface.upper()})))
    own = [_own(word)]
    if analysis.is_acronym(surface):
        own.append(Alternative("acronym", surface, None, 1.0))
    own += [Alternative("typo", near, None, TYPO[distance]) for near, distance in word.near]
    return Clause(surface, tuple((own + _compound(word))[:MOST_ALTERNATIVES]))


def _language_of(idea: Idea, acronym: str) -> Lang:
    return next(term.lang for term in idea.terms if term.acronym and term.text == acronym)


def _compound(word: _Word) -> list[Alternative]:
    split = analysis.parts(word.surface)
    return [Alternative("parts", " ".join(split), "nl", PARTS)] if split else []


def _variants(ideas: tuple[tuple[Idea, Lang], ...], said: set[str]) -> list[Alternative]:
    found: list[Alternative] = []
    for idea, spoken in ideas:
        per_language: dict[Lang, int] = {}
        for term in idea.terms:
            if (term.text if term.acronym else analysis.fold(term.text)) in said:
                continue
            per_language[term.lang] = per_language.get(term.lang, 0) + 1
            if per_language[term.lang] > MOST_VARIANTS:
                continue
            weight = SAME_LANGUAGE if term.lang == spoken else OTHER_LANGUAGE
            kind = "acronym" if term.acronym else "variant"
            found.append(Alternative(kind, term.text, term.lang, weight))
    return found


def _capped(own: list[Alternative], variants: list[Alternative]) -> tuple[Alternative, ...]:
    return tuple(dict.fromkeys(own + variants))[:MOST_ALTERNATIVES]


def _with_corrections(plan: QueryPlan, words: list[_Word]) -> QueryPlan:
    repaired = [word for word in words if word.near]
    if not repaired:
        return plan
    text = plan.text
    for word in reversed(repaired):
        text = text[: word.start] + word.reading + text[word.end :]
    corrections = tuple(Correction(word.surface, word.reading) for word in repaired)
    return replace(plan, corrections=corrections, corrected_text=text)
