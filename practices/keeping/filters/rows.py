"""Saved filters as their page says them: what they ask, what is new since the last look.

A name of its own: it is what the page says, not how it is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from agora.people.audience import MEMBERS, tokens_of
from search.service import search_service

from ... import facets
from ...catalogue.asked import Known, Request, asked, words
from ...catalogue.found import KIND, found_with
from ...catalogue.side import label_of
from ...models import SavedFilter

MOST_NAMED = 4  # values in the name that is proposed


@dataclass(frozen=True, slots=True)
class FilterRow:
    """Filters, in words, with how many sheets they find and how many of these are new."""

    kept: SavedFilter
    chosen: list[str]
    total: int
    fresh: int


def request_of(kept: SavedFilter, known: Known) -> Request:
    """Return what saved filters ask; words that left the vocabularies are left out."""
    return asked(QueryDict(kept.query), known)


def name_for(request: Request, known: Known) -> str:
    """Propose a name in words: « Bilan social, essayée par Forest »."""
    labels = labels_of(request, known)
    return ", ".join(labels[:MOST_NAMED]) + ("…" if len(labels) > MOST_NAMED else "")


def labels_of(request: Request, known: Known) -> list[str]:
    """Return what is chosen, in words."""
    return ([f"«\u00a0{request.words}\u00a0»"] if request.words else []) + [
        label_of(pair, known) for pair in request.pairs()
    ]


def filter_rows(user, filters: Iterable[SavedFilter]) -> list[FilterRow]:
    """Return the rows of some filters of one person: no query of the database for each of them."""
    member = MEMBERS in tokens_of(user)
    known, picture = words(member=member), facets.picture()
    readable = picture.readable(member=member)
    asked_for = [(kept, request_of(kept, known)) for kept in filters]
    typed = list(dict.fromkeys(request.words for _kept, request in asked_for if request.words))
    uids = search_service().matching_each(typed, user, kind=KIND) if typed else {}
    rows = []
    for kept, request in asked_for:
        found = found_with(request, picture, readable, uids.get(request.words) if uids is not None else None)
        fresh = found.mask & picture.newer_than(kept.seen_at)
        rows.append(FilterRow(kept, labels_of(request, known), found.total, fresh.bit_count()))
    return rows
