"""Who may read, write, change and judge messages, and the only way from an address to a message."""

from datetime import timedelta

from django.db import models
from django.http import Http404
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from agora.people.audience import MEMBERS, MODERATORS, tokens_of

from .targets import Target, by_key, target_of, target_of_comment

EDIT_WINDOW = timedelta(minutes=15)
LARGEST_KEY = 2**63 - 1  # beyond it, SQLite raises OverflowError instead of finding nothing


def can_read(user, obj: models.Model) -> bool:
    """Members read the discussion of whatever they may read; visitors never, even in the showcase."""
    return MEMBERS in tokens_of(user) and target_of(obj).can_read(user, obj)


def can_comment(user, obj: models.Model) -> bool:
    """Members write where the room above lets them."""
    return can_read(user, obj) and target_of(obj).can_comment(user, obj)


def is_author(user, message) -> bool:
    """True for the person who wrote a message (a comment, or a row of a thread: only `user_id` is read)."""
    return message.user_id is not None and message.user_id == user.pk


def can_edit(user, message, now=None) -> bool:
    """An author corrects a message during fifteen minutes; later, colleagues may have answered it."""
    recent = (now or timezone.now()) - message.submit_date < EDIT_WINDOW
    return recent and not message.is_removed and is_author(user, message)


def can_withdraw(user, message) -> bool:
    """An author takes a message back at any time."""
    return not message.is_removed and is_author(user, message)


def can_judge(user, message) -> bool:
    """One says « utile » of, or reports, what others wrote and what still stands."""
    return not message.is_removed and not is_author(user, message)


def is_removed_from(user, comment: XtdComment) -> bool:
    """Whether a message is this person's, and was removed by moderators (not taken back)."""
    standing = getattr(comment, "standing", None)
    is_removed = comment.is_removed and standing is not None and standing.removed_at is not None
    return is_removed and standing.withdrawn_at is None and is_author(user, comment)


def can_moderate(user) -> bool:
    """Moderators decide on messages that they may read themselves."""
    return MODERATORS in tokens_of(user)


def get_target_for(user, key: str, pk: int) -> models.Model:
    """Return the object to discuss, or Http404 when there is none that this person may read."""
    target = by_key(key)
    obj = _fetch(target, pk) if target and pk <= LARGEST_KEY else None
    if obj is None or not can_read(user, obj):
        raise Http404
    return obj


def get_comment_for(user, pk: int) -> tuple[XtdComment, models.Model]:
    """Return a message and what it hangs under, or Http404 when this person may not read the target.

    A message that was taken back or removed is found: its replies and its place in the thread remain.
    """
    if pk > LARGEST_KEY:
        raise Http404
    comment = XtdComment.objects.filter(pk=pk, is_public=True).select_related("standing").first()
    target = target_of_comment(comment) if comment else None
    obj = _fetch(target, comment.object_pk) if target else None
    if obj is None or not can_read(user, obj):
        raise Http404
    return comment, obj


def _fetch(target: Target, pk) -> models.Model | None:
    return target.fetch([pk]).get(str(pk))
