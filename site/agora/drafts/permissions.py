"""Only the author sees a draft: the gate from a number to a draft, for every view of every room."""

from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from .models import Draft

PRESENCE_MINUTES = 10  # somebody who saved since then is taken to be writing
DISCARD_DAYS = 1  # how long « écarter » can be undone


def get_draft_for(user, pk, *, kind: str | None = None, discarded: bool = False) -> Draft:
    """Return this person's draft, or Http404: somebody else's draft does not exist.

    `kind`: the form it must belong to. `discarded`: whether one that was set aside will do.
    """
    draft = find_draft_for(user, pk, kind=kind)
    if draft is None or (draft.discarded_at and not discarded):
        raise Http404
    return draft


def find_draft_for(user, pk, *, kind: str | None = None) -> Draft | None:
    """Return this person's draft, set aside or not; None when no draft has this number (any more).

    For what is sent to a draft that was published meanwhile. Http404 for somebody else's.
    """
    draft = Draft.objects.filter(pk=pk).first()
    if draft is not None and (draft.owner_id != user.pk or (kind and draft.kind != kind)):
        raise Http404
    return draft


def drafts_of(user):
    """Return this person's open drafts, the last one first."""
    return Draft.objects.filter(owner_id=user.pk, discarded_at=None)


def draft_of(user, kind: str, target: str) -> Draft | None:
    """Return this person's open draft of one form, if it was begun."""
    return drafts_of(user).filter(kind=kind, target=target).first()


def also_writing(user, kind: str, target: str) -> list:
    """Return the other members who saved a draft of the same object in the last minutes.

    Their names only: that somebody writes is said, what they write is theirs.
    """
    if not target:
        return []
    since = timezone.now() - timedelta(minutes=PRESENCE_MINUTES)
    drafts = Draft.objects.filter(kind=kind, target=target, discarded_at=None, saved_at__gte=since)
    return [draft.owner for draft in drafts.exclude(owner_id=user.pk).select_related("owner")[:3]]


def discarded_drafts_of(user):
    """Return what this person set aside less than a day ago, the last one first."""
    since = timezone.now() - timedelta(days=DISCARD_DAYS)
    return Draft.objects.filter(owner_id=user.pk, discarded_at__gte=since).order_by("-discarded_at")
