"""The feed of the list, for visitors and for whoever holds a key; and the key itself."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agora.people import feeds
from agora.people.access import members_only, public
from agora.people.feed_keys import holder_of, renew_key, revoke_key

from ... import facets
from ...catalogue.asked import asked, words
from ...catalogue.found import found_for
from ...wording import interface_language
from ..filters.rows import name_for
from .addresses import feed_url
from .atom import feed_of


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The list as a feed: same query as its page, newest first; 404 for a key that opens nothing.

    Without a key everybody gets what visitors read, signed in or not: a reader of feeds has no session.
    """
    key = request.GET.get(feeds.KEY_PARAMETER, "")
    if feeds.asks_too_often(request, key):
        return feeds.told_to_wait()
    reader = holder_of(key) if key else AnonymousUser()
    if reader is None:
        raise Http404
    known = words(member=bool(key))
    wanted = asked(request.GET, known)
    found = found_for(reader, wanted, facets.picture())
    own = {feeds.KEY_PARAMETER: key} if key else {}
    written = feed_of(
        found.cards("nouvelles", 0, feeds.ENTRIES),
        title=_title(name_for(wanted, known)),
        query=wanted.kept,
        language=interface_language(),
        url=feed_url(wanted.kept, **own),
        page=f"{settings.SITE_URL}{reverse('practices:list')}?{wanted.kept}",
    )
    return feeds.answer(request, written, is_private=bool(key))


def _title(name: str) -> str:
    return _("Agora, les pratiques : %(name)s") % {"name": name} if name else _("Agora, les pratiques")


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
