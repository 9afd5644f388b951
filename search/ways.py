"""What one can do with a search besides reading what it finds: the rooms above register their ways here.

In the AppConfig.ready() of a room::

    from search import ways

    ways.register("ask", lambda user, text: ways.Way(_("Poser la question"), reverse("forum:ask") + …))

A way is offered at the foot of every page of results, and first of all where nothing was found. It returns
None where it is not for this person. Asking for a sheet and following the search are search's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Way:
    """A verb and its object, where it leads, and one line that says what happens then (may be empty)."""

    label: str
    url: str
    then: str = ""


_ways: dict[str, Callable[[Any, str], Way | None]] = {}


def register(name: str, way: Callable[[Any, str], Way | None]) -> None:
    """Add a way, made for a user (or visitor) and the words of a search; the same name takes its place."""
    _ways[name] = way


def offered(user: Any, text: str) -> list[Way]:
    """Return the ways that a person has with some words (maybe none), in the order of their registration."""
    return [made for way in _ways.values() if (made := way(user, text)) is not None]
