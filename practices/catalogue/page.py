"""The page of the list put together: all that its template prints."""

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from .. import facets
from ..addresses import list_url
from ..keeping.feed.addresses import feed_url
from ..permissions import can_write
from ..wording import interface_language
from . import nineteen, rows, sentences, side
from .asked import WORDS_PARAMETER, Known, Request, asked, sorts, words
from .found import Found, found_for

PER_PAGE = 12  # with all its filters, a first view of at most 100 kB


def page_for(user, query: QueryDict) -> dict[str, object]:
    """Return the context of the list for a user (or visitor) and an address, as a list or as a map."""
    member = can_write(user)
    known = words(member=member)
    request = asked(query, known)
    found = found_for(user, request, facets.picture())
    counts = found.counts(request)
    context = {
        "asked": request,
        "found": found,
        "is_member": member,
        "lead": sentences.lead(found.readable.bit_count(), member=member),
        "counted": sentences.counted(found.total),
        "unit": sentences.unit(found.total),
        "active_said": sentences.active(request),
        "show_said": sentences.to_show(found.total),
        "chips": side.chips(request, known),
        "all_url": list_url(interface_language()),
        "list_url": request.address(is_map=False),
        "map_url": request.address(is_map=True),
        "feed_url": feed_url(request.kept),
        "hidden": _hidden(request),
        "sorts": sorts(request),
    }
    context |= _groups(request, counts, known)
    return context | (_map(request, counts) if request.is_map else _rows(request, found, query))


def _groups(request: Request, counts, known: Known) -> dict[str, object]:
    front, rest = [], []
    for group in side.groups(request, counts, known):
        (front if group.is_in_front else rest).append(group)
    return {"groups": front, "rest": rest, "is_rest_open": any(group.is_used for group in rest)}


def _hidden(request: Request) -> list[tuple[str, str]]:
    """Return what the form of the order carries along."""
    return [*request.pairs(), *([(WORDS_PARAMETER, request.words)] if request.words else [])]


def _map(request: Request, counts) -> dict[str, object]:
    places = nineteen.places(request, counts)
    return {"places": places, "places_said": nineteen.in_words(places)}


def _rows(request: Request, found: Found, query: QueryDict) -> dict[str, object]:
    page = Paginator(range(found.total), PER_PAGE).get_page(query.get("page"))
    start = page.start_index() - 1 if found.total else 0
    said = _("Fiches %(first)d à %(last)d sur %(total)d")
    window = {"first": page.start_index(), "last": page.end_index(), "total": found.total}
    return {
        "rows": rows.rows_of(found.cards(request.sort, start, start + PER_PAGE)),
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "said": said % window,
    }
