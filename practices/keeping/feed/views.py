"""The feed of the list, for visitors and for whoever holds a key; and the key itself."""

import time
from hashlib import blake2b
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agora.people.access import members_only, public
from agora.people.feed_keys import holder_of, renew_key, revoke_key

from ... import facets
from ...catalogue.asked import asked, words
from ...catalogue.found import found_for
from ...wording import interface_language
from ..filters.rows import name_for
from .addresses import KEY_PARAMETER, feed_url
from .atom import MIME, feed_of

ENTRIES = 30
WINDOW = 600  # seconds
# Whole offices share one address, a key is one person's: hence two limits, in requests per window.
MOST_BY_KEY, MOST_BY_ADDRESS = 60, 600


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The list as a feed: same query as its page, newest first; 404 for a key that opens nothing.

    Without a key everybody gets what visitors read, signed in or not: a reader of feeds has no session.
    """
    key = request.GET.get(KEY_PARAMETER, "")
    if too_many(key or request.META.get("REMOTE_ADDR", ""), MOST_BY_KEY if key else MOST_BY_ADDRESS):
        return _told_to_wait()
    reader = holder_of(key) if key else AnonymousUser()
    if reader is None:
        raise Http404
    known = words(member=bool(key))
    wanted = asked(request.GET, known)
    found = found_for(reader, wanted, facets.picture())
    own = {KEY_PARAMETER: key} if key else {}
    written = feed_of(
        found.cards("nouvelles", 0, ENTRIES),
        title=_title(name_for(wanted, known)),
        query=wanted.kept,
        language=interface_language(),
        url=feed_url(wanted.kept, **own),
        page=f"{settings.SITE_URL}{reverse('practices:list')}?{wanted.kept}",
    )
    return _answer(request, written, is_private=bool(key))


def _answer(request: HttpRequest, written, *, is_private: bool) -> HttpResponse:
    body = written.writeString("utf-8")
    response = HttpResponse(body, content_type=MIME)
    etag = f'"{blake2b(body.encode(), digest_size=16).hexdigest()}"'
    changed = int(written.latest_post_date().timestamp())
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    # A sheet that is archived changes the document and no date: only the mark of the whole can be trusted,
    # so a date alone is never answered by « not modified ».
    if "If-None-Match" in request.headers:
        response = get_conditional_response(request, etag=etag, response=response) or response
    response["Cache-Control"] = "private, no-cache" if is_private else "public, no-cache"
    if is_private:
        response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _title(name: str) -> str:
    return _("Agora, les pratiques : %(name)s") % {"name": name} if name else _("Agora, les pratiques")


def too_many(who: str, most: int) -> bool:
    """Count one request; True when there were more than `most` in this window of ten minutes."""
    digest = blake2b(who.encode(), digest_size=16).hexdigest()
    name = f"feed:{digest}:{int(time.time()) // WINDOW}"
    cache.add(name, 0, WINDOW)
    try:
        return cache.incr(name) > most
    except ValueError:  # it went away meanwhile
        return False


def _told_to_wait() -> HttpResponse:
    said = _("Trop de demandes pour ce fil. Réessayez dans dix minutes.")
    response = HttpResponse(
        said, status=HTTPStatus.TOO_MANY_REQUESTS, content_type="text/plain; charset=utf-8"
    )
    response["Retry-After"] = str(WINDOW)
    return response


@members_only
@require_POST
def key(request: HttpRequest) -> HttpResponse:
    """Make a new key, or revoke the one there is."""
    if request.POST.get("act") == "revoke":
        if revoke_key(request.user):
            messages.success(request, _("Votre clé est révoquée : vos fils sont fermés."))
    else:
        renew_key(request.user)
        messages.success(request, _("Voici vos adresses. Une ancienne clé n’ouvre plus rien."))
    response = redirect("practices:filters")
    response["Location"] += "#fils"
    return response
