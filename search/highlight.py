"""Which words of a text answered the query, and the piece of text that shows it best.

Works on the database text, with the same analysis as the index. Everything is escaped piece by piece;
the only markup that ever comes out is <mark>. Texts are first skimmed (each distinct word is judged once per
page of results), and only the chosen piece is read in full.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from . import analysis
from .contract import Clause, Lang, QueryPlan
from .fields import query_words, stems_at

READ = 40_000  # characters of a text skimmed for a snippet
WIDTH = 240  # characters of a snippet
LEAD = 60  # characters kept before the first found word
OWN = 2  # what a clause answered in the words typed is worth beside one answered by its concept
MOST_PLACES = 300  # occurrences compared in one text

_SKIM = re.compile(rf"[{analysis.WORD_SIGNS}]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of text ready for a page: escaped and marked.

    `own`: what was typed and found as such; `via`: pairs (typed, concept word found instead).
    `answers`: something of the query is in it. `place`: the character of the body where the first of it
    stands, None when the piece is not of the body.
    """

    html: SafeString
    own: frozenset[str] = frozenset()
    via: tuple[tuple[str, str], ...] = ()
    answers: bool = False
    place: int | None = None


@dataclass(slots=True)
class _Clues:
    """The single words and the word runs by which a clause is recognised in a text of one language."""

    words: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    runs: dict[tuple[str, ...], str] = field(default_factory=dict)  # folded words or stems → the term
    # Folded word, stem or acronym → how it answers (see Highlighter._judge).
    terms: dict[str, str | None] = field(default_factory=dict)


class Highlighter:
    """Marks the texts of one page of results in one language."""

    def __init__(self, plan: QueryPlan, lang: Lang) -> None:
        self._lang = lang
        self._typed = [clause.typed for clause in plan.clauses]
        self._clues = [_clues_of(clause, lang) for clause in plan.clauses]
        self._run_parts = {part for clue in self._clues for run in clue.runs for part in run}
        self._keys = self._run_parts.union(*(clue.words | clue.stems | clue.acronyms for clue in self._clues))
        self._seen: set[str] = set()
        # Word → the clause it answers and the concept word behind it (if any), the parts of runs it may be.
        self._skimmed: dict[str, tuple[tuple[int, str | None] | None, tuple[str, ...]]] = {}
        self._judged: dict[str, tuple[int, str | None] | None] = {}
        self._in_runs: dict[str, tuple[str, ...]] = {}

    def title(self, text: str) -> Shown:
        """Return a whole title, marked."""
        return self._shown(text.strip())

    def snippet(self, summary: str, body: str, read: int = READ) -> Shown:
        """Return the piece of summary or body that answers most clauses; the summary when none does.

        `read`: characters of the body looked at, by pieces of READ; the first piece that answers all ends it.
        """
        best, reached, found = (summary or body[:READ], 0), 0, None
        pieces = [(summary, None)]
        pieces += [(body[start : start + READ], start) for start in range(0, min(len(body), read), READ)]
        for text, start in pieces:
            score, place = self._best_place(text)
            if score > reached:
                best, reached = (text, place), score
                found = None if start is None else start + place
            if reached == OWN * len(self._clues):
                break
        return replace(self._window(*best), place=found)

    def _best_place(self, text: str) -> tuple[int, int]:
        """Return how well the best WIDTH characters seem to answer, and where they begin.

        A skim: the text is cut into words by one regular expression, each new word is judged once for the
        whole page, and only the words that matter are looked for.
        """
        words = set(_SKIM.findall(text))
        new = words - self._seen
        self._seen |= new
        for word in new:
            if not self._keys.isdisjoint(_forms(word, self._lang)):
                judged = self._judge(word)
                self._skimmed[word] = (judged, self._parts_of(word))
        places: list[tuple[int, str]] = []
        for word in words & self._skimmed.keys():
            place = text.find(word)
            while place >= 0 and len(places) < MOST_PLACES:
                places.append((place, word))
                place = text.find(word, place + len(word))
        places.sort()
        best, reached = 0, 0
        for first, (place, _) in enumerate(places):
            near = {word for other, word in places[first:] if other < place + WIDTH - LEAD}
            if (score := self._score(near)) > reached:
                best, reached = place, score
        return reached, best

    def _score(self, words: set[str]) -> int:
        """Return OWN for each clause that these words answer as typed, 1 for each answered by its concept."""
        scores: dict[int, int] = {}
        for word in words:
            if judged := self._skimmed[word][0]:
                number, term = judged
                scores[number] = max(scores.get(number, 0), OWN if term == "" else 1)
        present = {part for word in words for part in self._skimmed[word][1]}
        for number, clue in enumerate(self._clues):
            for run, term in clue.runs.items():
                if scores.get(number) != OWN and present.issuperset(run):
                    scores[number] = 1 if term else OWN
        return sum(scores.values())

    def _judge(self, surface: str) -> tuple[int, str | None] | None:
        """Return the clause that a word answers, and how.

        "": as typed; a term: by that other word of the concept; None: it is only one of several words.
        """
        if surface in self._judged:
            return self._judged[surface]
        folded = analysis.fold(surface)
        stems = () if analysis.is_stop_word(folded, self._lang) else stems_at(surface, self._lang)
        verdict = None
        for number, clue in enumerate(self._clues):
            if surface in clue.acronyms:
                verdict = number, clue.terms.get(surface, "")
            elif folded in clue.words:
                verdict = number, clue.terms.get(folded, "")
            elif stem := next((stem for stem in stems if stem in clue.stems), ""):
                verdict = number, clue.terms.get(stem, "")
            if verdict:
                break
        self._judged[surface] = verdict
        return verdict

    def _parts_of(self, surface: str) -> tuple[str, ...]:
        """Return the forms under which a word may take part in a run."""
        if surface not in self._in_runs:
            forms = (analysis.fold(surface), analysis.stems(surface, self._lang)[0])
            self._in_runs[surface] = tuple(form for form in forms if form in self._run_parts)
        return self._in_runs[surface]

    def _marks(self, text: str) -> tuple[list[tuple[int, int]], list[tuple[str, str | None]]]:
        """Find the exact places in a short text, and what each answers: (typed, term), see _judge."""
        tokens = analysis.tokens(text)
        marks: list[tuple[int, int]] = []
        answers: list[tuple[str, str | None]] = []
        for token in tokens:
            if (judged := self._judge(token.surface)) is not None:
                marks.append((token.start, token.end))
                answers.append((self._typed[judged[0]], judged[1]))
        for number, start, end, term in self._runs(tokens):
            marks.append((start, end))
            answers.append((self._typed[number], term))
        return sorted(marks), answers

    def _runs(self, tokens: list[analysis.Token]) -> Iterator[tuple[int, int, int, str]]:
        """Yield (clause, start, end, term) where a run stands, with or without stop words between."""
        if not self._run_parts:
            return
        parts = [self._parts_of(token.surface) for token in tokens]
        present = {part for each in parts for part in each}
        for number, clue in enumerate(self._clues):
            for run, term in clue.runs.items():
                if present.issuperset(run):
                    for start, end in self._side_by_side(run, tokens, parts):
                        yield number, start, end, term

    def _side_by_side(
        self, run: tuple[str, ...], tokens: list[analysis.Token], parts: list[tuple[str, ...]]
    ) -> Iterator[tuple[int, int]]:
        everywhere = range(len(tokens))
        content = [
            place for place in everywhere if not analysis.is_stop_word(tokens[place].surface, self._lang)
        ]
        for places in (content, everywhere):
            for first in range(len(places) - len(run) + 1):
                window = places[first : first + len(run)]
                if all(part in parts[place] for part, place in zip(run, window, strict=True)):
                    yield tokens[window[0]].start, tokens[window[-1]].end

    def _window(self, text: str, place: int) -> Shown:
        """Show WIDTH characters around a place, from the beginning of its sentence when it is near."""
        start = 0
        if place > LEAD:
            breaks = [text.rfind(sign, place - LEAD, place) for sign in ("\n", ". ", "! ", "? ", "… ")]
            start = max(breaks) + 1 or _next_word(text, place - LEAD, place)
        stop = min(len(text), start + WIDTH)
        if stop < len(text):
            stop = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop), start + WIDTH // 2)
        shown = self._shown(
            text[start:stop].strip().rstrip("«“(") if stop < len(text) else text[start:].strip()
        )
        before, after = ("… " if start else ""), (" …" if stop < len(text.rstrip()) else "")
        return replace(shown, html=mark_safe(before + shown.html + after))  # noqa: S308

    def _shown(self, piece: str) -> Shown:
        marks, answers = self._marks(piece)
        out, at = [], 0
        for begin, end in _joined(piece, marks):
            out += [escape(piece[at:begin]), "<mark>", escape(piece[begin:end]), "</mark>"]
            at = end
        out.append(escape(piece[at:]))
        html = mark_safe("".join(out))  # noqa: S308  (every piece was escaped)
        own = frozenset(typed for typed, term in answers if term == "")
        via = tuple(dict.fromkeys((typed, term) for typed, term in answers if term))
        return Shown(html, own, via, bool(answers))


