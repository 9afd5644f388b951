"""Which words of a text answered the query, and the piece of text that shows it best.

Works on the database text, with the same analysis as the index. Everything is escaped piece by piece;
the only markup that ever comes out is <mark>. Texts are first skimmed passage by passage (each distinct
word is judged once per page of results), and only the chosen piece is read in full.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from . import analysis
from .contract import Clause, Lang, QueryPlan
from .fields import query_words, stems_at

READ = 40_000  # characters of a text skimmed for a snippet
WIDTH = 240  # characters of a snippet
LEAD = 60  # characters kept before the first found word
PASSAGE = 320  # characters after which a paragraph is cut at the end of a sentence

_SKIM = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d])+")
_SENTENCE = re.compile(r"[.!?…:;]\s")

Mark = tuple[int, int, int]  # start, end (characters), number of the clause


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of text ready for a page: escaped, marked; `via` pairs typed words with concept words found."""

    html: SafeString
    clauses: int = 0
    via: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Clues:
    """The single words and the word runs by which a clause is recognised in a text of one language."""

    words: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    runs: dict[tuple[str, ...], str] = field(default_factory=dict)  # folded words or stems → the term
    terms: dict[str, str] = field(default_factory=dict)  # stem or acronym → the concept word behind it


class Highlighter:
    """Marks the texts of one page of results in one language."""

    def __init__(self, plan: QueryPlan, lang: Lang) -> None:
        self._lang = lang
        self._typed = [clause.typed for clause in plan.clauses]
        self._clues = [_clues_of(clause, lang) for clause in plan.clauses]
        self._run_parts = {part for clue in self._clues for run in clue.runs for part in run}
        self._judged: dict[str, tuple[int, str] | None] = {}
        self._in_runs: dict[str, tuple[str, ...]] = {}

    def title(self, text: str) -> Shown:
        """Return a whole title, marked."""
        return self._shown(text, 0, len(text))

    def snippet(self, summary: str, body: str) -> Shown:
        """Return the piece of summary or body that answers most clauses; the summary when none does."""
        best, answered = (summary or body, 0, PASSAGE), 0
        for text in (summary, body[:READ]):
            for start, end in _passages(text):
                number = len(self._skim(text[start:end]))
                if number > answered:
                    best, answered = (text, start, end), number
            if answered == len(self._clues):
                break
        text, start, end = best
        return self._window(text, start, end)

    def _skim(self, passage: str) -> set[int]:
        """Return the numbers of the clauses that a passage seems to answer."""
        words = set(_SKIM.findall(passage))
        found = {judged[0] for word in words if (judged := self._judge(word)) is not None}
        if self._run_parts:
            present = {part for word in words for part in self._parts_of(word)}
            for number, clue in enumerate(self._clues):
                if any(present.issuperset(run) for run in clue.runs):
                    found.add(number)
        return found

    def _judge(self, surface: str) -> tuple[int, str] | None:
        """Return the clause that a word answers, with the concept word when it is not the typed one."""
        if surface in self._judged:
            return self._judged[surface]
        folded = analysis.fold(surface)
        stems = () if analysis.is_stop_word(folded, self._lang) else stems_at(surface, self._lang)
        verdict = None
        for number, clue in enumerate(self._clues):
            if surface in clue.acronyms:
                verdict = number, clue.terms.get(surface, "")
            elif folded in clue.words:
                verdict = number, ""
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

    def _marks(self, text: str) -> tuple[list[Mark], list[tuple[str, str]]]:
        """Find the exact places in a short text."""
        tokens = analysis.tokens(text)
        marks: list[Mark] = []
        via: list[tuple[str, str]] = []
        for token in tokens:
            if (judged := self._judge(token.surface)) is not None:
                marks.append((token.start, token.end, judged[0]))
                via += [(self._typed[judged[0]], judged[1])] if judged[1] else []
        for number, clue in enumerate(self._clues):
            for start, end, term in self._runs(tokens, clue.runs):
                marks.append((start, end, number))
                via += [(self._typed[number], term)] if term else []
        return sorted(marks), via

    def _runs(self, tokens: list[analysis.Token], runs: dict[tuple[str, ...], str]) -> Iterator[tuple]:
        """Yield (start, end, term) where the words of a run stand side by side, stop words apart or not."""
        if not runs:
            return
        content = [each for each in tokens if not analysis.is_stop_word(each.surface, self._lang)]
        for run, term in runs.items():
            for words in (content, tokens):
                for place in range(len(words) - len(run) + 1):
                    window = words[place : place + len(run)]
                    if all(
                        part in self._parts_of(each.surface) for part, each in zip(run, window, strict=True)
                    ):
                        yield window[0].start, window[-1].end, term

    def _window(self, text: str, start: int, end: int) -> Shown:
        """Show WIDTH characters around the finds of a passage, cut at the borders of words."""
        marks, _ = self._marks(text[start:end])
        if marks and marks[-1][1] > WIDTH:
            places = [max(0, mark[0] - LEAD) for mark in marks]
            lead = max(places, key=lambda place: (_answered(marks, place, place + WIDTH), -place))
            start = _next_word(text, start + lead) if lead else start
        stop = min(len(text), start + WIDTH)
        if stop < len(text):
            stop = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop), start + WIDTH // 2)
        shown = self._shown(text, start, stop)
        before, after = ("… " if start else ""), (" …" if stop < len(text.rstrip()) else "")
        return Shown(mark_safe(before + shown.html + after), shown.clauses, shown.via)  # noqa: S308

    def _shown(self, text: str, start: int, stop: int) -> Shown:
        piece = text[start:stop].strip()
        marks, via = self._marks(piece)
        out, at = [], 0
        for begin, end in _joined(piece, marks):
            out += [escape(piece[at:begin]), "<mark>", escape(piece[begin:end]), "</mark>"]
            at = end
        out.append(escape(piece[at:]))
        html = mark_safe("".join(out))  # noqa: S308  (every piece was escaped)
        return Shown(html, len({mark[2] for mark in marks}), tuple(dict.fromkeys(via)))


