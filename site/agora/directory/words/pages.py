"""Keeps one page per word and language in step with the closed lists.

A name of its own: not an act of anybody. It runs when a word is saved, and after each migration for words
that a migration brought.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.db import connection, models
from django.utils import translation

from agora.people.wording import cpas_name
from agora.vocabulary.models import Cpas, Function, Public, Service, Term, Theme
from search import generations, outbox
from search.models import PendingChange

from ..models import WordPage
from ..wording import feminine
from .indexing import SOURCE

LISTS: dict[type[models.Model], str] = {
    Theme: WordPage.Listing.THEME,
    Public: WordPage.Listing.PUBLIC,
    Function: WordPage.Listing.FUNCTION,
    Service: WordPage.Listing.SERVICE,
    Cpas: WordPage.Listing.CPAS,
}
LANGUAGES = ("fr", "nl")
TEXTS = Path(__file__).parents[1] / "data" / "texts.json"


def keep_pages_of(word: Term | Cpas) -> list[WordPage]:
    """Make or correct the two pages of a word, and return them; the text of an editor stays."""
    return [_kept(word, language) for language in LANGUAGES]


def make_missing_pages() -> list[WordPage]:
    """Make the pages of words that have none, and return them; changes nothing that exists."""
    known = set(WordPage.objects.values_list("listing", "key", "language"))
    words = (word for model in LISTS for word in model.objects.all())
    missing = [
        _fresh(word, language)
        for word in words
        for language in LANGUAGES
        if (LISTS[type(word)], key_of(word), language) not in known
    ]
    return WordPage.objects.bulk_create(missing)


def after_migrations(sender, **signal: object) -> None:
    """Make missing pages once the tables of words and pages are both there."""
    tables = set(connection.introspection.table_names())
    needed = {model._meta.db_table for model in (WordPage, PendingChange, *LISTS)}
    made = make_missing_pages() if needed <= tables else []
    if made and generations.is_built():
        outbox.enqueue(*(SOURCE.uid(page.pk) for page in made))


def pages_of(word: Term | Cpas) -> models.QuerySet[WordPage]:
    """Return the pages of a word that are there."""
    return WordPage.objects.filter(listing=LISTS[type(word)], key=key_of(word))


def key_of(word: Term | Cpas) -> str:
    """Return what names a word in addresses and filters."""
    return word.ins_code if isinstance(word, Cpas) else word.slug


def _kept(word: Term | Cpas, language: str) -> WordPage:
    fresh = _fresh(word, language)
    page, _created = WordPage.objects.update_or_create(
        listing=fresh.listing,
        key=fresh.key,
        language=language,
        defaults={"title": fresh.title, "also": fresh.also, "is_live": fresh.is_live},
        create_defaults={
            "title": fresh.title, "also": fresh.also, "is_live": fresh.is_live, "text": fresh.text,
        },
    )  # fmt: skip
    return page


def _fresh(word: Term | Cpas, language: str) -> WordPage:
    name = LISTS[type(word)]
    texts = _texts().get(name, {}).get(key_of(word))
    with translation.override(language):
        title = cpas_name(word) if isinstance(word, Cpas) else word.name
    return WordPage(
        listing=name,
        key=key_of(word),
        language=language,
        title=title,
        also=", ".join(dict.fromkeys(filter(None, _other_names(word, language))))[:300],
        text=texts[LANGUAGES.index(language)] if texts else "",
        is_live=getattr(word, "is_active", True),
    )


def _other_names(word: Term | Cpas, language: str) -> Iterable[str]:
    other = "nl" if language == "fr" else "fr"
    if isinstance(word, Cpas):
        with translation.override(other):
            return [cpas_name(word), word.postal_codes]
    names = [getattr(word, f"short_{language}", ""), getattr(word, f"name_{other}")]
    names.append(getattr(word, f"short_{other}", ""))
    masculine, whole = word.name_fr, feminine(word.name_fr)
    return [*names, whole if whole != masculine else ""]


@cache
def _texts() -> dict[str, dict[str, list[str]]]:
    """Return what each word means, as a new installation says it: list → word → [French, Dutch]."""
    return json.loads(TEXTS.read_text("utf-8"))
