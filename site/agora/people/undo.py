"""What was just removed can be put back: its content waits in the session of whoever removed it.

A name of its own: the rooms where one keeps things share it. One removal at a time: the next one takes the
place. It is offered once, on the page that follows, and holds for a day for whoever left that page open.
"""

import time

from django.http import HttpRequest

KEY = "removed_just_now"
HOLDS_FOR = 24 * 60 * 60  # seconds


def offer(request: HttpRequest, kind: str, data: dict, said: str) -> None:
    """Remember what was removed: its kind (see the view « undo »), what it was, what the page says."""
    request.session[KEY] = {"kind": kind, "data": data, "said": said, "at": time.time(), "shown": False}


def offered(request: HttpRequest) -> str:
    """Return what the page says of the last removal, once; empty when there is nothing to put back."""
    removed = request.session.get(KEY)
    if not removed or removed["shown"]:
        return ""
    request.session[KEY] = removed | {"shown": True}
    return removed["said"]


def taken(request: HttpRequest) -> tuple[str, dict]:
    """Return the kind and content of the last removal and forget it; two blanks when it is too old."""
    removed = request.session.pop(KEY, None)
    if not removed or time.time() - removed["at"] > HOLDS_FOR:
        return "", {}
    return removed["kind"], removed["data"]
