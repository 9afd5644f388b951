"""Sheets that look like the title one is typing: adding to one of them often takes a minute.

First by what they speak of, as search understands it (inflections, concepts, both languages), then by the
words of their titles, straight from the database: that needs no index, and serves alone when search is down.
"""

import re
from collections.abc import Iterable

from django.db.models import Q, prefetch_related_objects

from search.service import search_service

from .indexing import KIND
from .models import PracticePage

MOST = 3
WORD_STEM = 6  # « prolongation » and « prolongations », « begeleiding » and « begeleiden »
CANDIDATES = 200
_WORD = re.compile(r"\w{4,}")
_EMPTY_WORDS = frozenset(
    {
        "avec",
        "dans",
        "pour",
        "sans",
        "sous",
        "vers",
        "chez",
        "entre",
        "leur",
        "leurs",
        "notre",
        "votre",
        "cette",
    }
    | {"quand", "comment", "plus", "moins", "tout", "tous", "toute", "toutes", "faire", "être", "avoir"}
    | {"voor", "naar", "door", "over", "onder", "tussen", "zonder", "deze", "onze", "jullie", "alle", "meer"}
    | {"minder", "wanneer", "maken", "worden", "hebben"}
)


def similar_sheets(title: str, *, user, but: PracticePage | None = None) -> list[PracticePage]:
    """Return up to three sheets that this person may read and that resemble this title.

    `but`: the sheet that has it, which says the same in its other language too. Each carries `places`: the
    INS codes of the CPAS where it comes from or was tried. Never raises.
    """
    stems = _stems(title)
    if not stems:
        return []
    own = _in_all_languages(but) if but else set()
    but_own = frozenset(f"{KIND}:{pk}" for pk in own)
    closest = search_service().like(title, user, kind=KIND, size=MOST, but=but_own) or []
    if len(closest) < MOST:
        known = own | {sheet.pk for sheet in closest}
        closest = [*closest, *_sharing(stems, user, known)][:MOST]
    prefetch_related_objects(closest, "adoptions")
    for sheet in closest:
        tried = {adoption.cpas_id for adoption in sheet.adoptions.all()}
        sheet.places = tried | ({sheet.origin_id} if sheet.origin_id else set())
    return closest


def _in_all_languages(sheet: PracticePage) -> set[int]:
    same = PracticePage.objects.filter(translation_key=sheet.translation_key)
    return set(same.values_list("pk", flat=True))


def _sharing(stems: tuple[str, ...], user, known: set[int]) -> list[PracticePage]:
    """Return the sheets whose titles share words with this one, those that are known already left out."""
    either = Q()
    for stem in stems:
        either |= Q(title__icontains=stem)
    found = PracticePage.objects.visible_to(user).filter(either).exclude(pk__in=known)
    found = found.select_related("origin", "locale")
    found = found.only("title", "slug", "maturity", "origin", "locale", "kind", "path")
    scored = [(_shared(stems, sheet.title), sheet) for sheet in found[:CANDIDATES]]
    scored.sort(key=lambda pair: (-pair[0], pair[1].title))
    return [sheet for score, sheet in scored if score][:MOST]


def _stems(title: str) -> tuple[str, ...]:
    words: Iterable[str] = _WORD.findall(title.casefold()[:300])
    return tuple(dict.fromkeys(word[:WORD_STEM] for word in words if word not in _EMPTY_WORDS))[:12]


def _shared(stems: tuple[str, ...], title: str) -> int:
    words = _stems(title)
    return sum(any(word.startswith(stem) or stem.startswith(word) for word in words) for stem in stems)
