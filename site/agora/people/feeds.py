"""What the Atom feeds of all rooms share: their document, their answer, and how often one may ask.

A name of its own: a feed is a document, not a page; a reader of feeds cannot sign in, so a member may have a
key (see feed_keys). Titles and summaries alone go into a feed, and nobody's name.
"""

import time
import uuid
from datetime import UTC, datetime
from hashlib import blake2b
from http import HTTPStatus

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import gettext as _

MIME = "application/atom+xml; charset=utf-8"
KEY_PARAMETER = "cle"
AUTHOR = "Agora CPAS·OCMW"
LONG_AGO = datetime(2012, 1, 1, tzinfo=UTC)  # of an empty feed: the year of the first note
ENTRIES = 30
WINDOW = 600  # seconds
# Whole offices share one address, a key is one person's: hence two limits, in requests per window.
MOST_BY_KEY, MOST_BY_ADDRESS = 60, 600
_IDS = uuid.UUID("5d4f7f0a-4b65-5d6b-9a55-0d6a3ac3a2a1")  # the space of our names, whatever the host


class Feed(Atom1Feed):
    """A feed whose dates come from its entries alone, so that the same entries give the same document."""

    def latest_post_date(self) -> datetime:
        """Return when the last entry changed."""
        return max((item["updateddate"] for item in self.items), default=LONG_AGO)


def name_of(text: str) -> str:
    """Return the lasting identifier (URN) of a feed or an entry, from what names it inside Agora."""
    return uuid.uuid5(_IDS, text).urn


def asks_too_often(request: HttpRequest, key: str) -> bool:
    """Count one request of a feed; True when its key, or its address without a key, asked too often."""
    return too_many(key or request.META.get("REMOTE_ADDR", ""), MOST_BY_KEY if key else MOST_BY_ADDRESS)


def too_many(who: str, most: int, *, what: str = "feed", window: int = WINDOW) -> bool:
    """Count one request; True when there were more than `most` in this window (in seconds)."""
    digest = blake2b(who.encode(), digest_size=16).hexdigest()
    name = f"{what}:{digest}:{int(time.time()) // window}"
    cache.add(name, 0, window)
    try:
        return cache.incr(name) > most
    except ValueError:  # it went away meanwhile
        return False


def told_to_wait() -> HttpResponse:
    """Return the answer to whoever asks too often (429)."""
    said = _("Trop de demandes pour ce fil. Réessayez dans dix minutes.")
    response = HttpResponse(
        said, status=HTTPStatus.TOO_MANY_REQUESTS, content_type="text/plain; charset=utf-8"
    )
    response["Retry-After"] = str(WINDOW)
    return response


def answer(request: HttpRequest, written: Feed, *, is_private: bool) -> HttpResponse:
    """Return a feed as an answer; « not modified » (304) only to a mark of the whole document."""
    body = written.writeString("utf-8")
    response = HttpResponse(body, content_type=MIME)
    etag = f'"{blake2b(body.encode(), digest_size=16).hexdigest()}"'
    changed = int(written.latest_post_date().timestamp())
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    # A text that is archived changes the document and no date: only the mark of the whole can be trusted,
    # so a date alone is never answered by « not modified ».
    if "If-None-Match" in request.headers:
        response = get_conditional_response(request, etag=etag, response=response) or response
    response["Cache-Control"] = "private, no-cache" if is_private else "public, no-cache"
    if is_private:
        response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
