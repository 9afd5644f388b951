"""What somebody asks of the list, read from its address, and the words of each facet."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from agora.vocabulary import lists
from agora.vocabulary.models import Cpas
from search.forms import readable

from .. import facets
from ..models import PracticePage
from ..wording import interface_language

SORT_PARAMETER, WORDS_PARAMETER, VIEW_PARAMETER = "tri", "mots", "vue"
MAP = "carte"
CLOSEST = "proches"  # the order of a search: it only exists with words
LONGEST_WORDS = 200  # characters
MOST_VALUES = 60  # values read of one facet; the longest vocabulary has fewer

Known = Mapping[str, Mapping[str, str]]  # facet → value → its name in the reader's language


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked of the list: known values of known facets, words, an order, a face.

    `chosen`: facet → values. `words`: what was typed, empty without. `is_map`: the 19 instead of rows.
    """

    chosen: dict[str, list[str]]
    sort: str
    words: str = ""
    is_map: bool = False

    @property
    def default_sort(self) -> str:
        """The order that the address need not say."""
        return CLOSEST if self.words else facets.DEFAULT_SORT

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen or typed."""
        return bool(self.chosen or self.words)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the chosen values as (facet, value)."""
        return [(facet, value) for facet, values in self.chosen.items() for value in values]

    def address(
        self,
        *,
        without: tuple[str, str] | None = None,
        plus: tuple[str, str] | None = None,
        is_map: bool | None = None,
    ) -> str:
        """Return the query of this request on its first page: without one value, with one more, or in
        the other face.
        """
        pairs = [pair for pair in self.pairs() if pair != without]
        pairs += [plus] if plus and plus not in pairs else []
        if self.words and without != (WORDS_PARAMETER, self.words):
            pairs.append((WORDS_PARAMETER, self.words))
        if self.sort != self.default_sort:
            pairs.append((SORT_PARAMETER, self.sort))
        if self.is_map if is_map is None else is_map:
            pairs.append((VIEW_PARAMETER, MAP))
        return "?" + urlencode(pairs)

    @property
    def kept(self) -> str:
        """The filters alone, in one order whatever the address said: what a saved filter and a feed hold."""
        pairs = sorted(self.pairs())
        if self.words:
            pairs.append((WORDS_PARAMETER, self.words))
        return urlencode(pairs)


def legends() -> dict[str, str]:
    """Return the facets of the page, in order, with their titles."""
    return {
        "theme": _("Thème"),
        "metier": _("Métier"),
        "service": _("Service"),
        "public": _("Public"),
        "age": _("Âge de la pratique"),
        "langue": _("Langue"),
        "etat": _("Fraîcheur"),
        "forme": _("Forme"),
        "essayee": _("Essayée par"),
        "cpas": _("CPAS d’origine"),
        "taille": _("Taille du CPAS d’origine"),
        "mission": _("Mission"),
        "circonstance": _("Circonstances"),
    }


# What one asks most stands in sight; the rest is under « Plus de filtres ».
IN_FRONT = ("theme", "metier", "service", "public", "age", "langue", "etat")


def words(*, member: bool) -> Known:
    """Return, for each facet, its possible values and their names, in the vocabulary's order.

    What waits to be looked after is said to members only.
    """
    known = _words(lists.stamp(), interface_language())
    return known if member else {name: values for name, values in known.items() if name != "etat"}


@lru_cache(maxsize=8)
def _words(_stamp: object, _language: str) -> Known:
    nineteen = {cpas.pk: cpas.name for cpas in lists.cpas_list()}
    known = {
        "theme": _names(lists.themes()),
        "metier": _names(lists.functions()),
        "service": _names(lists.services()),
        "public": _names(lists.publics()),
        "age": {value: str(label) for value, label in PracticePage.Maturity.choices},
        "langue": {"fr": "Français", "nl": "Nederlands"},
        "etat": {facets.DUE: _("à relire"), facets.ALONE: _("sans personne pour la tenir")},
        "forme": {value: str(label) for value, label in PracticePage.Kind.choices},
        "essayee": nineteen,
        "cpas": nineteen,
        "taille": {value: str(label) for value, label in Cpas.Size.choices},
        "mission": _names(lists.missions()),
        "circonstance": _names(lists.circumstances()),
    }
    # Shared by all requests: nobody can change it.
    return MappingProxyType({name: MappingProxyType(values) for name, values in known.items()})


def _names(terms: lists.TermList) -> dict[str, str]:
    return {term.slug: term.name for term in terms.ordered}


def sorts(request: Request) -> dict[str, str]:
    """Return the possible orders and their names."""
    closest = {CLOSEST: _("les plus proches de vos mots")} if request.words else {}
    return closest | {
        "relues": _("relues récemment"),
        "nouvelles": _("nouvelles"),
        "essayees": _("essayées par le plus de CPAS"),
        "titre": _("titre"),
    }


def asked(query: QueryDict, known: Known) -> Request:
    """Read the query of the page; what is not in the vocabularies is left out without a word."""
    chosen = {}
    for facet, values in known.items():
        wanted = list(dict.fromkeys(query.getlist(facet)))[:MOST_VALUES]
        if wanted := [value for value in wanted if value in values]:
            chosen[facet] = wanted
    typed = " ".join(readable(query.get(WORDS_PARAMETER, ""))[:LONGEST_WORDS].split())
    sort = query.get(SORT_PARAMETER, "")
    if sort not in facets.SORTS:
        sort = CLOSEST if typed else facets.DEFAULT_SORT
    return Request(chosen, sort, typed, query.get(VIEW_PARAMETER) == MAP)
