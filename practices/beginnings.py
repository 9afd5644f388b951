"""What a new sheet was begun from, when it was begun from another one: adapted from it, translated from it.

A name of its own: drafting.py publishes new sheets without knowing why they were begun; each concern says
here what publishing one more means to it. A draft carries its mark as a field that no form sends
(`_adapts`), so that only our own code writes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from agora.drafts.models import Draft

from .models import PracticePage


def _nothing_more(draft: Draft, by: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Beginning:
    """One way of beginning a sheet from another.

    mark: the field of the draft that tells it, its name beginning with « _ ».
    finish(draft, practice, by): what follows in the transaction that publishes the new sheet.
    options(draft, by): further arguments for `create_practice`; may raise drafting.NotReady.
    beside: a template shown above the form; context(draft, user): what it shows.
    acts: what further buttons of that template do, by their value; each returns the address to go to.
    """

    mark: str
    finish: Callable[[Draft, PracticePage, Any], None]
    options: Callable[[Draft, Any], dict[str, Any]] = _nothing_more
    beside: str = ""
    context: Callable[[Draft, Any], dict[str, Any]] = _nothing_more
    acts: Mapping[str, Callable[[Draft, Any], str]] = field(default_factory=dict)


_beginnings: dict[str, Beginning] = {}


def register(beginning: Beginning) -> None:
    """Add a way of beginning a sheet (from AppConfig.ready)."""
    _beginnings[beginning.mark] = beginning


def beginning_of(draft: Draft) -> Beginning | None:
    """Return how the draft of a new sheet was begun; None when it was from nothing, or changes a sheet."""
    if draft.target:
        return None
    return next((one for mark, one in _beginnings.items() if draft.data.get(mark)), None)
