"""The list of sheets as its page shows it: filters with counts, chips, rows.

A name of its own beside views.py, like sheet.py: this is what the page says, not how it is asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.vocabulary import lists
from agora.vocabulary.models import Cpas

from . import facets
from .addresses import sheet_url
from .life import tiles_of
from .models import Adoption, PracticePage
from .models.practice import due_after
from .wording import capitalised, in_letters, interface_language, language_name, month, since

PER_PAGE = 20
IN_SIGHT = 6  # values shown at once in a facet; beyond, the rest folds away
BUSIEST_FIRST = {"service", "public", "cpas"}  # facets too long to read in their own order
SORT_PARAMETER = "tri"

Known = dict[str, dict[str, str]]  # facet → value → its name in the reader's language


@dataclass(frozen=True, slots=True)
class Value:
    """One line of a facet."""

    value: str
    label: str
    count: int
    is_chosen: bool
    unit: str
    language: str


@dataclass(frozen=True, slots=True)
class Group:
    """One facet: its values in sight, and those folded under « trois autres »."""

    facet: str
    legend: str
    values: list[Value]
    folded: list[Value]

    @property
    def more(self) -> str:
        """The words that open the folded values."""
        count = len(self.folded)
        return capitalised(ngettext("%(n)s autre", "%(n)s autres", count) % {"n": in_letters(count)})


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen value, with the address of the same page without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet in the list."""

    title: str
    url: str
    language: str
    is_foreign: bool
    is_tip: bool
    summary: str
    tried_by: list[str]
    tiles: str
    meta: list[str]
    maturity: str


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked of the list: known values of known facets, and a known order."""

    chosen: dict[str, list[str]]
    sort: str

    def pairs(self) -> list[tuple[str, str]]:
        """Return the chosen values as (facet, value)."""
        return [(facet, value) for facet, values in self.chosen.items() for value in values]

    def address(self, *, without: tuple[str, str] | None = None) -> str:
        """Return the query of this request on its first page, perhaps without one value."""
        pairs = [pair for pair in self.pairs() if pair != without]
        if self.sort != facets.DEFAULT_SORT:
            pairs.append((SORT_PARAMETER, self.sort))
        return "?" + urlencode(pairs)


# --- The words of the facets -------------------------------------------------------------------


def legends() -> dict[str, str]:
    """Return the facets of the page, in order, with their titles."""
    return {
        "theme": _("Thème"),
        "age": _("Âge de la pratique"),
        "service": _("Service"),
        "public": _("Public"),
        "taille": _("Taille du CPAS d’origine"),
        "langue": _("Langue"),
        "cpas": _("CPAS d’origine"),
    }


def words() -> Known:
    """Return, for each facet, its possible values and their names, in the vocabulary's order."""
    return {
        "theme": _names(lists.themes()),
        "age": {value: str(label) for value, label in PracticePage.Maturity.choices},
        "service": _names(lists.services()),
        "public": _names(lists.publics()),
        "taille": {value: str(label) for value, label in Cpas.Size.choices},
        "langue": {"fr": "Français", "nl": "Nederlands"},
        "cpas": {cpas.pk: cpas.name for cpas in lists.cpas_list()},
    }


def _names(terms: lists.TermList) -> dict[str, str]:
    return {term.slug: term.name for term in terms.ordered}


def sorts() -> dict[str, str]:
    """Return the possible orders and their names."""
    return {
        "relues": _("relues récemment"),
        "nouvelles": _("nouvelles"),
        "essayees": _("essayées par le plus de CPAS"),
        "titre": _("titre"),
    }


def asked(query: QueryDict, known: Known) -> Request:
    """Read the query of the page; what is not in the vocabularies is left out without a word."""
    chosen = {}
    for facet, values in known.items():
        wanted = [value for value in dict.fromkeys(query.getlist(facet)) if value in values]
        if wanted:
            chosen[facet] = wanted
    sort = query.get(SORT_PARAMETER, "")
    return Request(chosen, sort if sort in facets.SORTS else facets.DEFAULT_SORT)


# --- The sentences -----------------------------------------------------------------------------


def lead(count: int, *, member: bool) -> str:
    """Say how many sheets there are for this reader, and what they are."""
    if not count:
        return _("Des façons de faire, racontées par celles et ceux qui les ont essayées.")
    if member:
        said = ngettext(
            "%(count)d façon de faire, racontée par celles et ceux qui l’ont essayée. "
            "Y compris quand ça n’a pas marché.",
            "%(count)d façons de faire, racontées par celles et ceux qui les ont essayées. "
            "Y compris celles qui n’ont pas marché.",
            count,
        )
    else:
        said = ngettext(
            "%(count)d façon de faire ouverte à tous, racontée par celles et ceux qui l’ont essayée.",
            "%(count)d façons de faire ouvertes à tous, racontées par celles et ceux qui les ont essayées.",
            count,
        )
    return said % {"count": count}


