"""Dates, numbers and places as a sentence says them, in French and Dutch.

In a room of its own kind because the pages of the catalogue are sentences (« lecture : six minutes »,
« à relire depuis deux mois ») and a sheet is written in one language whatever the rest of the site.
"""

from datetime import date
from functools import lru_cache

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.richtext.numbers import capitalised, in_letters, interface_language

__all__ = [
    "capitalised",
    "day",
    "in_letters",
    "inside_sentence",
    "interface_language",
    "language_name",
    "month",
    "of_place",
    "since",
]

_ELIDED = tuple("AEIOUÉÈÊ")  # names of CPAS: no mute H among the nineteen


def inside_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence: « Accueil » → « accueil », acronyms as they are."""
    if name.startswith("Eén"):  # the number takes back in a sentence the accent that its capital drops
        return "é" + name[1:]
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def month(day: date) -> str:
    """Return « mars 2026 »."""
    return _month(interface_language(), day.year, day.month)


@lru_cache(maxsize=2048)
def _month(language: str, year: int, number: int) -> str:
    return f"{str(MONTHS[number]).lower()} {year}"


def day(when: date) -> str:
    """Return « 4 mars 2026 » (« 1er » in French)."""
    first = "er" if when.day == 1 and interface_language() == "fr" else ""
    return f"{when.day}{first} {month(when)}"


def of_place(name: str) -> str:
    """Return « de Forest », « d’Ixelles »; « van Vorst » in Dutch."""
    if interface_language() == "nl":
        return f"van {name}"
    return f"d’{name}" if name.startswith(_ELIDED) else f"de {name}"


def since(past: date, today: date) -> str:
    """Return how long ago a day was, roundly: « deux mois », « un an »; at least one day."""
    days = max((today - past).days, 1)
    if days < 31:
        return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": in_letters(days)}
    months = (today.year - past.year) * 12 + today.month - past.month
    if months < 24:
        months = max(months, 1)
        return ngettext("%(n)s mois", "%(n)s mois", months) % {"n": in_letters(months)}
    years = months // 12
    return ngettext("%(n)s an", "%(n)s ans", years) % {"n": in_letters(years)}


def language_name(code: str) -> str:
    """Return « en français » or « en néerlandais », in the language of the page."""
    return _("en néerlandais") if code == "nl" else _("en français")
