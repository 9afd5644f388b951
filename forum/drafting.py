"""What the forms of questions and debates do alike besides being sent: keep a draft, show a preview.

A name of its own: views call it, and it changes nothing but drafts.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from agora.airlock.gate import gate_of
from agora.discussion.composing import Composing, composing, with_name
from agora.drafts.forms import Envelope
from agora.drafts.models import Draft

Labelled = list[tuple[Any, str]]


def typed_in(request: HttpRequest, main: str) -> QueryDict | None:
    """Return what was sent, with the name that a button puts in the field `main`; None for a mere visit."""
    return with_name(request.POST, main) if request.method == "POST" else None


def asked(request: HttpRequest, typed: QueryDict | None, fields: Iterable[str]) -> Composing:
    """Return what the form asks besides being sent; all members read what it becomes."""
    text = "\n".join(typed.get(name, "") for name in fields) if typed else ""
    return composing(request, text, reverse("discussion:everybody"))


def envelope_of(
    user, kind: str, target: str, draft: Draft | None, *, language: str, base: str = ""
) -> Envelope:
    """Return the hidden fields of a form that keeps a draft."""
    return Envelope(kind, user, draft, target, base, language=language)


def previewed(asks: Composing, words: Labelled, language: str, by: str = "") -> dict[str, Any]:
    """Return what the preview shows: the words under their labels, the name, and what the gate would say."""
    shown = [(label, text.replace("\x00", "").replace("\r\n", "\n")) for label, text in words if text.strip()]
    gate = None
    if asks.shows and shown:
        gate = gate_of(
            [(label, "", text) for label, text in shown], {}, language=language, known=asks.handles
        )
    return {
        "composing": asks,
        "preview_by": by,
        "previewed": [{"label": label, "words": text} for label, text in shown],
        "gate": gate,
    }
