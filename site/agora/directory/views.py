"""The directory: all the shared words on one page, and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agora.people.access import public

from . import permissions
from .words.page import front, language_read, word_page


@public
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """List the themes, publics, functions, services and the nineteen CPAS, each with its sheets counted."""
    return render(request, "directory/front.html", {"groups": front(request.user)})


@public
@require_safe
def word(request: HttpRequest, listing: str, key: str) -> HttpResponse:
    """Say what a word means, and show what Agora knows under it."""
    page = permissions.get_word_for(request.user, listing=listing, key=key, language=language_read())
    return render(request, "directory/word.html", word_page(request.user, page))
