"""What closes the texts of a room: keys that live outside the database, and the marks of who wrote.

A name of its own: it is neither a model nor an act. The texts are sealed with Fernet (AES-128-CBC and
HMAC-SHA256, from the library `cryptography`): a copy of the database, or a backup of it, reads nothing.
`settings.ROOM_KEYS` lists the keys, the first one seals, all of them open; `manage.py reseal_rooms` moves
old texts to the first, after which the others may be thrown away.
"""

import hmac
from functools import lru_cache
from hashlib import sha256
from secrets import token_urlsafe

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Unreadable(Exception):
    """A sealed text cannot be opened: it was sealed with a key that this installation does not hold."""


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured("ROOM_KEYS: each key is 32 bytes in URL-safe base 64.") from error


def ring() -> MultiFernet:
    """Return the present keys; ImproperlyConfigured when there is none."""
    keys = tuple(settings.ROOM_KEYS)
    if not keys:
        raise ImproperlyConfigured("ROOM_KEYS is empty: rooms cannot keep a secret without a key.")
    return _ring(keys)


def seal(text: str) -> str:
    """Return a text as the database may hold it."""
    return ring().encrypt(text.encode("utf-8", "replace")).decode("ascii")


def unseal(sealed: str) -> str:
    """Return a sealed text as it was written; Unreadable with the wrong keys."""
    try:
        return ring().decrypt(sealed.encode("ascii")).decode("utf-8")
    except (InvalidToken, UnicodeError) as error:
        raise Unreadable("A text of a room cannot be opened with the keys of this installation.") from error


def reseal(sealed: str) -> str:
    """Return the same text sealed with the first key; Unreadable with the wrong keys."""
    try:
        return ring().rotate(sealed.encode("ascii")).decode("ascii")
    except InvalidToken as error:
        raise Unreadable("A text of a room cannot be opened with the keys of this installation.") from error


def fresh_secret() -> str:
    """Return the secret of a new room."""
    return token_urlsafe(32)


def mark_of(secret: str, member_id: int) -> str:
    """Return how a room recognises what one member wrote in it, without naming the member.

    Nobody who lacks the room's secret (itself sealed) can say whose mark it is, or that two marks of two
    rooms are of one person.
    """
    return hmac.new(secret.encode(), str(member_id).encode(), sha256).hexdigest()[:40]
