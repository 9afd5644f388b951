"""The pages where sheets are read: the list, and one sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agora.people.access import members_only, public

from . import facets
from .catalogue.page import page_for
from .permissions import can_edit, can_write, get_practice_for
from .sheet import face_of, personal_of
from .sheet.around import around as around_of
from .wording import interface_language


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
    picture = facets.picture()
    face = face_of(practice, picture, member=member, editable=can_edit(request.user, practice))
    context = {"practice": practice, "face": face, "alternates": face.alternates, "member": member}
    context |= personal_of(request.user, practice, member=member, mark=picture.mark)
    return render(request, "practices/sheet.html", context)


@members_only
@never_cache
@require_safe
def around(request: HttpRequest, slug: str) -> HttpResponse:
    """What speaks of a sheet's subject elsewhere: a page, or (`partie`) the part that the sheet takes in."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    template = "practices/sheet_around.html" if "partie" in request.GET else "practices/around.html"
    context = {"practice": practice, "hits": around_of(request.user, practice, facets.picture().mark)}
    return render(request, template, context)
