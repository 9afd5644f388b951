"""What the pages of words say: counts from the catalogue's picture in memory, a few sheets, a few people.

A name of its own: it is what is shown, not how it is asked for.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agora.people.audience import MEMBERS, tokens_of
from agora.people.models import Member
from agora.vocabulary import lists
from agora.vocabulary.models import Cpas, Term
from practices import facets
from practices.catalogue.rows import rows_of
from practices.catalogue.sentences import counted

from ..models import WordPage
from ..persons import indexing as persons
from .pages import key_of

Listing = WordPage.Listing
SHEETS, PEOPLE = 5, 8  # shown before « all of them »
# List → the facet of the catalogue that holds its words.
FACETS = {
    Listing.THEME: "theme",
    Listing.PUBLIC: "public",
    Listing.FUNCTION: "metier",
    Listing.SERVICE: "service",
    Listing.CPAS: "cpas",
}
TRIED = "essayee"
# List → how a member says it of themselves.
OF_PEOPLE = {
    Listing.THEME: "themes__slug",
    Listing.FUNCTION: "function__slug",
    Listing.SERVICE: "service__slug",
    Listing.CPAS: "cpas_id",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a list: its name, its page, « 12 fiches » (empty: none that this reader may open)."""

    name: str
    url: str
    counted: str


@dataclass(frozen=True, slots=True)
class Group:
    """One list of the front page."""

    name: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets under a word: how many, the latest read again, and where all of them are."""

    heading: str
    counted: str
    rows: SafeString
    all_url: str
    is_all: bool


def language_read() -> str:
    """Return the language of the interface, fr or nl."""
    return "nl" if (get_language() or "fr").startswith("nl") else "fr"


def headings() -> dict[str, str]:
    """Return the lists in the order of the front page."""
    return {
        Listing.THEME: _("Thèmes"),
        Listing.PUBLIC: _("Publics"),
        Listing.FUNCTION: _("Métiers"),
        Listing.SERVICE: _("Services"),
        Listing.CPAS: _("Les dix-neuf CPAS"),
    }


def words_in(listing: str) -> tuple[Term | Cpas, ...]:
    """Return the words of a list that are in use, in its order; no query."""
    if listing == Listing.CPAS:
        return lists.cpas_list()
    by_list = {
        Listing.THEME: lists.themes,
        Listing.PUBLIC: lists.publics,
        Listing.FUNCTION: lists.functions,
        Listing.SERVICE: lists.services,
    }
    return by_list[Listing(listing)]().offered


def front(user) -> list[Group]:
    """Return the lists with their words and the number of sheets that this reader may open under each."""
    picture, readable = _readable(user)
    return [
        Group(listing, heading, tuple(_entry(word, listing, picture, readable) for word in words_in(listing)))
        for listing, heading in headings().items()
    ]


def word_page(user, page: WordPage) -> dict[str, Any]:
    """Return all that the page of a word shows."""
    picture, readable = _readable(user)
    words = words_in(page.listing)
    facts = facts_of(page, next((word for word in words if key_of(word) == page.key), None))
    return {
        "page": page,
        "sheets": _sheets(page, picture, readable),
        "people": people_of(user, page),
        "people_url": _people_url(page),
        "facts": facts,
        "list_heading": headings()[page.listing],
        "others": [
            Entry(word.name, address_of(page.listing, key_of(word)), "")
            for word in words
            if key_of(word) != page.key
        ],
    }


def address_of(listing: str, key: str) -> str:
    """Return the page of a word in the language that is being read."""
    return reverse("directory:word", kwargs={"listing": listing, "key": key})


def people_of(user, page: WordPage) -> list[Member]:
    """Return some of the members who say this word of themselves and may be found; none for a visitor."""
    if page.listing not in OF_PEOPLE or MEMBERS not in tokens_of(user):
        return []
    found = persons.visible(user).filter(**{OF_PEOPLE[Listing(page.listing)]: page.key})
    return list(found.prefetch_related(None).order_by("last_name", "first_name", "pk")[: PEOPLE + 1])


def facts_of(page: WordPage, word: Term | Cpas | None) -> list[tuple[str, str]]:
    """Return what one may want to know of a word: acronym, the other language, postal codes, size."""
    if word is None:
        return []
    other = "nl" if page.language == "fr" else "fr"
    said_other = _("En français") if other == "fr" else _("En néerlandais")
    if isinstance(word, Cpas):
        return [
            (_("Codes postaux") if " " in word.postal_codes else _("Code postal"), word.postal_codes),
            (_("Taille"), word.get_size_display()),
            (said_other, getattr(word, f"name_{other}")),
        ]
    named = getattr(word, f"name_{other}")
    if short := getattr(word, f"short_{other}", ""):
        named = f"{named} ({short})"
    own = getattr(word, f"short_{page.language}", "")
    return [*([(_("Sigle"), own)] if own else []), (said_other, named)]


def _readable(user) -> tuple[facets.Picture, int]:
    picture = facets.picture()
    return picture, picture.readable(member=MEMBERS in tokens_of(user))


def _entry(word: Term | Cpas, listing: str, picture: facets.Picture, readable: int) -> Entry:
    key = key_of(word)
    count = picture.matching(readable, {FACETS[Listing(listing)]: [key]}).bit_count()
    return Entry(word.name, address_of(listing, key), counted(count) if count else "")


def _sheets(page: WordPage, picture: facets.Picture, readable: int) -> list[Sheets]:
    """Return the sheets under a word; for a CPAS, those that it told, then those that it has tried."""
    facet = FACETS[Listing(page.listing)]
    if page.listing != Listing.CPAS:
        return [_shelf(_("Fiches"), facet, page.key, picture, readable)]
    told = _shelf(_("Fiches racontées ici"), facet, page.key, picture, readable)
    own = picture.any_of(facet, [page.key])
    tried = _shelf(_("Fiches d’ailleurs, essayées ici"), TRIED, page.key, picture, readable, without=own)
    return [told, *([tried] if tried.rows else [])]


def _shelf(
    heading: str, facet: str, key: str, picture: facets.Picture, readable: int, without: int = 0
) -> Sheets:
    """Return one shelf; `without`: sheets that stand above already, which the link still counts."""
    mask = picture.matching(readable, {facet: [key]})
    count = mask.bit_count()
    cards = picture.ordered(mask & ~without, facets.DEFAULT_SORT, 0, SHEETS)
    url = f"{reverse('practices:list')}?{urlencode({facet: key})}"
    return Sheets(heading, counted(count), rows_of(cards), url, count <= len(cards))


def _people_url(page: WordPage) -> str:
    words = {"q": "", "kind": persons.KIND, page.listing: page.key}
    return f"{reverse('search:results')}?{urlencode(words)}"
