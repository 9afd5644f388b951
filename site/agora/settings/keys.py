"""The keys of the rooms: from the environment, else one of this machine's own.

A name of its own: settings read it, nothing else does.
"""

import os
from base64 import urlsafe_b64encode
from pathlib import Path


def room_keys(var: Path) -> list[str]:
    """Return the keys that seal the texts of rooms: ROOM_KEYS (several by commas, the first one seals), else
    the key in `var`/room.key, made the first time and readable by its owner alone.
    """
    given = [key.strip() for key in os.environ.get("ROOM_KEYS", "").split(",") if key.strip()]
    return given or [_own_key(var / "room.key")]


def _own_key(path: Path) -> str:
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(urlsafe_b64encode(os.urandom(32)).decode("ascii"), "ascii")
        try:
            os.link(fresh, path)  # the first process to come wins, whole
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text("ascii").strip()
