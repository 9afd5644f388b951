"""What a member's page lists of their work: the rooms above say it here, in AppConfig.ready().

A name of its own: a registry. Titles and links only, and only what the reader may read: no count, no date,
no activity. A page about somebody is there to be asked for help, not to be measured by.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

MOST = 12  # links on one shelf


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that the reader may open: its title, its address, its language."""

    title: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What somebody did of one sort, under its heading."""

    heading: str
    links: tuple[Link, ...]


Links = Callable[[Any, Any], Iterable[Link]]

_kinds: dict[str, tuple[str | Promise, Links]] = {}


def register(name: str, heading: str | Promise, links: Links) -> None:
    """Add a sort of work to members' pages; registering again under the same name replaces.

    Args:
        name: of the sort ("practices.kept"); shelves stand in the order of registration.
        heading: translated lazily, about the person: « S’occupe de ces fiches ».
        links: `(person, reader)` → at most MOST links, in the order of the page, in one or two queries.
    """
    _kinds[name] = (heading, links)


def shelves_of(person, reader) -> list[Shelf]:
    """Return what a member keeps and told, as far as a reader may open it; empty shelves are left out."""
    shelves = [Shelf(str(heading), tuple(links(person, reader))) for heading, links in _kinds.values()]
    return [shelf for shelf in shelves if shelf.links]
