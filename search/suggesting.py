"""What the search box suggests while somebody types: words of the trade, titles, people, closed lists.

A name of its own: it is neither a search nor a page. Titles come from the engine as the viewer sees the world
and are rechecked in the database; words come from the editors' lists. Never what others typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.richtext.numbers import capitalised, in_letters, interface_language
from agora.vocabulary import lists
from agora.vocabulary.models import Concept

from . import analysis
from .contract import LANGUAGES, Lang
from .fields import typed_words
from .service import search_service

SHORTEST = 2  # signs typed before anything is suggested
MOST_WORDS, MOST_LISTS, MOST_TITLES = 3, 3, 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: what it says, what kind of thing it is, where it leads, in which language it is written."""

    label: str
    kind: str
    url: str
    language: Lang


def suggested(text: str, user) -> list[Suggestion]:
    """Return what a user (or visitor) is offered for the words typed so far; nothing for less than two signs.

    At most eleven lines, words first. Never raises because of the engine: words and lists alone then.
    """
    begun = " ".join(typed_words(text))
    if len(begun) < SHORTEST:
        return []
    offered = [*_words(begun), *_lists(begun)]
    said_already = {analysis.fold(each.label) for each in offered}
    titles = [
        Suggestion(words.title, str(source.one or source.label), source.address_of(obj), words.language)
        for source, obj, words in search_service().titles(text, user, MOST_TITLES * 2)
        if analysis.fold(words.title) not in said_already  # a word of a list has a page of that name
    ]
    return offered + titles[:MOST_TITLES]


def said(suggestions: list[Suggestion]) -> str:
    """Say how many lines there are, for those who do not see them."""
    count = len(suggestions)
    if not count:
        return _("Aucune suggestion.")
    words = ngettext("%(n)s suggestion.", "%(n)s suggestions.", count)
    return capitalised(words % {"n": in_letters(count, feminine=True)})


def _words(begun: str) -> list[Suggestion]:
    """Return the names of the concepts that one of their terms makes somebody think of."""
    language, found = interface_language(), {}
    for rank, label, spoken in sorted(_matching(begun, _terms(lists.concepts()), language)):
        found.setdefault(label, (rank, spoken))
    return [
        Suggestion(label, _("Mot du métier"), _search(q=label), spoken)
        for label, (_rank, spoken) in list(found.items())[:MOST_WORDS]
    ]


def _matching(begun: str, terms, language: Lang) -> Iterable[tuple[int, str, Lang]]:
    for term, name, spoken in terms:
        if term.startswith(begun) or f" {begun}" in term:
            # One's own language, then what begins so, then the shortest.
            rank = (spoken != language) * 10_000 + (not term.startswith(begun)) * 1000 + len(name)
            yield rank, name, spoken


_Terms = tuple[tuple[str, str, Lang], ...]
_snapshot: tuple[tuple[Concept, ...] | None, _Terms] = (None, ())


def _terms(concepts: tuple[Concept, ...]) -> _Terms:
    """Return the terms of concepts as one types them, each with the name that is suggested for it."""
    global _snapshot
    seen, terms = _snapshot
    if concepts is not seen:
        terms = tuple(_read(concepts))
        _snapshot = (concepts, terms)
    return terms


def _read(concepts: tuple[Concept, ...]) -> Iterable[tuple[str, str, Lang]]:
    for concept in concepts:
        for language in LANGUAGES:
            label = getattr(concept, f"label_{language}")
            terms = [label, *getattr(concept, f"variants_{language}").splitlines()]
            terms += getattr(concept, f"acronyms_{language}").split()
            if label:
                yield from ((" ".join(typed_words(term)), label, language) for term in terms if term.strip())


def _lists(begun: str) -> list[Suggestion]:
    """Return the words of the closed lists that begin so: each shows what is filed under it."""
    language = interface_language()
    kinds = {
        "service": (_("Service"), {term.slug: term.name for term in lists.services().offered}),
        "theme": (_("Thème"), {term.slug: term.name for term in lists.themes().offered}),
        "public": (_("Public"), {term.slug: term.name for term in lists.publics().offered}),
        "function": (_("Métier"), {term.slug: term.name for term in lists.functions().offered}),
        "cpas": (_("CPAS"), {cpas.pk: cpas.name for cpas in lists.cpas_list()}),
    }
    found = [
        (not folded.startswith(begun), len(name), name, kind, _search(**{facet: value}))
        for facet, (kind, names) in kinds.items()
        for value, name in names.items()
        if (folded := analysis.fold(name)).startswith(begun) or f" {begun}" in folded
    ]
    return [Suggestion(name, kind, url, language) for _1, _2, name, kind, url in sorted(found)[:MOST_LISTS]]


def _search(**query: str) -> str:
    return f"{reverse('search:results')}?{urlencode(query)}"
