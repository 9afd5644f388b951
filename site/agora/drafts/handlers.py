"""How the rooms above tell this one about their forms: filled in AppConfig.ready(), one handler per kind.

A draft is a bag of fields; only the room that owns the form knows what they mean and where they are edited.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

if TYPE_CHECKING:
    from .models import Draft

FORGETTABLE = "_"  # fields whose name begins so are about the form (the step), not text: last one wins


@dataclass(frozen=True, slots=True)
class Handler:
    """One kind of form that keeps drafts.

    kind: its name in `Draft.kind` and in addresses ("practice").
    may_write(user, target): whether this person may begin a draft of that target ("" = something new).
    read(post): the fields of the form found in what was sent, as typed, as JSON values; nothing else.
    title(draft): what the list of drafts calls it; "" when there is nothing to call it by.
    place(draft): where it was left (« L’essentiel »), for the list.
    url(draft): where one goes on writing.
    news(drafts): what changed meanwhile around these drafts, {draft.pk: sentence}, in a query or two.
    """

    kind: str
    may_write: Callable[[Any, str], bool]
    read: Callable[[QueryDict], dict[str, Any]]
    title: Callable[["Draft"], str]
    place: Callable[["Draft"], str]
    url: Callable[["Draft"], str]
    news: Callable[[Iterable["Draft"]], dict[Any, str]]


_handlers: dict[str, Handler] = {}


def register(handler: Handler) -> None:
    """Add a kind of form; a second registration of the same kind replaces the first (tests)."""
    _handlers[handler.kind] = handler


def handler_of(kind: str) -> Handler | None:
    """Return the handler of a kind, None when no room knows it (any more)."""
    return _handlers.get(kind)


def kinds() -> list[str]:
    """Return the kinds of form that are known."""
    return sorted(_handlers)
