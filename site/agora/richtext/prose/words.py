"""Which words of a paragraph changed, and what changed in the look of those that stayed."""

from collections.abc import Sequence
from dataclasses import dataclass

from .align import as_symbols, common_runs
from .blocks import Word

CRUMB = 3  # words: what stayed between two changes and is shorter than both is read as changed with them
MOST_SLIDES = 40  # words
_SENTENCE_ENDS = frozenset(".!?…")
_CLAUSE_ENDS = frozenset(",;:)»”")
KEPT = 0.25  # share of letters; below, two paragraphs have nothing to show in common


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed (`old` and `new` of equal length, same texts), or that replaced each other."""

    is_same: bool
    old: tuple[Word, ...]
    new: tuple[Word, ...]


def compare_words(old: Sequence[Word], new: Sequence[Word]) -> list[Run]:
    """Return the runs that lead from one paragraph to another; their words, in order, are both paragraphs."""
    old, new = tuple(old), tuple(new)
    symbols = as_symbols([word.text for word in old], [word.text for word in new])
    runs = [Run(equal, old[i1:i2], new[j1:j2]) for equal, i1, i2, j1, j2 in common_runs(*symbols)]
    runs = _without_crumbs(runs)
    kept = sum(_letters(run.new) for run in runs if run.is_same)
    if kept < KEPT * max(_letters(old), _letters(new)):
        return [Run(False, old, new)]
    return _at_sentences(runs)


def _letters(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words)


def _without_crumbs(runs: list[Run]) -> list[Run]:
    """Join changes that only a crumb parts: « le » between two rewritten halves tells a reader nothing."""
    kept: list[Run] = []
    for rank, run in enumerate(runs):
        is_same = run.is_same
        if is_same and 0 < rank < len(runs) - 1 and len(run.new) <= CRUMB:
            is_same = _letters(run.new) > min(_size(kept[-1]), _size(runs[rank + 1]))
        if kept and not kept[-1].is_same and not is_same:
            last = kept.pop()
            kept.append(Run(False, last.old + run.old, last.new + run.new))
        else:
            kept.append(Run(is_same, run.old, run.new))
    return kept


def _size(run: Run) -> int:
    return max(_letters(run.old), _letters(run.new))


def _at_sentences(runs: list[Run]) -> list[Run]:
    """Slide what was only added, or only removed, to where a sentence or a clause begins.

    Between « Le lundi on lit. Le mardi on trie. » and its first sentence alone, both « Le mardi on trie. »
    and « . Le mardi on trie » are right, and only one is readable.
    """
    runs = list(runs)
    for rank in range(1, len(runs) - 1):
        before, run, after = runs[rank - 1 : rank + 2]
        if run.is_same or (run.old and run.new) or not before.is_same or not after.is_same:
            continue
        side = "new" if run.new else "old"
        middle, lead = getattr(run, side), getattr(before, side)
        slides = 0
        while (
            slides < min(len(lead) - 1, len(middle), MOST_SLIDES)
            and lead[-1 - slides].text == middle[-1 - slides].text
        ):
            slides += 1
        best = max(range(slides + 1), key=lambda n: (_begins(lead + middle, len(lead) - n), -n))
        if best:
            runs[rank - 1 : rank + 2] = _slid(before, run, after, side, best)
    return runs


def _begins(words: tuple[Word, ...], place: int) -> int:
    """Say how well a change may begin at a place: 2 at a sentence, 1 at a clause or line, 0 elsewhere."""
    if words[place - 1].text in _SENTENCE_ENDS:
        return 2
    return int(words[place - 1].text in _CLAUSE_ENDS or "\n" in words[place].before)


def _slid(before: Run, run: Run, after: Run, side: str, by: int) -> list[Run]:
    """Move a pure addition or removal `by` words to the left; every side still says what it said."""
    kept_old, kept_new = before.old[-by:], before.new[-by:]
    middle = getattr(run, side)
    tail = middle[len(middle) - by :]
    if side == "new":
        shown, gained = Run(False, (), kept_new + middle[: len(middle) - by]), (kept_old, tail)
    else:
        shown, gained = Run(False, kept_old + middle[: len(middle) - by], ()), (tail, kept_new)
    return [
        Run(True, before.old[:-by], before.new[:-by]),
        shown,
        Run(True, gained[0] + after.old, gained[1] + after.new),
    ]
