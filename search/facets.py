"""The facets of a page of results: their names, their values in words, what is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.utils.translation import gettext as _

from agora.richtext.numbers import interface_language
from agora.vocabulary import lists

from . import documents
from .contract import SINCE_DAYS, EnginePage

Filters = Mapping[str, frozenset[str]]
IN_SIGHT = 6  # values shown at once; beyond, the rest folds away


@dataclass(frozen=True, slots=True)
class Value:
    """One line of a facet."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One facet of the page: its values in sight, and those folded away."""

    name: str
    legend: str
    values: tuple[Value, ...]
    folded: tuple[Value, ...]


def legends() -> dict[str, str]:
    """Return the facets in the order of the page, with their titles."""
    return {
        "kind": _("Genre"),
        "theme": _("Thème"),
        "public": _("Public"),
        "function": _("Métier"),
        "service": _("Service"),
        "cpas": _("CPAS"),
        "since": _("Depuis"),
        "language": _("Langue"),
    }


def labels() -> dict[str, Mapping[str, str]]:
    """Return the known values of each facet with their names in the interface's language; no query."""
    kinds = {source.kind: str(source.label) for source in documents.sources()}
    return {"kind": kinds} | _labels(lists.stamp(), interface_language())


@lru_cache(maxsize=8)
def _labels(_stamp: object, _language: str) -> Mapping[str, Mapping[str, str]]:
    since = {"1": _("Un an"), "3": _("Trois ans")}
    known = {
        "theme": _names(lists.themes()),
        "public": _names(lists.publics()),
        "function": _names(lists.functions()),
        "service": _names(lists.services()),
        "cpas": {cpas.pk: cpas.name for cpas in lists.cpas_list()},
        "since": {value: since[value] for value in SINCE_DAYS},
        "language": {"fr": "Français", "nl": "Nederlands"},
    }
    # Shared by all requests: nobody can change it.
    return MappingProxyType({name: MappingProxyType(values) for name, values in known.items()})


def _names(terms: lists.TermList) -> dict[str, str]:
    return {term.slug: term.name for term in terms.ordered}


def groups(page: EnginePage, filters: Filters) -> tuple[Group, ...]:
    """Return the facets of a page: what gives nothing is left out, unless it is chosen."""
    known, found = labels(), []
    for name, legend in legends().items():
        counts = {each.value: each.count for each in page.facets.get(name, ())}
        chosen = filters.get(name, frozenset())
        values = [
            Value(value, label, counts.get(value, 0), value in chosen)
            for value, label in known[name].items()
            if counts.get(value) or value in chosen
        ]
        if name != "since":
            values.sort(key=lambda each: -each.count)
        if len(values) > 1 or chosen:
            # What is chosen stays in sight, wherever its count puts it.
            sight = [each for place, each in enumerate(values) if place < IN_SIGHT or each.is_chosen]
            rest = [each for each in values if each not in sight]
            found.append(Group(name, legend, tuple(sight), tuple(rest)))
    return tuple(found)