def _clues_of(clause: Clause, lang: Lang) -> _Clues:
    clues = _Clues()
    for each in clause.alternatives:
        if each.lang not in (None, lang):
            continue
        concept = each.kind in ("variant", "acronym") and analysis.fold(each.text) != analysis.fold(
            clause.typed
        )
        term = each.text if concept else ""
        if each.kind == "acronym":
            clues.acronyms.add(each.text)
            clues.terms.setdefault(each.text, term)
        elif each.kind == "phrase":
            clues.runs[tuple(analysis.fold(token.surface) for token in analysis.tokens(each.text))] = ""
        else:
            _add_words(clues, each.text, each.lang, lang, term, together=each.kind == "variant")
    return clues


def _add_words(clues: _Clues, text: str, own: Lang | None, lang: Lang, term: str, *, together: bool) -> None:
    words = query_words(text, own)
    if together and len(words) > 1:
        clues.runs.setdefault(tuple(word.stems[lang][0] for word in words if lang in word.stems), term)
        return
    for word in words:
        if own is None:
            clues.words.add(word.folded)
        for stem in word.stems.get(lang, ()):
            clues.stems.add(stem)
            clues.terms.setdefault(stem, term)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text, long ones cut at the ends of sentences."""
    place = 0
    for line in text.split("\n"):
        start, end = place, place + len(line)
        while end - start > PASSAGE:
            match = _SENTENCE.search(text, start + PASSAGE // 2, min(end, start + 2 * PASSAGE))
            cut = match.end() if match else min(end, start + PASSAGE)
            yield start, cut
            start = cut
        if start < end:
            yield start, end
        place = end + 1


def _answered(marks: list[Mark], start: int, stop: int) -> int:
    return len({number for begin, end, number in marks if begin >= start and end <= stop})


def _next_word(text: str, place: int) -> int:
    space = text.find(" ", place, place + LEAD)
    return space + 1 if space >= 0 else place


def _joined(text: str, marks: list[Mark]) -> list[tuple[int, int]]:
    """Join overlapping marks, and neighbours with only a space between: one mark for « première demande »."""
    joined: list[tuple[int, int]] = []
    for begin, end, _ in marks:
        if joined and (begin <= joined[-1][1] or text[joined[-1][1] : begin].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
