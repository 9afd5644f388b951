"""What else waits for the moderators: the rooms above say it here, the page of reports lists it.

A name of its own: a registry, filled in AppConfig.ready().
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide: how it is called, where it is decided, what was said of it."""

    title: str
    url: str
    said: str = ""


_queues: dict[str, Callable[[], Iterable[Waiting]]] = {}


def register(name: str, queue: Callable[[], Iterable[Waiting]]) -> None:
    """Add a queue; the same name takes its place."""
    _queues[name] = queue


def all_waiting() -> list[Waiting]:
    """Return what waits in every queue, in the order of their registration; for moderators."""
    return [each for queue in _queues.values() for each in queue()]
