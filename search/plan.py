"""From what somebody typed to a plan that any engine can follow.

Order of work: clean, cut into words, phrases and exclusions, repair words that no visible text knows,
recognise concepts (longest first), then give each clause its weighted ways to be satisfied.
Rules and weights: docs/decisions/search-engine.md.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from . import analysis
from .contract import LANGUAGES, Alternative, Clause, Correction, Lang, QueryPlan
from .kinship import everyday
from .spelling import Vocabulary
from .thesaurus import Idea, Thesaurus, said_in
from .verbs import PARTICLES

LONGEST_TEXT = 200  # characters read of a query
MOST_CLAUSES = 16
ENOUGH = 10  # hits under which a query asks for fewer of its words
MOST_ALTERNATIVES = 24
MOST_VARIANTS = 5  # per language, so that both keep a place

MOST_BONUS = 6

SAME_LANGUAGE, OTHER_LANGUAGE, PARTS, ALL_WORDS = 0.7, 0.9, 0.6, 0.7
EVERYDAY, KIN, COMPOUND, HALF_SAID = 0.5, 0.6, 0.5, 0.6
LITTLE = 0.35  # what a question word found in a title adds beside a word with a subject
ONE_OF_SEVERAL = 0.5  # the clause of a word whose expression has one already
TOLD = 0.6  # of what BM25 would give for its words: what a clause adds once one of its ways is found
LIGHT = 0.6  # the clause of a word that says little, beside others that say more
TYPO = {1: 0.8, 2: 0.6}  # by distance

_RUN_IN = re.compile(r"(?:[ldjmtsnc]|qu)(?P<rest>[aeiouyh]\w+)\Z")

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
    reader = _Reader(free, language, thesaurus, vocabulary)
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
    return bool(plan.decisive and plan.minimum > 1) and total(replace(plan, strict=True)) < ENOUGH


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


class _Reader:
    """Turns the free words of one query into clauses."""

    def __init__(
        self, words: list[_Word], language: Lang, thesaurus: Thesaurus, vocabulary: Vocabulary
    ) -> None:
        self._words, self._thesaurus, self._vocabulary = words, thesaurus, vocabulary
        self._alone = len(words) == 1
        self._betrayed = analysis.language_of(" ".join(word.surface for word in words))
        self._spoken = self._betrayed or language
        reading = " ".join(word.reading for word in words)
        self._said = {lang: said_in(reading, lang) for lang in LANGUAGES}

    def clauses(self) -> list[Clause]:
        """Return a clause for each concept, expression or word, then one for each word of the expressions.

        Clauses of stop words only without others.
        """
        content = [word for word in self._words if not self._is_little(word)]
        if not content:
            return [Clause(word.surface, (_own(word),)) for word in self._words]
        found, alone, place = [], [], 0
        while place < len(content):
            span, clause = self._clause_at(content, place)
            found.append(clause)
            if span > 1:  # texts that never say the expression may well say its words, in either language
                alone += [
                    _lighter(self._one(content, each), ONE_OF_SEVERAL) for each in range(place, place + span)
                ]
            place += span
        each = {clause.alternatives: clause for clause in found + alone}.values()
        clauses = [replace(clause, rarity=self._rarity(clause)) for clause in each]
        heavy = [clause for clause in clauses if not self._is_light(clause)]
        return [each if each in heavy or not heavy else _lighter(each, LIGHT) for each in clauses]

    def _rarity(self, clause: Clause) -> float:
        return round(TOLD * self._vocabulary.rarity(_read_as(clause)), 3)

    def _is_light(self, clause: Clause) -> bool:
        words = [token.surface for token in analysis.tokens(_read_as(clause))]
        return len(words) == 1 and not analysis.LIGHT.isdisjoint(analysis.stems(words[0], self._spoken))

    def bonus(self) -> tuple[Clause, ...]:
        """Return the question words (« quoi », « combien ») as clauses that only lift: titles ask too."""
        little = [word for word in self._words if self._is_little(word)]
        if len(little) == len(self._words):
            return ()
        folded = dict.fromkeys(analysis.fold(word.surface) for word in little)
        asking = [word for word in folded if word not in analysis.GLUE][:MOST_BONUS]
        return tuple(Clause(word, (Alternative("own", word, None, LITTLE),)) for word in asking)

    def _is_little(self, word: _Word) -> bool:
        if word.near and analysis.is_stop_word(word.reading):
            return True
        return analysis.is_stop_word(word.surface) and not self._names_acronym(word.surface)

    def _names_acronym(self, surface: str) -> bool:
        return (self._alone or surface.isupper()) and bool(
            self._thesaurus.acronym(surface, alone=self._alone)
        )

    def _clause_at(self, content: list[_Word], place: int) -> tuple[int, Clause]:
        """Read the longest concept, else the longest everyday expression, else one word."""
        words = content[place:]
        span, ideas = self._longest(words, self._thesaurus, shortest=1)
        if ideas:
            return span, self._several(words[:span], _variants(ideas, _said(words[:span])))
        span, ideas = self._longest(words, everyday(), shortest=2)
        if ideas := self._said_here(ideas):
            return span, self._several(words[:span], _variants(ideas, _said(words[:span]), EVERYDAY))
        return 1, self._one(content, place)

    def _longest(
        self, words: list[_Word], thesaurus: Thesaurus, *, shortest: int
    ) -> tuple[int, tuple[tuple[Idea, Lang], ...]]:
        """Find the longest concept named by the first words."""
        for span in range(min(thesaurus.longest, len(words)), shortest - 1, -1):
            run = words[:span]
            if span == 1 and analysis.is_acronym(run[0].surface):
                break
            if ideas := thesaurus.match([word.reading for word in run], self._said):
                return span, ideas
        return 0, ()

    def _several(self, words: list[_Word], variants: list[Alternative]) -> Clause:
        typed = " ".join(word.surface for word in words)
        reading = " ".join(word.reading for word in words)
        own = [Alternative("own", typed, None, 1.0)]
        if len(words) > 1:  # side by side is worth more than anywhere in the text
            own = [Alternative("variant", typed, None, 1.0), Alternative("own", typed, None, ALL_WORDS)]
        expression = self._expression(words)
        if expression:  # « sans papiers »: more than « papiers », whose other words are not meant
            own = [Alternative("phrase", expression, None, 1.0), Alternative("own", typed, None, HALF_SAID)]
        elif reading != typed:
            slips = max(word.near[0][1] for word in words if word.near)
            own.append(Alternative("typo", reading, None, TYPO[slips]))
        elif len(words) == 1:
            own += self._compound(words[0])
        groups = self._said_here(everyday().match([word.reading for word in words], self._said))
        if expression:
            groups = tuple(pair for pair in groups if pair not in everyday().match([words[0].reading]))
        return Clause(typed, _capped(own, variants + _variants(groups, _said(words), EVERYDAY)))

    def _expression(self, words: list[_Word]) -> str:
        if len(words) != 1:
            return ""
        known = (self._thesaurus, everyday())
        return next((said for each in known if (said := each.expression(words[0].reading, self._said))), "")

    def _one(self, content: list[_Word], place: int) -> Clause:
        word = content[place]
        surface = word.surface
        ideas = self._thesaurus.acronym(surface, alone=self._alone)
        if ideas:
            # Capitals mean the acronym alone: « RIS » must not bring laughter.
            capitals = Alternative("acronym", surface.upper(), None, 1.0)
            strict = surface.isupper() or len(surface) <= 3
            own = [capitals] if strict else [capitals, _own(word)]
            # An acronym of both languages names its concept in the one where it is listed first.
            pairs = tuple((idea, _language_of(idea, surface.upper())) for idea in ideas)
            return Clause(surface, _capped(own, _variants(pairs, {surface.upper()})))
        if self._expression([word]):
            return self._several([word], [])
        own = [_own(word)]
        if analysis.is_acronym(surface):
            own.append(Alternative("acronym", surface, None, 1.0))
        own += [Alternative("typo", near, None, TYPO[distance]) for near, distance in word.near]
        own += self._compound(word) + self._joined(content, place) + self._separated(word)
        return Clause(surface, _capped(own, self._everyday(word) + self._kin(word)))

    def _everyday(self, word: _Word) -> list[Alternative]:
        groups = self._said_here(everyday().match([word.reading], self._said))
        return _variants(groups, _said([word]), EVERYDAY)

    def _said_here(self, ideas: tuple[tuple[Idea, Lang], ...]) -> tuple[tuple[Idea, Lang], ...]:
        """Leave out the groups that the words name in a language which the query is not written in."""
        return tuple(pair for pair in ideas if pair[1] == self._betrayed or self._betrayed is None)

    def _kin(self, word: _Word) -> list[Alternative]:
        lang = self._spoken
        kin = [Alternative("kin", each, lang, KIN) for each in self._vocabulary.kin(word.reading, lang)]
        compounds = self._vocabulary.compounds(word.reading)
        return kin + [Alternative("kin", each, "nl", COMPOUND) for each in compounds]

    def _compound(self, word: _Word) -> list[Alternative]:
        split = analysis.parts(word.surface) or self._vocabulary.split(word.surface)
        return [Alternative("parts", " ".join(split), "nl", PARTS)] if split else []

    def _separated(self, word: _Word) -> list[Alternative]:
        """Return the known Dutch verbs that a word makes with a particle behind it (« leg ik dat uit »)."""
        if self._spoken != "nl":
            return []
        behind = [analysis.fold(each.surface) for each in self._words if each.start > word.end]
        whole = [each + word.reading for each in behind if each in PARTICLES]
        return [
            Alternative("kin", each, "nl", ALL_WORDS) for each in whole if self._vocabulary.has_form(each)
        ]

    def _joined(self, content: list[_Word], place: int) -> list[Alternative]:
        """Return the known compounds of a word with the one before or behind it (« leefloon aanvraag »)."""
        pairs = zip(content[max(0, place - 1) :], content[max(1, place) : place + 2], strict=False)
        known = (self._vocabulary.joined(first.reading, second.reading) for first, second in pairs)
        return [Alternative("kin", each, "nl", ALL_WORDS) for each in known if each]


def _own(word: _Word) -> Alternative:
    return Alternative("own", word.surface, None, 1.0)


def _read_as(clause: Clause) -> str:
    """Return the words of a clause, repaired."""
    return next((way.text for way in clause.alternatives if way.kind == "typo"), clause.typed)


def _lighter(clause: Clause, worth: float) -> Clause:
    ways = (replace(way, weight=round(way.weight * worth, 3)) for way in clause.alternatives)
    return replace(clause, alternatives=tuple(ways), rarity=round(clause.rarity * worth, 3))


def _said(words: list[_Word]) -> set[str]:
    surfaces, readings = ([word.surface for word in words], [word.reading for word in words])
    return {analysis.fold(" ".join(surfaces)), analysis.fold(" ".join(readings))}


def _language_of(idea: Idea, acronym: str) -> Lang:
    return next(term.lang for term in idea.terms if term.acronym and term.text == acronym)


def _variants(
    ideas: tuple[tuple[Idea, Lang], ...], said: set[str], weight: float = SAME_LANGUAGE
) -> list[Alternative]:
    found: list[Alternative] = []
    for idea, spoken in ideas:
        per_language: dict[Lang, int] = {}
        for term in idea.terms:
            if (term.text if term.acronym else analysis.fold(term.text)) in said:
                continue
            per_language[term.lang] = per_language.get(term.lang, 0) + 1
            if per_language[term.lang] > MOST_VARIANTS:
                continue
            worth = weight if term.lang == spoken else OTHER_LANGUAGE
            kind = "acronym" if term.acronym else "variant"
            found.append(Alternative(kind, term.text, term.lang, worth))
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
