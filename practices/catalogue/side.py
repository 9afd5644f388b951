"""The side column of the list: facets with their counts, and the chips over the rows.

The lines are drawn here and not by a template, because a page has a hundred of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..wording import capitalised, in_letters, interface_language
from .asked import IN_FRONT, WORDS_PARAMETER, Known, Request, legends
from .sentences import unit

IN_SIGHT = 6  # values shown at once in a facet; beyond, the rest folds away
BUSIEST_FIRST = {"service", "public", "metier", "cpas", "essayee"}  # too long to read in their own order


@dataclass(frozen=True, slots=True)
class Value:
    """One line of a facet."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One facet: its values in sight, and those folded under « trois autres »."""

    facet: str
    legend: str
    values: list[Value]
    folded: list[Value]

    @property
    def is_in_front(self) -> bool:
        """Whether the facet stands in sight, or under « Plus de filtres »."""
        return self.facet in IN_FRONT

    @property
    def is_used(self) -> bool:
        """Whether one of its values is chosen."""
        return any(value.is_chosen for value in self.values)

    @property
    def lines(self) -> SafeString:
        """The check boxes in sight."""
        return value_lines(self.facet, self.values)

    @property
    def folded_lines(self) -> SafeString:
        """The check boxes folded away."""
        return value_lines(self.facet, self.folded)

    @property
    def more(self) -> str:
        """The words that open the folded values."""
        count = len(self.folded)
        return capitalised(ngettext("%(n)s autre", "%(n)s autres", count) % {"n": in_letters(count)})


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen value, with the address of the same page without it."""

    label: str
    url: str


def groups(request: Request, counts: dict[str, dict[str, int]], known: Known) -> list[Group]:
    """Return the facets worth showing: a value that gives nothing is left out unless it is chosen."""
    shown = []
    for facet, legend in legends().items():
        if facet not in known:
            continue
        chosen = request.chosen.get(facet, ())
        values = [
            Value(value, label, count, value in chosen)
            for value, label in known[facet].items()
            if (count := counts[facet].get(value, 0)) or value in chosen
        ]
        if facet in BUSIEST_FIRST:
            values.sort(key=lambda value: -value.count)
        if values:
            shown.append(_folded(facet, legend, values))
    return shown


def _folded(facet: str, legend: str, values: list[Value]) -> Group:
    """Fold the tail of a long facet; chosen values stay in sight, and one value is never folded alone."""
    if len(values) <= IN_SIGHT + 1:
        return Group(facet, legend, values, [])
    in_sight = [value for rank, value in enumerate(values) if rank < IN_SIGHT or value.is_chosen]
    return Group(facet, legend, in_sight, [value for value in values if value not in in_sight])


def chips(request: Request, known: Known) -> list[Chip]:
    """Return one chip per chosen value, and one for the words; who tried it is told from where it comes."""
    typed = (WORDS_PARAMETER, request.words)
    said = [Chip(_("« %(words)s »") % {"words": request.words}, request.address(without=typed))]
    chosen = [Chip(label_of(pair, known), request.address(without=pair)) for pair in request.pairs()]
    return (said if request.words else []) + chosen


def label_of(pair: tuple[str, str], known: Known) -> str:
    """Return what a chosen value is called away from its legend: « essayée à Forest »."""
    facet, value = pair
    said = {"essayee": _("essayée par %(name)s"), "cpas": _("de %(name)s")}.get(facet, "%(name)s")
    return said % {"name": known[facet][value]}


@lru_cache(maxsize=8)
def _units(_language: str) -> tuple[str, str]:
    return unit(1), unit(2)


def value_lines(facet: str, values: Iterable[Value]) -> SafeString:
    """Return the check boxes of a facet; each is found again by its id after the list was brought in anew."""
    one, many = _units(interface_language())
    lines = []
    for each in values:
        checked = " checked" if each.is_chosen else ""
        language = f' lang="{each.value}"' if facet == "langue" else ""
        lines.append(
            f'<label class="check"><input type="checkbox" id="f-{facet}-{each.value}" name="{facet}" '
            f'value="{each.value}"{checked}><span{language}>{escape(each.label)}</span><span class="n">'
            f'{each.count}<span class="vh"> {one if each.count == 1 else many}</span></span></label>'
        )
    return mark_safe("".join(lines))  # noqa: S308 (values are slugs and codes; labels are escaped)
