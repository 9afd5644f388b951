"""The page on which one chooses a document, and the one that tells what was understood of it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agora.drafts.permissions import get_draft_for
from agora.people.access import members_only

from ..drafting import KIND, step_url
from ..steps import REVIEW
from ..wording import interface_language
from .actions import begin_from_document
from .checks import NotReadable
from .forms import DocumentForm
from .report import report_of, said_wrong


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def import_word(request: HttpRequest) -> HttpResponse:
    """Take a Word document and begin a draft from it; when it cannot be read, say why and what to do."""
    if request.method != "POST":
        return _ask(request, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form, status=400)
    sent = form.cleaned_data["document"]
    try:
        draft = begin_from_document(
            request.user, sent.file, name=sent.name or "", language=interface_language()
        )
    except NotReadable as error:
        form.add_error("document", said_wrong(error.wrong))
        return _ask(request, form, status=400)
    return redirect("practices:word_report", pk=draft.pk)


def _ask(request: HttpRequest, form: DocumentForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "section": "drafts", "alternates": {}}
    return render(request, "practices/word/import.html", context, status=status)


@never_cache
@require_safe
@members_only
def word_report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Tell what became of a document: section by section, what was left out, what to check."""
    draft = get_draft_for(request.user, pk, kind=KIND)
    report = report_of(draft)
    if report is None:
        raise Http404
    context = {
        "draft": draft,
        "report": report,
        "on_url": step_url(draft, 1),
        "preview_url": step_url(draft, REVIEW),
        "section": "drafts",
    }
    return render(request, "practices/word/report.html", context)
