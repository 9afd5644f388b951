"""What else Agora holds about what a sheet speaks of: messages elsewhere, words of the trade, help.

A name of its own: search finds it, for all members alike, and it is kept under the catalogue's mark; what one
may read is asked again of each room at each reading, in a request that the sheet does not wait for. Other
rooms do not move that mark: asked anew each hour.
Sheets have their place in neighbours.py.
"""

from functools import lru_cache

from django.utils import timezone

from agora.vocabulary import lists
from search import documents
from search.answers import Hit
from search.service import search_service

from ..indexing import KIND, SOURCE, words_of
from ..models import PracticePage

SHOWN, LOOKED_AT = 4, 16


def around(user, practice: PracticePage, mark: str) -> tuple[Hit, ...]:
    """Return the texts of other kinds that resemble a sheet; the thread under it and its sister left out."""
    uids, own = _kept(practice.pk, mark, lists.stamp(), f"{timezone.now():%j%H}")
    return search_service().around(uids, user, but=own, size=SHOWN) if uids else ()


@lru_cache(maxsize=512)
def _kept(pk: int, _mark: str, _words: object, _hour: str) -> tuple[tuple[str, ...], frozenset[str]]:
    practice = PracticePage.objects.select_related("locale").get(pk=pk)
    sisters = PracticePage.objects.filter(translation_key=practice.translation_key)
    themes = frozenset(theme.slug for theme in practice.themes.all())
    uids = search_service().related(
        words_of(practice),
        member=True,
        size=LOOKED_AT,
        kinds=documents.related_kinds() - {KIND},
        near={"theme": themes},
    )
    return uids, frozenset(SOURCE.uid(key) for key in sisters.values_list("pk", flat=True))
