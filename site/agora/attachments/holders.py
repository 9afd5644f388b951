"""What can carry files: the rooms above register themselves here, in AppConfig.ready().

A file knows nothing of what it hangs on. Each room says which files its readers may open, who may withdraw
one for good, and which ones it still refers to.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

if TYPE_CHECKING:
    from .models import Attachment


@dataclass(frozen=True, slots=True)
class Holder:
    """A room whose things carry files.

    name: of the room ("practices"); registering again under the same name replaces (tests).
    readable(user): a condition on Attachment: the files that this person, or a visitor, may read because
        of what the room keeps. By subqueries (`pk__in`), so that conditions of rooms can be joined.
    may_withdraw(user, attachment): whether this person may erase it for good.
    kept(): a condition on Attachment: the files that the room's tables refer to; asked every minute.
    held(attachments): the keys of those that anything of the room refers to, drafts and waiting texts
        included; asked of the few old ones that `kept` leaves.
    place(user, attachment): where it hangs, for the way back: a title and an address; None when nowhere.
    """

    name: str
    readable: Callable[[Any], Q]
    may_withdraw: Callable[[Any, "Attachment"], bool]
    kept: Callable[[], Q]
    held: Callable[[Iterable["Attachment"]], set[UUID]]
    place: Callable[[Any, "Attachment"], tuple[str, str] | None]


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Add a room whose things carry files."""
    _holders[holder.name] = holder


def all_of_them() -> list[Holder]:
    """Return the rooms that are known."""
    return list(_holders.values())
