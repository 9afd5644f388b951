"""The pages where sheets are read: the list, one sheet, its history, one of its versions."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agora.people.access import members_only, public

from .addresses import history_url, sheet_url
from .catalogue.page import page_for
from .history import lines, version_of, versions_of
from .permissions import can_edit, can_write, get_practice_for
from .sheet import face_of, parts_of, personal_of
from .wording import interface_language

VERSIONS_PER_PAGE = 30


@public
@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """The catalogue: visitors see the showcase, members everything; the address holds all that was chosen."""
    return render(request, "practices/list.html", page_for(request.user, request.GET))


@public
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet, in the language it is written in; 404 for whoever may not read it."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language(), whole=False)
    member = can_write(request.user)
    face = face_of(practice, member=member, editable=can_edit(request.user, practice))
    context = {"practice": practice, "face": face, "alternates": face.alternates, "member": member}
    if member:
        context |= personal_of(request.user, practice)
    return render(request, "practices/sheet.html", context)


@members_only
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The published versions of a sheet, newest first: who, when, how big, why."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language(), whole=False)
    page = Paginator(versions_of(practice), VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "practices/history.html",
        {
            "practice": practice,
            "url": sheet_url(practice.slug, interface_language()),
            "lines": lines(page.object_list, practice),
            "page": page,
            "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "said": _said(_("Versions %(first)d à %(last)d sur %(total)d"), page),
            "alternates": {},
        },
    )


@members_only
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One published version of a sheet, as it was."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    found = version_of(practice, number)
    if found is None:
        raise Http404
    return render(
        request,
        "practices/version.html",
        {
            "practice": practice,
            "version": found,
            "url": sheet_url(practice.slug, interface_language()),
            "history_url": history_url(practice.slug, interface_language()),
            "parts": parts_of(found.practice),
            "alternates": {},
        },
    )


def _said(sentence: str, page) -> str:
    return sentence % {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count}
