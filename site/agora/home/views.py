"""The door of each language, and what is said when something cannot be shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from agora.drafts.permissions import drafts_of
from agora.drafts.rows import rows_of
from agora.people.access import public
from agora.people.audience import MEMBERS, tokens_of
from practices.keeping.waiting import fresh_filters
from practices.newest import newest_for
from search.situations.querysets import shown_situations

from .acts import short_acts

DRAFTS = 3  # the last ones; the rest is in « Mes brouillons »
FILTERS = 3  # the saved filters with most that is new
SITUATIONS = 6  # where a search may begin; all of them stand on the empty search
NEWS = 6  # « Quoi de neuf » shows half a dozen: the rest is one click away


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show a member what can be done in five minutes, and a visitor what Agora is."""
    user = request.user
    if MEMBERS in tokens_of(user):
        context = {
            "acts": short_acts(user),
            "today": timezone.localdate(),
            "drafts": rows_of(drafts_of(user)[:DRAFTS]),
            "news": newest_for(user, NEWS),
            "fresh": fresh_filters(user)[:FILTERS],
            "situations": shown_situations()[:SITUATIONS],
        }
        return render(request, "home/member.html", context)
    waiting = user.is_authenticated and not user.is_validated
    context = {
        "showcase": newest_for(user, NEWS, get_language()[:2]),
        "waiting": waiting,
        "situations": shown_situations()[:SITUATIONS],
    }
    return render(request, "home/visitor.html", context)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here, without saying whether there ever was."""
    return render(request, "404.html", status=404)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this account may not open this page, and who can help."""
    return render(request, "403.html", status=403)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be understood; nothing was changed."""
    return render(request, "400.html", status=400)


@public
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old or came from elsewhere; the browser's « back » brings the text again."""
    return render(request, "403_csrf.html", status=403)
