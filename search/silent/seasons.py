"""The quarter as a season, and its key: outside the database, never older than three months.

A name of its own: a file of 32 random bytes and two dates. `var/needs` is left out of backups.
"""

import os
import secrets
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

KEY_LENGTH = 32  # bytes


def season_of(day: date) -> date:
    """Return the first day of the quarter of a day."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def week_of(day: date) -> date:
    """Return the Monday of a day."""
    return day - timedelta(days=day.weekday())


def key_of(season: date) -> bytes:
    """Return the key of a season; the first call makes it, whichever process comes first."""
    path = _path(season)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(KEY_LENGTH))
        try:
            os.link(fresh, path)  # complete at once, and the first one wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()


def destroy_keys_but(season: date) -> int:
    """Destroy the keys of all other seasons; returns how many there were."""
    others = [path for path in _path(season).parent.glob("*.key*") if path != _path(season)]
    for path in others:
        path.unlink(missing_ok=True)
    return len(others)


def _path(season: date) -> Path:
    return Path(settings.VAR) / "needs" / f"{season.isoformat()}.key"
