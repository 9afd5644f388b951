"""The list of sheets as its page shows it: filters with counts, chips, rows.

A name of its own beside views.py, like sheet.py: this is what the page says, not how it is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.face.templatetags.face import tiles
from agora.vocabulary import lists
from agora.vocabulary.models import Cpas
from agora.vocabulary.templatetags.agora_map import mini_map

from . import facets
from .addresses import sheet_url
from .facets import Card
from .life import tiles_of
from .models import PracticePage
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


@dataclass(frozen=True, slots=True)
class Group:
    """One facet: its values in sight, and those folded under « trois autres »."""

    facet: str
    legend: str
    values: list[Value]
    folded: list[Value]

    @property
    def lines(self) -> SafeString:
        """The check boxes in sight."""
        return value_lines(self.facet, self.values)

    @property
    def folded_lines(self) -> SafeString:
        """The check boxes folded away."""
        return value_lines(self.facet, self.folded)

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
            Value(value, label, count, value in chosen)
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


# --- The rows: drawn here and not by a template, because a page has a hundred of these lines ----


def value_lines(facet: str, values: Iterable[Value]) -> SafeString:
    """Return the check boxes of a facet; each is found again by its id after the list was brought in anew."""
    one, many = unit(1), unit(2)
    lines = []
    for each in values:
        checked = " checked" if each.is_chosen else ""
        language = f' lang="{each.value}"' if facet == "langue" else ""
        lines.append(
            f'<label class="check"><input type="checkbox" id="f-{facet}-{each.value}" name="{facet}" '
            f'value="{each.value}"{checked}><span{language}>{escape(each.label)}</span><span class="n">'
            f'{each.count}<span class="vh"> {one if each.count == 1 else many}</span></span></label>'
        )
    return mark_safe("".join(lines))  # noqa: S308 (values are slugs and codes; labels are escaped)


def rows_of(cards: Iterable[Card]) -> SafeString:
    """Return the rows of these sheets, in this order."""
    key = (interface_language(), timezone.localdate(), lists.stamp())
    return mark_safe("".join(_row(card, *key) for card in cards))  # noqa: S308 (escaped in _row)


@lru_cache(maxsize=1024)
def _row(card: Card, language: str, today: date, _names: object) -> str:
    """Draw one row, in the language and with the names of the vocabularies that the arguments stand for."""
    is_foreign, is_tip = card.language != language, card.kind == PracticePage.Kind.TIP
    foreign = f' lang="{card.language}"' if is_foreign else ""
    hreflang = f' hreflang="{card.language}"' if is_foreign else ""
    tag = f'<span class="tag">{escape(_("Astuce"))}</span> ' if is_tip else ""
    summary = f"<p>{tag}<span{foreign}>{escape(card.summary)}</span></p>" if card.summary or tag else ""
    words = "".join(f"<span>{escape(word)}</span>" for word in _meta(card, today) if word)
    url = sheet_url(card.slug, card.language)
    tried_elsewhere = any(cpas != card.origin for cpas in card.tried_by)
    return (
        f"<li>{mini_map(card.tried_by)}<div>"
        f'<h3><a href="{url}"{foreign}{hreflang}>{escape(card.title)}</a></h3>'
        f'{summary}<p class="meta"><span>{tiles(tiles_of(card.maturity, tried_elsewhere))}'
        f"{escape(PracticePage.Maturity(card.maturity).label)}</span>{words}</p></div></li>\n"
    )


def _meta(card: Card, today: date) -> Iterable[str]:
    """Yield what the last line of a row says, in words."""
    yield lists.cpas_by_ins()[card.origin].name if card.origin else ""
    if count := len(card.tried_by):
        yield ngettext("%(count)d CPAS", "%(count)d CPAS", count) % {"count": count}
    yield freshness(card.reviewed_on, card.published_at, today)
    if card.language != interface_language():
        yield language_name(card.language)


def freshness(reviewed_on: date | None, published_at: datetime | None, today: date) -> str:
    """Say when a sheet was last read again, or written, or since when it should have been read again."""
    due = due_after(reviewed_on)
    if due and due <= today:
        return _("à relire depuis %(duration)s") % {"duration": since(due, today)}
    written = timezone.localtime(published_at).date() if published_at else None
    if reviewed_on and (written is None or reviewed_on > written):
        return _("relue en %(month)s") % {"month": month(reviewed_on)}
    return _("écrite en %(month)s") % {"month": month(written)} if written else ""