def counted(count: int) -> str:
    """Return « 12 fiches »."""
    if not count:
        return _("Aucune fiche")
    return ngettext("%(count)d fiche", "%(count)d fiches", count) % {"count": count}


def unit(count: int) -> str:
    """Return « fiches », for screen readers, beside a count."""
    return ngettext("fiche", "fiches", count)


def active(request: Request) -> str:
    """Return « 2 filtres actifs », or nothing."""
    count = sum(map(len, request.chosen.values()))
    if not count:
        return ""
    return ngettext("%(count)d filtre actif", "%(count)d filtres actifs", count) % {"count": count}


def to_show(count: int) -> str:
    """Return the words of the button that applies the filters."""
    if not count:
        return _("Montrer les fiches")
    return ngettext("Montrer la fiche", "Montrer les %(count)d fiches", count) % {"count": count}


# --- The side column ---------------------------------------------------------------------------


def groups(request: Request, counts: dict[str, dict[str, int]], known: Known) -> list[Group]:
    """Return the facets worth showing: a value that gives nothing is left out unless it is chosen."""
    shown = []
    for facet, legend in legends().items():
        chosen = request.chosen.get(facet, ())
        values = [
            Value(value, label, count, value in chosen, unit(count), value if facet == "langue" else "")
            for value, label in known[facet].items()
            if (count := counts[facet].get(value, 0)) or value in chosen
        ]
        if facet in BUSIEST_FIRST:
            values.sort(key=lambda value: -value.count)
        if values:
            shown.append(_folded(facet, legend, values))
    return shown


def _folded(facet: str, legend: str, values: list[Value]) -> Group:
    """Fold the tail of a long facet; chosen values stay in sight, and one value is never folded alone."""
    if len(values) <= IN_SIGHT + 1:
        return Group(facet, legend, values, [])
    in_sight = [value for rank, value in enumerate(values) if rank < IN_SIGHT or value.is_chosen]
    return Group(facet, legend, in_sight, [value for value in values if value not in in_sight])


def chips(request: Request, known: Known) -> list[Chip]:
    """Return one chip per chosen value."""
    return [Chip(known[pair[0]][pair[1]], request.address(without=pair)) for pair in request.pairs()]


# --- The rows ----------------------------------------------------------------------------------


def rows(ids: list[int]) -> list[Row]:
    """Return the rows of these pages, in this order (two queries); a page that is gone is left out."""
    pages = (
        PracticePage.objects.filter(pk__in=ids, live=True)
        .values_list(
            "pk",
            "title",
            "slug",
            "summary",
            "kind",
            "maturity",
            "origin_id",
            "reviewed_on",
            "first_published_at",
            "locale__language_code",
            named=True,
        )
        .order_by()
    )
    by_id = {page.pk: page for page in pages}
    adoptions: dict[int, list[tuple[str, str]]] = {}
    for practice, cpas, state in Adoption.objects.filter(practice__in=ids).values_list(
        "practice_id", "cpas_id", "state"
    ):
        adoptions.setdefault(practice, []).append((cpas, state))
    today, names = timezone.localdate(), lists.cpas_by_ins()
    return [_row(by_id[pk], adoptions.get(pk, []), names, today) for pk in ids if pk in by_id]


def _row(page, adoptions: list[tuple[str, str]], names: Mapping[str, Cpas], today: date) -> Row:
    language = page.locale__language_code
    tried_by = [cpas for cpas, _state in adoptions]
    return Row(
        title=page.title,
        url=sheet_url(page.slug, language),
        language=language,
        is_foreign=language != interface_language(),
        is_tip=page.kind == PracticePage.Kind.TIP,
        summary=page.summary,
        tried_by=tried_by,
        tiles=tiles_of(page.maturity, any(cpas != page.origin_id for cpas in tried_by)),
        maturity=str(PracticePage.Maturity(page.maturity).label),
        meta=list(filter(None, _meta(page, len(tried_by), names, language, today))),
    )


def _meta(page, tried_by: int, names: Mapping[str, Cpas], language: str, today: date) -> Iterable[str]:
    """Yield what the last line of a row says, in words."""
    yield names[page.origin_id].name if page.origin_id else ""
    if tried_by:
        yield ngettext("%(count)d CPAS", "%(count)d CPAS", tried_by) % {"count": tried_by}
    yield freshness(page.reviewed_on, page.first_published_at, today)
    if language != interface_language():
        yield language_name(language)


def freshness(reviewed_on: date | None, published_at, today: date) -> str:
    """Say when a sheet was last read again, or written, or since when it should have been read again."""
    due = due_after(reviewed_on)
    if due and due <= today:
        return _("à relire depuis %(duration)s") % {"duration": since(due, today)}
    written = timezone.localtime(published_at).date() if published_at else None
    if reviewed_on and (written is None or reviewed_on > written):
        return _("relue en %(month)s") % {"month": month(reviewed_on)}
    return _("écrite en %(month)s") % {"month": month(written)} if written else ""
