"""The page of results."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from agora.people.access import public

from .forms import asked
from .results import Results
from .service import search_service


@public
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what the person who looks may see of what they ask; without words, everything by recency.

    Visitors find what is in the showcase. The answer depends on who asks: no cache may keep it.
    """
    question = asked(request.GET)
    answer = search_service().search(
        question.text, request.user, filters=question.filters, page=question.page
    )
    page = Results(question, answer, _language())
    if question.page > page.page.paginator.num_pages:  # beyond the end: the last page
        question = replace(question, page=page.page.paginator.num_pages)
        answer = search_service().search(
            question.text, request.user, filters=question.filters, page=question.page
        )
        page = Results(question, answer, _language())
    is_member = getattr(request.user, "is_validated", False)
    context = {"results": page, "answer": answer, "question": question, "is_member": is_member}
    response = render(request, "search/results.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _language() -> str:
    return "nl" if (get_language() or "fr").startswith("nl") else "fr"
