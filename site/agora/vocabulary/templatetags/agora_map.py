"""The 19 around the open square: the small map at the left of a row, the large map of a sheet.

Both are drawn from the lists in memory, without any query. The shapes (`#mark`, `#s-…`) are in the
page's sprite; sizes, classes and states are those of the design language (face, §2 and §4).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..lists import cpas_by_ins, cpas_list

register = template.Library()

# State of a CPAS → symbol of its tile, and the word that says the same; the order is the legend's.
STATES = {
    "adopted": ("s-a", gettext_lazy("Adopté")),
    "adapted": ("s-p", gettext_lazy("Adapté")),
    "trying": ("s-t", gettext_lazy("À l’essai")),
    "stopped": ("s-s", gettext_lazy("Arrêté")),
}
SILENT = ("s-n", gettext_lazy("Pas de nouvelles"))
DARK_TILES = {"adopted", "adapted"}  # their letters are drawn in the colour made for a full tile

SMALL_STEP, LARGE_STEP, LARGE_TILE = 6, 58, 52


@register.simple_tag
def mini_map(codes: Iterable[str]) -> SafeString:
    """Draw the small map with the CPAS of these INS codes filled; unknown codes are left out.

    Decorative: the same thing must stand in words beside it.
    """
    wanted = set(codes)
    tiles = "".join(
        _small_tile(cpas.column, cpas.row) for ins, cpas in cpas_by_ins().items() if ins in wanted
    )
    path = f'<path class="on" d="{tiles}"/>' if tiles else ""
    return mark_safe(  # noqa: S308 (numbers only)
        f'<svg class="mini" viewBox="0 0 29 29" aria-hidden="true"><use href="#mark"/>{path}</svg>'
    )


@register.simple_tag
def place_map(states: Mapping[str, str], title: str = "", key: str = "pl") -> SafeString:
    """Draw the large map and its legend, to be put in a `.mapline`.

    `states` maps INS codes to a key of STATES; a CPAS that is absent or in no known state is silent.
    `title` says what the map shows; `key` makes its ids unique when a page has several maps.
    A table with the same content must follow, as the description announces.
    """
    known = {ins: state for ins, state in states.items() if ins in cpas_by_ins() and state in STATES}
    tiles = "".join(
        _large_tile(cpas.column, cpas.row, cpas.code, known.get(ins)) for ins, cpas in cpas_by_ins().items()
    )
    title, key = escape(title or _("Où en sont les 19 CPAS avec cette pratique")), escape(key)
    return mark_safe(  # noqa: S308 (every text is escaped where it enters)
        f'<svg class="place" viewBox="0 0 284 284" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{title}</title><desc id="{key}-d">{escape(_in_words(known))}</desc>'
        f'{tiles}<text class="big" x="142" y="146" text-anchor="middle">{len(known)}</text>'
        f'<text x="142" y="162" text-anchor="middle">{escape(_("sur %d") % len(cpas_by_ins()))}</text></svg>'
        f'<ul class="legend">{_legend(known)}</ul>'
    )


@register.simple_tag
def state_tile(state: str) -> SafeString:
    """Draw the tile of one state, for the tables and legends that put its word beside it."""
    symbol, _word = STATES.get(state, SILENT)
    return format_html(
        '<svg class="state" viewBox="0 0 52 52" aria-hidden="true"><use href="#{}"/></svg>', symbol
    )


# There are 19 places, two languages and five states: what is drawn once is kept.
@lru_cache(maxsize=64)
def _small_tile(column: int, row: int) -> str:
    return f"M{SMALL_STEP * column} {SMALL_STEP * row}h5v5h-5z"


@lru_cache(maxsize=512)
def _large_tile(column: int, row: int, code: str, state: str | None) -> str:
    x, y = LARGE_STEP * column, LARGE_STEP * row
    symbol = STATES.get(state, SILENT)[0]
    letters = ' class="w"' if state in DARK_TILES else ""
    return (
        f'<use href="#{symbol}" x="{x}" y="{y}" width="{LARGE_TILE}" height="{LARGE_TILE}"/>'
        f'<text x="{x + 6}" y="{y + 18}"{letters}>{escape(code)}</text>'
    )


def _in_words(known: Mapping[str, str]) -> str:
    """Say what the map shows: « Adopté : Forest, Jette. Arrêté : Uccle. »."""
    if not known:
        return _("Aucun CPAS ne s’est encore déclaré.")
    sentences = []
    for state, (_symbol, word) in STATES.items():
        names = [cpas.name for cpas in cpas_list() if known.get(cpas.ins_code) == state]
        if names:
            sentences.append(_("%(state)s : %(names)s.") % {"state": word, "names": ", ".join(names)})
    return " ".join([*sentences, _("Le tableau qui suit donne les détails.")])


def _legend(known: Mapping[str, str]) -> str:
    """Write one line for each state that occurs, and one for the silent."""
    counts = {state: list(known.values()).count(state) for state in STATES}
    lines = [(state, word, counts[state]) for state, (_symbol, word) in STATES.items() if counts[state]]
    lines.append(("", SILENT[1], len(cpas_by_ins()) - len(known)))
    said = _("%(state)s : %(count)d")
    return "".join(
        f"<li>{state_tile(state)}<span>{escape(said % {'state': word, 'count': count})}</span></li>"
        for state, word, count in lines
    )
