"""The page where one searches one's own rooms; by POST, so that the words stay out of addresses and logs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from agora.people.access import members_only

from .reading import find


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Search one's rooms."""
    words = request.POST.get("words", "").replace("\x00", "")[:200] if request.method == "POST" else ""
    context = {"words": words, "hits": find(request.user, words) if words.strip() else []}
    return render(request, "forum/finding/search.html", context)
