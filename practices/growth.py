"""A tip grows into a sheet, and a sheet is never pressed into a tip.

A name of its own because both the reading page and the writing form ask it: a tip is one short text, a
sheet has nine, and no word may be lost between them.
"""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from .fields import PracticeFields
from .models import SECTIONS, PracticePage

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+\S")
_INDENTED = re.compile(r"\s+\S")
TOLD_IN_A_TIP = "problem"


def grown(fields: PracticeFields) -> PracticeFields:
    """Return a tip as the beginning of a sheet: the list that ends its text tells how it is done.

    The rest stays where it is. Anything that is not a tip, and a tip that is only a list, keep their texts.
    """
    if fields.kind != PracticePage.Kind.TIP:
        return fields
    lines = fields.problem.split("\n")
    start = len(lines)
    while start and _goes_on(lines, start - 1):
        start -= 1
    before, items = "\n".join(lines[:start]).strip("\n"), "\n".join(lines[start:]).strip("\n")
    if not before or not items:
        return replace(fields, kind=PracticePage.Kind.SHEET)
    steps = f"{fields.steps}\n\n{items}" if fields.steps.strip() else items
    return replace(fields, kind=PracticePage.Kind.SHEET, problem=before, steps=steps)


def _goes_on(lines: list[str], place: int) -> bool:
    """Say whether a line belongs to the list that ends a text: an item, what hangs under it, a blank."""
    line = lines[place]
    if _ITEM.match(line):
        return True
    above = [each for each in lines[:place] if each.strip()]
    is_under_item = bool(above) and bool(_ITEM.match(above[-1]) or _INDENTED.match(above[-1]))
    return is_under_item and (not line.strip() or bool(_INDENTED.match(line)))


def without_place(fields: PracticeFields) -> tuple[str, ...]:
    """Return the sections that say something and that a tip would not show; none for a sheet."""
    if fields.kind != PracticePage.Kind.TIP:
        return ()
    return tuple(name for name in SECTIONS if name != TOLD_IN_A_TIP and getattr(fields, name).strip())


def refusal(fields: PracticeFields, before: PracticeFields | None = None) -> dict[str, str]:
    """Return, by field, why a sheet cannot be published as a tip: some of its texts would not be read.

    `before`: what is published now; texts that it already keeps out of sight as a tip are no news.
    """
    lost = set(without_place(fields))
    if before is not None:
        lost -= {name for name in without_place(before) if getattr(before, name) == getattr(fields, name)}
    if not lost:
        return {}
    return {
        "kind": _(
            "Une astuce n’a qu’un texte : d’autres parties de la fiche n’y seraient plus lues. "
            "Elles sont gardées. Restez en « fiche », ou videz-les d’abord."
        )
    }
