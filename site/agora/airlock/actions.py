"""To vouch for a number, and to look at what was vouched for."""

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agora.people.audience import MODERATORS

from .gate import Gate
from .models import Vouch
from .permissions import can_see

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)  # after somebody looked


def vouch(gate: Gate, *, by, address: str, judges: str = MODERATORS) -> Vouch | None:
    """Note that a text went because its author vouched; call it in the transaction that lets it go.

    Args:
        gate: open because of what its author said; nothing is noted otherwise.
        by: the author.
        address: where the text can be read, a path of Agora.
        judges: the audience token of those who look (see people.audience).
    """
    if not gate.is_vouched:
        return None
    said = Vouch.objects.create(by=by, judges=judges, address=address, reason=gate.vouched)
    log.info("airlock.vouched id=%s by=%s", said.pk, by.pk)
    return said


@transaction.atomic
def look(by, vouch: Vouch, *, seen: bool) -> None:
    """Say that one looked at a text, or that it waits again; those looked at a month ago go."""
    if not can_see(by, vouch):
        raise PermissionDenied
    now = timezone.now()
    vouch.seen_by, vouch.seen_at = (by, now) if seen else (None, None)
    vouch.save(update_fields=["seen_by", "seen_at"])
    Vouch.objects.filter(seen_at__lt=now - KEPT_FOR).delete()
    log.info("airlock.looked id=%s by=%s seen=%s", vouch.pk, by.pk, seen)
