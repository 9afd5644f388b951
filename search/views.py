"""The page of results, and what the search box suggests while somebody types."""

from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agora.people.access import public
from agora.people.feeds import too_many
from agora.richtext.numbers import interface_language

from .following.rows import is_followed
from .forms import Question, asked, readable
from .results import Results
from .service import search_service
from .silent.actions import hear
from .situations.querysets import shown_situations
from .suggesting import said, suggested

MOST_SUGGESTIONS = 120  # requests a minute of one person, or of one address: whole offices share one
WINDOW = 60  # seconds


@public
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what the person who looks may see of what they ask; without words, everything by recency.

    Visitors find what is in the showcase. The answer depends on who asks: no cache may keep it.
    """
    page = _found(request, asked(request.GET))
    if page.question.page > page.page.paginator.num_pages:  # beyond the end: the last page
        page = _found(request, replace(page.question, page=page.page.paginator.num_pages))
    hear(request, page.question, page.answer)
    is_member = getattr(request.user, "is_validated", False)
    context = {
        "results": page,
        "answer": page.answer,
        "question": page.question,
        "is_member": is_member,
        "is_followed": is_member and is_followed(request.user, page.question.kept),
        "situations": shown_situations() if not page.question.kept else (),
    }
    response = render(request, "search/results.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _found(request: HttpRequest, question: Question) -> Results:
    answer = search_service().search(
        question.text, request.user, filters=question.filters, page=question.page, sort=question.sort
    )
    return Results(question, answer, interface_language(), request.user)


@public
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Say what the words typed so far may become, for this person; 429 when asked too often."""
    who = f"user:{request.user.pk}" if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
    if too_many(who, MOST_SUGGESTIONS, what="suggest", window=WINDOW):
        response = JsonResponse({"options": [], "said": ""}, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(WINDOW)
    else:
        found = suggested(readable(request.GET.get("q", "")), request.user)
        options = [
            {"label": each.label, "kind": each.kind, "url": each.url, "lang": each.language} for each in found
        ]
        response = JsonResponse({"options": options, "said": said(found)})
    response["Cache-Control"] = "private, no-store"
    return response
