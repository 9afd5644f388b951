"""A search as an Atom feed, for readers of feeds; a name of its own: it is a document, not a page.

Titles and the beginning of what everybody who may read sees, nobody's name. With a key: what its holder may
read at this moment; without: what visitors read.
"""

from html import unescape

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agora.people import feeds
from agora.people.access import public
from agora.people.feed_keys import holder_of
from agora.richtext.numbers import interface_language

from ..answers import Hit
from ..asking import Wish
from ..forms import asked
from ..service import search_service
from .rows import name_of


def feed_url(query: str, key: str = "") -> str:
    """Return the absolute address of the feed of a search, with a key or without."""
    own = urlencode({feeds.KEY_PARAMETER: key}) if key else ""
    rest = "&".join(filter(None, [query, own]))
    return settings.SITE_URL + reverse("search:feed") + (f"?{rest}" if rest else "")


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What a search finds as a feed, the last change first; 404 for a key that opens nothing."""
    key = request.GET.get(feeds.KEY_PARAMETER, "")
    if feeds.asks_too_often(request, key):
        return feeds.told_to_wait()
    reader = holder_of(key) if key else AnonymousUser()
    if reader is None:
        raise Http404
    question = asked(request.GET)
    hits = search_service().latest(Wish(question.text, question.filters), reader, feeds.ENTRIES)
    written = feeds.Feed(
        title=_("Agora, la recherche %(name)s") % {"name": name_of(question)},
        link=settings.SITE_URL + reverse("search:results") + question.address(),
        description=_("Titres et résumés ; le reste se lit sur Agora."),
        language=interface_language(),
        author_name=feeds.AUTHOR,
        feed_url=feed_url(question.kept, key),
        feed_guid=feeds.name_of(f"search:{interface_language()}:{question.kept}"),
    )
    for hit in hits:
        _add(written, hit)
    return feeds.answer(request, written, is_private=bool(key))


def _add(written: feeds.Feed, hit: Hit) -> None:
    changed = hit.updated or feeds.LONG_AGO
    written.add_item(
        title=_plain(hit.title),
        link=settings.SITE_URL + hit.url,
        description=_plain(hit.snippet),
        unique_id=feeds.name_of(hit.uid),
        pubdate=changed,
        updateddate=changed,
        author_name=feeds.AUTHOR,
    )


def _plain(marked: str) -> str:
    return unescape(strip_tags(marked))