@lru_cache(analysis.CACHED_WORDS)
def _forms(surface: str, lang: Lang) -> frozenset[str]:
    """Return all the forms under which a word of a text may answer anything."""
    return frozenset((surface, analysis.fold(surface), *stems_at(surface, lang)))


def _clues_of(clause: Clause, lang: Lang) -> _Clues:
    clues = _Clues()
    for each in clause.alternatives:
        if each.lang not in (None, lang):
            continue
        concept = each.kind in ("variant", "acronym") or (each.kind == "phrase" and each.lang is not None)
        term = each.text if concept and analysis.fold(each.text) != analysis.fold(clause.typed) else ""
        if each.kind == "acronym":
            clues.acronyms.add(each.text)
            clues.terms.setdefault(each.text, term)
        elif each.kind == "phrase":
            run = tuple(analysis.fold(token.surface) for token in analysis.tokens(each.text))
            clues.runs.setdefault(run, term)
        else:
            _add_words(clues, each.text, each.lang, lang, term, together=each.kind == "variant")
    return clues


def _add_words(clues: _Clues, text: str, own: Lang | None, lang: Lang, term: str, *, together: bool) -> None:
    words = query_words(text, own)
    if together and len(words) > 1:
        # An expression of stop words only (« pour qui ») has no stems: it is recognised by its words.
        run = tuple(word.stems[lang][0] if lang in word.stems else word.folded for word in words)
        clues.runs.setdefault(run, term)
        return
    how = term if len(words) == 1 else None
    for word in words:
        stems = word.stems.get(lang, ())
        clues.stems.update(stems)
        if own is None:
            clues.words.add(word.folded)
        for form in (word.folded, *stems):
            clues.terms.setdefault(form, how)


def _next_word(text: str, place: int, limit: int) -> int:
    space = text.find(" ", place, limit)
    return space + 1 if space >= 0 else place


def _joined(text: str, marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join overlapping marks, and neighbours with only a space between: one mark for « première demande »."""
    joined: list[tuple[int, int]] = []
    for begin, end in marks:
        if joined and (begin <= joined[-1][1] or text[joined[-1][1] : begin].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
