"""What changed between two states of a sheet, field by field, as a reader meets them.

A name of its own because history, proposals and translations all show it, each from its own two states.
"""

from dataclasses import dataclass

from agora.richtext.prose import ProseDiff, prose_changes
from agora.richtext.prose.difference import CHANGED

from .fields import FIELDS, SETS, PracticeFields
from .labels import heading, said, words_of
from .models import SECTIONS

PLAIN = ("title", "summary")  # one line each, without Markdown


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is not the same.

    `name`: of the field; `label`: how a reader knows it. A text (`is_text`) has its `prose`; words of a
    closed list, or files (`is_words`), are `added` and `removed`; a short value has both: `old` and `new`.
    """

    name: str
    label: str
    prose: ProseDiff | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    old: str = ""
    new: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the change is told as prose."""
        return self.prose is not None

    @property
    def said(self) -> str:
        """A sentence that counts the changes of a text; empty where the text itself says as much."""
        if self.prose is None or not self.prose.html:
            return self.prose.said if self.prose else ""
        shown = [place.kinds[0] for place in self.prose.places if place.kinds]
        return self.prose.said if len(set(shown)) > 1 or shown.count(CHANGED) > 1 else ""

    @property
    def is_words(self) -> bool:
        """Whether words of a closed list came or went."""
        return bool(self.added or self.removed)


def changes_between(old: PracticeFields, new: PracticeFields, *, language: str = "") -> list[FieldChange]:
    """Return the fields that differ, in reading order; none when both say the same.

    `language`: that of the texts, when it is not the page's (see prose_changes).
    """
    return [_change(name, old, new, language) for name in FIELDS if getattr(old, name) != getattr(new, name)]


def _change(name: str, old: PracticeFields, new: PracticeFields, language: str) -> FieldChange:
    before, after = getattr(old, name), getattr(new, name)
    if name in (*PLAIN, *SECTIONS):
        prose = prose_changes(before, after, language=language, plain=name in PLAIN)
        return FieldChange(name, heading(name), prose=prose)
    if name in SETS:
        added = tuple(words_of(name, set(after) - set(before)))
        removed = tuple(words_of(name, set(before) - set(after)))
        return FieldChange(name, heading(name), added=added, removed=removed)
    return FieldChange(name, heading(name), old=said(name, before), new=said(name, after))
