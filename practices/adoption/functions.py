"""The key functions of a practice, and what became of each of them in an adaptation.

A name of its own: the shape of Lineage.functions, in one place. The distinction between functions, which
carry the effect, and forms, which are free, is Hawe's (2004); the ADAPT guidance (2021) asks to say it.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.richtext.plain import plain

from ..models import Lineage, PracticePage
from ..wording import in_letters

Fate = Lineage.Fate
MOST = 20  # more lines than that are a text, not key functions
LENGTH = 300


@dataclass(frozen=True, slots=True)
class Function:
    """One key function, what became of it, and a word about it."""

    text: str
    fate: str
    note: str = ""

    def as_data(self) -> dict[str, str]:
        """Return plain values, as a row keeps them."""
        return asdict(self)


def functions_of(practice: PracticePage) -> list[str]:
    """Return the key functions of a sheet: one per line of its text, without marks."""
    lines = (line.strip()[:LENGTH] for line in plain(practice.key_functions).splitlines())
    return list(dict.fromkeys(filter(None, lines)))[:MOST]


def told(kept: Any) -> list[Function]:
    """Read the functions of a lineage, or of a draft; what is not in the right shape is left out."""
    found = []
    for each in kept if isinstance(kept, list) else []:
        if isinstance(each, dict) and each.get("fate") in Fate.values and isinstance(each.get("text"), str):
            found.append(Function(each["text"], each["fate"], str(each.get("note", ""))))
    return found


def counted(functions: Iterable[Function]) -> str:
    """Say how many were kept: « deux fonctions gardées, une changée »; empty when there was none."""
    fates = [function.fate for function in functions]
    kept, changed, dropped = (fates.count(fate) for fate in (Fate.KEPT, Fate.CHANGED, Fate.DROPPED))
    words = [
        (kept, ngettext("%(n)s gardée", "%(n)s gardées", kept)),
        (changed, ngettext("%(n)s changée", "%(n)s changées", changed)),
        (dropped, ngettext("%(n)s laissée", "%(n)s laissées", dropped)),
    ]
    parts = [said % {"n": in_letters(number, feminine=True)} for number, said in words if number]
    if not parts:
        return ""
    head = ngettext("fonction clé : %(parts)s", "fonctions clés : %(parts)s", len(fates))
    return head % {"parts": ", ".join(parts)}


def fate_word(fate: str) -> str:
    """Return the word of a fate, to stand beside its tile."""
    return {Fate.KEPT: _("Gardée"), Fate.CHANGED: _("Changée"), Fate.DROPPED: _("Laissée")}[Fate(fate)]
