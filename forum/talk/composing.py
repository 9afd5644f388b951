"""What the composer of a room shows before a text is sent: how it will look, under which name, who is called.

A name of its own: it only reads what was typed. Nothing of a preview is kept.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from agora.richtext import quotes

from ..models import PhaseRun, Seat
from .calling import called_in, is_silent
from .wording import tidy

AT = "at:"  # what the button that puts a name in the text sends


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as the room will read it."""

    html: SafeString
    by: str
    called: tuple[str, ...]
    is_silent: bool  # nobody is told before the phase opens


def preview_of(seat: Seat, run: PhaseRun | None, typed: str, by: str) -> Preview | None:
    """Return what was typed as it will look under a name; None when nothing was typed."""
    words = tidy(typed)
    if not words:
        return None
    return Preview(quotes.drawn(words), by, tuple(called_in(seat, words)), run is not None and is_silent(run))


def with_name(typed: str, go: str) -> str:
    """Return a text to which the name of a button is added, as a call."""
    name = go.removeprefix(AT).replace("\x00", "").strip()[:120]
    glue = "" if not typed or typed[-1] in " \n" else " "
    return f"{typed}{glue}@{name} " if name else typed
