"""Two published versions of a sheet beside each other: which two, and what their page shows.

A name of its own: views.py takes addresses and answers them, this chooses and reads the two versions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..addresses import compare_url
from ..comparison import FieldChange, changes_between
from ..models import PracticePage
from ..wording import interface_language
from .versions import BIGGEST_ID, Line, fields_of_version, line_of, numbers_of, told, versions_of

OLD, NEW = "de", "a"  # the words of the address


class NoSuchVersion(Exception):
    """The address names a version that this sheet does not have, or that was never published."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page of two versions shows.

    `old`, `new`: the two, in the order asked for; both None when the sheet has fewer than two. `changes`:
    what differs, field by field. `previous_url`, `next_url`: the change just before these, and just after.
    """

    old: Line | None
    new: Line | None
    changes: list[FieldChange]
    swap_url: str = ""
    previous_url: str = ""
    next_url: str = ""


def comparison_of(practice: PracticePage, asked: Mapping[str, str]) -> Comparison:
    """Compare the two versions that an address asks for, by default the last two (three queries).

    Raises NoSuchVersion. What is not a number is as if it was not asked.
    """
    numbers = numbers_of(practice)
    if len(numbers) < 2:
        return Comparison(None, None, [])
    old, new = _number(asked.get(OLD)), _number(asked.get(NEW))
    new = new or numbers[-1]
    old = old or numbers[max(_rank(numbers, new) - 1, 0)]
    ranks = _rank(numbers, old), _rank(numbers, new)
    found = told(versions_of(practice)).filter(revision_id__in={old, new}).select_related("revision")
    notes = {note.revision_id: note for note in found}
    if not {old, new} <= set(notes):
        raise NoSuchVersion
    first, last = min(ranks), max(ranks)
    language = interface_language()

    def url(one: int, other: int) -> str:
        is_there = one >= 0 and other < len(numbers)
        return compare_url(practice.slug, language, numbers[one], numbers[other]) if is_there else ""

    return Comparison(
        old=line_of(notes[old], practice),
        new=line_of(notes[new], practice),
        changes=[
            *changes_between(fields_of_version(notes[old]), fields_of_version(notes[new])),
            *_readers(notes[old].revision.content, notes[new].revision.content),
        ],
        swap_url=compare_url(practice.slug, language, new, old) if old != new else "",
        previous_url=url(first - 1, first),
        next_url=url(last, last + 1),
    )


def _readers(old: Mapping, new: Mapping) -> list[FieldChange]:
    """Say when a sheet was opened to people without an account, or closed to them again."""
    if bool(old.get("is_showcase")) == bool(new.get("is_showcase")):
        return []
    said = {
        True: _("Lisible par tous, même sans compte."),
        False: _("Lisible par les membres des 19 CPAS."),
    }
    before, after = bool(old.get("is_showcase")), bool(new.get("is_showcase"))
    return [FieldChange("is_showcase", _("Qui peut lire"), old=said[before], new=said[after])]


def _number(text: str | None) -> int | None:
    is_number = bool(text) and text.isascii() and text.isdecimal() and len(text) < 20
    return min(int(text), BIGGEST_ID) if is_number else None


def _rank(numbers: list[int], number: int) -> int:
    try:
        return numbers.index(number)
    except ValueError:
        raise NoSuchVersion from None
