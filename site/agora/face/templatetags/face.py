"""Template tags for the parts of the design language (docs: the face of Agora)."""

from datetime import date

from django import template
from django.template.defaultfilters import date as said_as
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..days import first_of_month

register = template.Library()

TILE_CLASSES = {"1": "", "0": "o", "/": "h", "x": "s"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; always beside a word, so hidden from screen readers."""
    return format_html('<svg class="ico" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.filter(expects_localtime=True, is_safe=False)
def day(when: date | None, form: str = "j F Y") -> str:
    """Say a day: « 4 mars 2026 », « 1er mars 2026 » in French (the filter `date` says « 1 mars »)."""
    return first_of_month(said_as(when, form))


_tiles: dict[tuple[str, str], SafeString] = {}


@register.simple_tag
def tiles(states: str, extra: str = "") -> SafeString:
    """Draw tiles from a word of states: 1 done, 0 not yet, / under way, x stopped ("1110").

    The same thing must stand in words beside them: the tiles themselves are hidden from screen readers.
    """
    key = (states, extra)
    if key not in _tiles:
        marks = "".join(f'<i class="{c}"></i>' if (c := TILE_CLASSES[s]) else "<i></i>" for s in states)
        classes = f"tiles {extra}".strip()
        _tiles[key] = mark_safe(f'<span class="{classes}" aria-hidden="true">{marks}</span>')  # noqa: S308
    return _tiles[key]


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: object) -> str:
    """Return this page's address with some query parameters replaced (None removes one)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
