"""The keys that open feeds: made, shown again, revoked, and read from an address.

A name of its own: acts and gate of one small thing, which the feeds of all rooms share. A key is a random
word and its signature by this installation (SECRET_KEY): the database holds the word only. Who holds the
key is asked at each request, and what they may read is what their member may read at that moment.
"""

import logging
import secrets

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer

from .models import FeedKey, Member

logger = logging.getLogger(__name__)

_signer = Signer(sep=".", salt="agora.people.feed_keys")
LONGEST_KEY = 200  # characters; ours have 66


def renew_key(member) -> str:
    """Give a member a new key and return it; the former one opens nothing from now on.

    PermissionDenied for whoever is not a validated member.
    """
    if not getattr(member, "is_validated", False):
        raise PermissionDenied
    nonce = secrets.token_urlsafe(16)
    FeedKey.objects.update_or_create(member_id=member.pk, defaults={"nonce": nonce})
    logger.info("feed key renewed: member=%s", member.pk)
    return _signer.sign(nonce)


def revoke_key(member) -> bool:
    """Take a member's key away: their feeds close at once. False when there was none."""
    revoked = bool(FeedKey.objects.filter(member_id=member.pk).delete()[0])
    if revoked:
        logger.info("feed key revoked: member=%s", member.pk)
    return revoked


def key_of(member) -> str:
    """Return a member's key, for its owner to copy; empty when there is none."""
    nonce = FeedKey.objects.filter(member_id=member.pk).values_list("nonce", flat=True).first()
    return _signer.sign(nonce) if nonce else ""


def holder_of(key: str) -> Member | None:
    """Return the member whom a key stands for, as they are now; None for a key that opens nothing.

    Unknown, revoked and malformed keys, and keys of people who are not members today, are all alike.
    """
    try:
        nonce = _signer.unsign(key[:LONGEST_KEY])
    except BadSignature:
        return None
    found = FeedKey.objects.filter(nonce=nonce).select_related("member").first()
    return found.member if found and found.member.is_validated else None
