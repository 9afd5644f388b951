"""What can be done to a draft. The rule above all others: what was acknowledged is never lost.

Saves may come late, twice, or from two windows. So each field remembers the save that wrote it last, and
a save only replaces what its sender had seen, or what the same window sent before. What it may not
replace is left as it is and reported: the sender still has its own text and decides.
"""

import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.richtext.plain import tidy

from .handlers import FORGETTABLE, handler_of, kinds
from .models import Draft
from .permissions import DISCARD_DAYS

DRAFT_BYTES = 400 * 1024  # of JSON; the longest sheet has 160,000 characters
WINDOW_LENGTH = 40


class DraftTooLarge(Exception):
    """The whole draft would weigh more than DRAFT_BYTES; nothing was saved."""


class DraftGone(Exception):
    """The draft was published or cleared away since the sender saw it; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a save comes from.

    `known`: the last sequence number that the sender saw. `window`: a random name of the browser window,
    empty without script. `number`: counts the saves of that window.
    """

    known: int = 0
    window: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the draft as it stands, and the fields it could not replace (as stored)."""

    draft: Draft
    stale: dict[str, Any] = field(default_factory=dict)


def save_draft(
    owner,
    *,
    pk: uuid.UUID,
    kind: str,
    language: str,
    data: dict[str, Any],
    target: str = "",
    base: str = "",
    origin: Origin | None = None,
    overwrite: bool = False,
) -> Saved:
    """Keep what somebody is writing; fields missing from `data` stay as they are.

    `pk`: chosen by the sender, so that sending twice makes one draft. `target`, `base`: what is being
    changed, and the version it started from. `overwrite`: the sender has seen both texts and insists.
    Raises PermissionDenied (who may not write, or somebody else's draft: views answer 404), DraftGone,
    DraftTooLarge.
    """
    try:
        return _save(owner, pk, kind, language, data, target, base, origin or Origin(), overwrite)
    except IntegrityError:  # two first saves at the same moment: the second one finds the first
        return _save(owner, pk, kind, language, data, target, base, origin or Origin(), overwrite)


@transaction.atomic
def _save(owner, pk, kind, language, data, target, base, origin: Origin, overwrite: bool) -> Saved:
    handler = handler_of(kind)
    if handler is None:
        raise PermissionDenied
    draft = _find(owner, pk, kind, target)
    if draft is None:
        if origin.known:
            raise DraftGone
        if not handler.may_write(owner, target):
            raise PermissionDenied(_("Vous ne pouvez pas écrire ici."))
        draft = Draft(pk=pk, owner=owner, kind=kind, target=target, base=base, language=language)
    if draft.pk != pk:  # another draft of the same text: what its sender knows is not about this one
        origin = replace(origin, known=0)
    draft.data = handler.unlock(draft.data)
    stale = _merge_in(draft, data, origin, overwrite)
    if len(json.dumps(draft.data, ensure_ascii=False).encode()) > DRAFT_BYTES:
        raise DraftTooLarge
    draft.data = handler.lock(draft.data)
    draft.title = handler.title(draft)[:255]
    draft.discarded_at = None
    with transaction.atomic():
        draft.save(force_insert=draft._state.adding)
    return Saved(draft, stale)


def _find(owner, pk, kind: str, target: str) -> Draft | None:
    """Return the draft that a save belongs to: the one it names, else the open one of the same object."""
    drafts = Draft.objects.select_for_update()
    draft = drafts.filter(pk=pk).first()
    if draft is not None and (draft.owner_id != owner.pk or draft.kind != kind):
        raise PermissionDenied
    if draft is None or draft.discarded_at:
        target = draft.target if draft else target
        twins = drafts.filter(owner=owner, kind=kind, target=target, discarded_at=None)
        draft = (twins.first() if target else None) or draft
    return draft


def _merge_in(draft: Draft, data: dict[str, Any], origin: Origin, overwrite: bool) -> dict[str, Any]:
    """Write the fields that this save may write; return the others as they are stored."""
    stale = {}
    sequence = draft.sequence + 1
    window = origin.window[:WINDOW_LENGTH]
    for name, value in data.items():
        value = _as_stored(value)
        if name.startswith(FORGETTABLE):
            draft.data[name] = value
            continue
        if name in draft.data and draft.data[name] == value:
            continue
        at, by, number = draft.stamps.get(name, (0, "", 0))
        seen = origin.known >= at or (window and window == by and origin.number > number)
        if not (seen or overwrite):
            stale[name] = draft.data[name]
            continue
        draft.data[name] = value
        draft.stamps[name] = [sequence, window, origin.number]
    draft.sequence = sequence
    return stale


def _as_stored(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    return [tidy(item) for item in value] if isinstance(value, list) else value


@transaction.atomic
def rebase_draft(draft: Draft, *, data: dict[str, Any], base: str) -> Draft:
    """Put the outcome of a merge in a draft, which from now on starts from the version `base`.

    Counts as a save that has seen everything, so an older window that still sends is told.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    draft.sequence += 1
    for name, value in data.items():
        value = _as_stored(value)
        if draft.data.get(name) != value:
            draft.data[name] = value
            draft.stamps[name] = [draft.sequence, "", 0]
    draft.base = base
    draft.save()
    return draft


def forget_draft(user, kind: str, target: str) -> None:
    """Throw the draft of one form away: its text is out."""
    Draft.objects.filter(owner_id=user.pk, kind=kind, target=target, discarded_at=None).delete()


def discard_draft(draft: Draft) -> None:
    """Set a draft aside; `restore_draft` undoes it for a day."""
    Draft.objects.filter(pk=draft.pk, discarded_at=None).update(discarded_at=timezone.now())


def restore_draft(draft: Draft) -> bool:
    """Take a discarded draft back; False when another draft of the same text was begun meanwhile."""
    try:
        with transaction.atomic():
            Draft.objects.filter(pk=draft.pk).update(discarded_at=None)
    except IntegrityError:
        return False
    return True


def purge_drafts() -> int:
    """Forget for good what was discarded, or emptied, more than a day ago; return how many drafts went."""
    before = timezone.now() - timedelta(days=DISCARD_DAYS)
    fleeting = [kind for kind in kinds() if handler_of(kind).is_fleeting]
    emptied = Q(kind__in=fleeting, title="", saved_at__lt=before)
    return Draft.objects.filter(Q(discarded_at__lt=before) | emptied).delete()[0]
