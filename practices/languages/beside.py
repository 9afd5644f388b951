"""What stands beside each field of the form: the original of a translation, or what its sister changed.

A name of its own: the writing desk asks it for any draft, and shows nothing where it answers nothing.
"""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agora.drafts.models import Draft
from agora.richtext.render import render

from ..comparison import PLAIN, changes_between
from ..fields import PracticeFields
from ..models import SECTIONS, PracticePage
from .standing import aligned_fields, sister_of, standing_of
from .translating import original_fields, original_of


@dataclass(frozen=True, slots=True)
class Beside:
    """One text to read while one writes: its head, its language, its safe HTML."""

    title: str
    language: str
    html: SafeString


def beside_of(draft: Draft | None, page: PracticePage | None) -> dict[str, Beside]:
    """Return what stands beside each field, by field: of a translation, or of a sheet that lags behind."""
    if page is not None:
        return _changes(page)
    original = original_of(draft) if draft is not None else None
    return _original(draft, original) if original is not None else {}


def _original(draft: Draft, original: PracticePage) -> dict[str, Beside]:
    fields, language = original_fields(draft, original), original.locale.language_code
    title = _("L’original, en néerlandais") if language == "nl" else _("L’original, en français")
    beside = {}
    for name in (*PLAIN, *SECTIONS):
        text = getattr(fields, name)
        html = format_html("<p>{}</p>", text) if name in PLAIN else mark_safe(render(text))  # noqa: S308
        if text:
            beside[name] = Beside(title, language, html)
    return beside


def _changes(page: PracticePage) -> dict[str, Beside]:
    sister = sister_of(page)
    if sister is None or not standing_of(page, sister).is_stale:
        return {}
    language = sister.locale.language_code
    title = _("Changé en néerlandais") if language == "nl" else _("Changé en français")
    changes = changes_between(aligned_fields(page, sister), PracticeFields.of(sister), language=language)
    return {one.name: Beside(title, language, one.prose.html) for one in changes if one.is_text}
