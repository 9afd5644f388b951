"""A sheet as a file to print or to send: the same rights as its page."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from agora.people.access import public

from ..addresses import sheet_url
from ..permissions import can_write, get_practice_for
from ..wording import interface_language
from . import press
from .reading import said

PAPERS = 30  # new ones in one window, for one person or one address: what a colleague prints in a morning
WINDOW = 5 * 60  # seconds


@public
@require_safe
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet as an A4 PDF, in the language it is written in; 404 for whoever may not read it.

    What was made before is given again, or not sent at all when the browser has it. When it cannot be made
    now, a page says so (429 too many, 503 the compiler).
    """
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    data = said(practice, member=can_write(request.user), today=timezone.localdate())
    seal = press.seal_of(data)
    etag = quote_etag(seal)
    if (known := get_conditional_response(request, etag=etag)) is not None:
        return _labelled(known, etag)
    paper = press.kept(seal)
    if paper is None:
        if _asks_too_much(request):
            return _sorry(request, practice, 429)
        try:
            paper = press.printed(data, seal)
        except press.NoPaper:
            return _sorry(request, practice, 503)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{practice.slug}.pdf")
    return _labelled(response, etag)


def _labelled(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"  # kept by the browser, asked for again each time
    patch_vary_headers(response, ["Cookie"])
    return response


def _sorry(request: HttpRequest, practice, status: int) -> HttpResponse:
    context = {
        "practice": practice,
        "url": sheet_url(practice.slug, interface_language()),
        "too_many": status == 429,
        "alternates": {},
    }
    response = render(request, "practices/paper/sorry.html", context, status=status)
    response["Retry-After"] = str(WINDOW if status == 429 else 60)
    return response


def _asks_too_much(request: HttpRequest) -> bool:
    """Count one new paper for this person, or for a visitor's address on the internet."""
    user = request.user
    who = f"user:{user.pk}" if user.is_authenticated else f"ip:{get_adapter().get_client_ip(request)}"
    name = f"paper:{who}:{int(time.time()) // WINDOW}"
    cache.add(name, 0, WINDOW)
    try:
        return cache.incr(name) > PAPERS
    except ValueError:  # pushed out of the cache between the two: begin again
        return False
