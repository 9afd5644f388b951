"""« Utile », the word that goes with it, and the words that a keeper received."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.people.access import members_only

from ...models import Useful
from ...permissions import get_practice_for
from ...wording import interface_language
from . import actions
from .forms import WordForm
from .permissions import can_say_useful
from .said import readers

PER_PAGE = 30


def _back(practice) -> HttpResponse:
    return HttpResponseRedirect(f"{practice.get_absolute_url()}#utile")


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def useful(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a sheet is useful; the page has the form, and this one when the word is too long."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    if not can_say_useful(request.user, practice):
        raise PermissionDenied
    form = WordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = actions.say_useful(request.user, practice, form.cleaned_data["word"])
        if said.word:
            messages.success(request, _("C’est dit, et votre mot est arrivé."))
        else:
            messages.success(request, _("C’est dit. Votre nom n’apparaît pas."))
        return _back(practice)
    context = {"form": form, "practice": practice, "readers": readers(practice), "alternates": {}}
    return render(request, "practices/keeping/useful.html", context)


@members_only
@require_POST
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's « utile » back."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    if actions.take_back(request.user, practice):
        messages.success(request, _("C’est repris. S’il y avait un mot, il est effacé."))
    return _back(practice)


@members_only
@never_cache
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The words received about the sheets that one keeps; reading them here marks them as read."""
    received = Useful.objects.visible_to(request.user).select_related(
        "member__cpas", "member__function", "practice__locale"
    )
    page = Paginator(received, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "words": shown,
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number),
        "said": _("Mots %(first)d à %(last)d sur %(total)d")
        % {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count},
    }
    response = render(request, "practices/keeping/words.html", context)
    if request.method == "GET":
        actions.mark_read(request.user, shown)
    return response
