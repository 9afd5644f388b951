"""The list drawn as the 19: how many of the sheets found come from each CPAS, how many are tried there.

The map counts like a facet: choosing one CPAS leaves the counts of the others as they were.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.vocabulary import lists

from ..wording import capitalised, in_letters
from .asked import Request

TOLD, TRIED = "cpas", "essayee"


@dataclass(frozen=True, slots=True)
class Place:
    """One CPAS: where its tile lies, what it counts, and the addresses of the two lists behind."""

    code: str
    name: str
    column: int
    row: int
    told: int
    tried: int
    told_url: str
    tried_url: str
    is_chosen: bool

    @property
    def said(self) -> str:
        """What a screen reader hears on the tile."""
        facts = {"name": self.name, "tried": self.tried, "told": self.told}
        return _("%(name)s. Essayées là : %(tried)d. Racontées par ce CPAS : %(told)d.") % facts


def places(request: Request, counts: dict[str, dict[str, int]]) -> list[Place]:
    """Return the 19 in the alphabetical order of the reader's language."""
    return [
        Place(
            code=cpas.code,
            name=cpas.name,
            column=cpas.column,
            row=cpas.row,
            told=counts[TOLD].get(cpas.pk, 0),
            tried=counts[TRIED].get(cpas.pk, 0),
            told_url=_toggled(request, (TOLD, cpas.pk)),
            tried_url=_toggled(request, (TRIED, cpas.pk)),
            is_chosen=cpas.pk in request.chosen.get(TRIED, ()),
        )
        for cpas in lists.cpas_list()
    ]


def _toggled(request: Request, pair: tuple[str, str]) -> str:
    """Return the list with this CPAS chosen, or on the map without it when it was chosen already."""
    if pair in request.pairs():
        return request.address(without=pair)
    return request.address(plus=pair, is_map=False)


def in_words(places: list[Place]) -> str:
    """Say what the map shows in one sentence: how many of the nineteen tried something of this."""
    trying = sum(place.tried > 0 for place in places)
    if not trying:
        return _("Aucun CPAS n’a encore dit avoir essayé une de ces fiches.")
    said = ngettext(
        "%(n)s CPAS a essayé au moins une de ces fiches.",
        "%(n)s CPAS ont essayé au moins une de ces fiches.",
        trying,
    )
    number = capitalised(in_letters(trying))
    return said % {"n": number}
