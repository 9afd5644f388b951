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
class Sent:
    """A text that was sent and waits for somebody's answer, or whose answer waits to be read.

    url: where it is read and changed. said: how it stands, in a sentence. answer: the words of whoever
    answered. put_away_url: what takes it off the list, by POST; empty while it waits.
    """

    url: str
    title: str
    language: str
    said: str
    answer: str = ""
    put_away_url: str = ""


def _nothing_sent(user: Any) -> list[Sent]:
    return []


def _as_it_is(data: dict[str, Any]) -> dict[str, Any]:
    return data


def _title_of(draft: "Draft") -> str:
    return draft.title


def _unsaid(draft: "Draft") -> str:
    return ""


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
    sent(user): what this person sent and is not done with, in a query or two.
    name(draft): what the list calls it, where `title` must not stand in the database.
    what(draft): what it will become (« Question à poser »); "": a sheet.
    is_fleeting: whether a draft without a title is one that its writer emptied: no list shows it, and it dies
        within a day.
    lock(data), unlock(data): seal what is kept, and open it again; `Draft.data` then holds no word in clear.
    """

    kind: str
    may_write: Callable[[Any, str], bool]
    read: Callable[[QueryDict], dict[str, Any]]
    title: Callable[["Draft"], str]
    place: Callable[["Draft"], str]
    url: Callable[["Draft"], str]
    news: Callable[[Iterable["Draft"]], dict[Any, str]]
    sent: Callable[[Any], list[Sent]] = _nothing_sent
    name: Callable[["Draft"], str] = _title_of
    what: Callable[["Draft"], str] = _unsaid
    is_fleeting: bool = False
    lock: Callable[[dict[str, Any]], dict[str, Any]] = _as_it_is
    unlock: Callable[[dict[str, Any]], dict[str, Any]] = _as_it_is


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
