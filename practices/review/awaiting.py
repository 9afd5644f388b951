"""Who has proposals to answer: asked by the menu of every page, so kept for a minute instead of queried.

A name of its own because it is only a hint where to look; the queue itself is always asked of the database.
A process that did not see the proposal arrive shows the entry of the menu a minute late at most.
"""

from collections.abc import Iterable

from django.core.cache import caches
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from agora.people.roles import MODERATOR, roles_of

from ..models import Proposal

KEY = "proposals:awaiting"
KEPT_FOR = 60  # seconds

# For each proposal that waits: its author, and the two who keep the sheet.
People = tuple[int | None, int | None, int | None]


def has_to_answer(user) -> bool:
    """Whether something waits for this person's answer, as far as this process knows."""
    is_moderator = MODERATOR in roles_of(user)
    return any(user.pk in keepers or (is_moderator and author != user.pk) for author, *keepers in _known())


def keep(people: Iterable[People]) -> None:
    """Keep who is concerned by what waits."""
    caches["local"].set(KEY, tuple(people), KEPT_FOR)


def _known() -> tuple[People, ...]:
    known = caches["local"].get(KEY)
    if known is None:
        waiting = Proposal.objects.waiting().filter(practice__locked=False)
        keep(waiting.values_list("author", "practice__owner", "practice__fallback_owner"))
        known = caches["local"].get(KEY, ())
    return known


def watch() -> None:
    """Listen to every proposal that comes, changes or goes (from AppConfig.ready)."""
    for signal in (post_save, post_delete):
        signal.connect(forget, sender=Proposal, dispatch_uid="practices.proposals.awaiting")


def forget(sender, **kwargs) -> None:
    """Ask again now, and once the change holds."""
    caches["local"].delete(KEY)
    transaction.on_commit(lambda: caches["local"].delete(KEY))
