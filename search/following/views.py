"""« Mes recherches »: follow a search, look at what is new, stop, choose the pace of letters."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agora.people import undo
from agora.people.access import members_only
from agora.people.feed_keys import key_of, renew_key, revoke_key

from ..forms import asked
from ..models import FollowedSearch, FollowingPace
from ..wanted import actions as wanted
from ..wanted.querysets import requests_of
from . import actions
from .feed import feed_url
from .rows import followed_rows, name_of, question_of

UNDO = "followed_search"


@members_only
@never_cache
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """One's followed searches, what is new in each; the pace of letters, the feeds; the sheets asked for."""
    own = FollowedSearch.objects.filter(owner=request.user.pk)
    rows = followed_rows(request.user, own)
    key = key_of(request.user)
    pace = FollowingPace.objects.filter(member=request.user.pk).first()
    context = {
        "rows": rows,
        "requests": requests_of(request.user),
        "pace": pace.pace if pace else FollowingPace.Pace.WEEK,
        "paces": FollowingPace.Pace.choices,
        "key": key,
        "feeds": [(row.name, feed_url(row.followed.query, key)) for row in rows] if key else [],
        "undo": undo.offered(request),
    }
    return render(request, "search/followed.html", context)


@members_only
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Follow the search that a page of results shows."""
    question = asked(request.POST)
    try:
        kept, is_new = actions.follow_search(request.user, question.kept)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("search:results") + question.address())
    if is_new:
        said = _("Vous suivez la recherche %(name)s. Ce qui arrive se lit ici.")
    else:
        said = _("Vous suivez déjà la recherche %(name)s.")
    messages.success(request, said % {"name": name_of(question)})
    return HttpResponseRedirect(f"{reverse('search:followed')}#r{kept.pk}")


@members_only
@never_cache
@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what a followed search finds, the newest first, and remember that one looked."""
    kept = _own(request, pk)
    question = question_of(kept)
    if request.method == "GET":
        actions.look(kept)
    return HttpResponseRedirect(reverse("search:results") + question.address(sort="newest"))


@members_only
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop following; the page that follows can take it back."""
    kept = _own(request, pk)
    said = _("Vous ne suivez plus la recherche %(name)s.") % {"name": name_of(question_of(kept))}
    undo.offer(request, UNDO, actions.stop_following(kept), said)
    return redirect("search:followed")


@members_only
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Put back what was just removed: a followed search or a request."""
    kind, data = undo.taken(request)
    try:
        if kind == UNDO:
            actions.follow_again(request.user, data)
        elif kind == wanted.UNDO:
            wanted.ask_again(request.user, data)
        else:
            messages.error(request, _("Il n’y a plus rien à remettre."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("search:followed")


@members_only
@require_POST
def pace(request: HttpRequest) -> HttpResponse:
    """Choose how often a letter may say that there is something new."""
    try:
        chosen = actions.set_pace(request.user, request.POST.get("pace", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("C’est noté : une lettre %(pace)s.") % {"pace": chosen.get_pace_display()}
        messages.success(request, said)
    return HttpResponseRedirect(reverse("search:followed") + "#rythme")


@members_only
@require_POST
def key(request: HttpRequest) -> HttpResponse:
    """Make a new key for feeds, or revoke the one there is; it is the same for all feeds of Agora."""
    if request.POST.get("act") == "revoke":
        if revoke_key(request.user):
            messages.success(request, _("Votre clé est révoquée : vos fils sont fermés."))
    else:
        renew_key(request.user)
        messages.success(request, _("Voici vos adresses. Une ancienne clé n’ouvre plus rien."))
    return HttpResponseRedirect(reverse("search:followed") + "#fils")


def _own(request: HttpRequest, pk: int) -> FollowedSearch:
    """The one gate from a number to a followed search: 404 for whoever does not follow it."""
    kept = FollowedSearch.objects.filter(owner=request.user.pk, pk=pk).first()
    if kept is None:
        raise Http404
    return kept
