"""The page of a situation: the texts that editors chose, then what a search finds now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agora.people.access import public
from agora.richtext.numbers import interface_language

from .. import documents
from ..forms import Question
from ..results import Results
from ..service import search_service
from .querysets import shown_situations


@public
@require_safe
def situation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a situation as far as the reader may read; 404 for one that is not shown."""
    shown = get_object_or_404(shown_situations(), slug=slug)
    service, question = search_service(), Question(shown.query, {})
    pages = shown.texts.values_list("page_id", flat=True)
    chosen = service.shown(documents.uids_of_pages(pages), request.user, shown.query)
    answer = service.search(shown.query, request.user, but=frozenset(hit.uid for hit in chosen))
    context = {
        "situation": shown,
        "chosen": chosen,
        "answer": answer,
        "results": Results(question, answer, interface_language(), request.user),
        "question": question,
        "others": shown_situations().exclude(pk=shown.pk)[:4],
        "is_member": getattr(request.user, "is_validated", False),
    }
    response = render(request, "search/situation.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
