"""Two people changed the same text: join what can be joined, and never guess."""

from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_LINES = 400  # above, comparing costs more than asking


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines [start, end) of the common ancestor become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge_texts(base: str, mine: str, theirs: str) -> str | None:
    """Return the text with both sets of changes, or None when somebody has to choose.

    Line by line (a paragraph or a list item is a line). Changes join when they concern different lines;
    two insertions at one place, or a deletion under a correction, do not. Whoever changed nothing never
    holds the other back.
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    texts = [text.split("\n") for text in (base, mine, theirs)]
    if max(map(len, texts)) > MOST_LINES:
        return None
    ancestor, ours, others = texts
    changes = sorted(
        {*_changes(ancestor, ours), *_changes(ancestor, others)}, key=lambda c: (c.start, c.end, c.lines)
    )
    for before, after in zip(changes, changes[1:], strict=False):
        if before.end > after.start:
            return None
        # Side by side is fine for two corrections (two steps of a list), not when one is an insertion.
        if before.end == after.start and (before.start == before.end or after.start == after.end):
            return None
    merged = list(ancestor)
    for change in reversed(changes):
        merged[change.start : change.end] = change.lines
    return "\n".join(merged)


def _changes(base: list[str], text: list[str]) -> set[_Change]:
    codes = SequenceMatcher(None, base, text, autojunk=False).get_opcodes()
    return {
        _Change(start, end, tuple(text[first:last]))
        for kind, start, end, first, last in codes
        if kind != "equal"
    }


def merge_lists(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Return a list of words with what either side added, without what either side took away, sorted.

    A choice among words is never in conflict: both say « also this », or « not that ».
    """
    added = set(mine) - set(base)
    removed = set(base) - set(mine)
    return sorted((set(theirs) | added) - removed)
