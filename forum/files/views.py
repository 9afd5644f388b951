"""The checked door of the files of rooms: each reading asks again who reads."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agora.attachments.kinds import ACCEPT
from agora.attachments.serving import guarded
from agora.people.access import members_only

from ..doors import actions as doors
from ..models import RoomFile
from ..rooms.permissions import get_seat_for, get_visit_for
from ..rooms.views import refuse_softly
from ..talk.permissions import get_text_for
from . import actions, permissions


@members_only
@require_safe
def file(request: HttpRequest, pk, file_pk) -> HttpResponse:
    """Send a file to whoever reads its text; to anybody else it does not exist. No browser keeps it.

    The room reads in its journal each time that two keys open one.
    """
    found = _readable(request, pk, file_pk)
    response = HttpResponse(found.opened(), content_type=found.sort.media_type)
    way = "inline" if found.sort.is_shown_inline else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{found.name}"'
    response["Cache-Control"] = "private, no-store"
    return guarded(response, found.kind)


def _readable(request: HttpRequest, pk, file_pk) -> RoomFile:
    try:
        seat = get_seat_for(request.user, pk)
    except Http404:
        visit = get_visit_for(request.user, pk)
        found = permissions.get_visited_file_for(visit, file_pk)
        refuse_softly(doors.visit, request.user, visit.access, found)
        return found
    return permissions.get_file_for(seat, file_pk)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, pk, text_pk) -> HttpResponse:
    """The files of one's text: add one, take one off."""
    seat = get_seat_for(request.user, pk)
    text = get_text_for(seat, text_pk)
    if not permissions.can_attach(seat, text):
        raise Http404
    context = {"room": seat.room, "text": text, "accept": ACCEPT, "error": "", "gate": None}
    if request.method == "POST":
        try:
            _act(request, seat, text)
        except ValidationError as error:
            context["error"] = " ".join(error.messages)
            context["gate"] = getattr(error, "gate", None)
        else:
            return redirect("forum:files", pk=pk, text_pk=text_pk)
    return render(request, "forum/files/files.html", context, status=422 if context["error"] else 200)


def _act(request: HttpRequest, seat, text) -> None:
    off = request.POST.get("off", "")
    if off:
        try:
            found = text.files.filter(pk=off).first()
        except ValidationError as error:  # no number of a file
            raise Http404 from error
        if found is None:
            raise Http404
        refuse_softly(actions.take_off, seat, found)
        messages.success(request, _("Le fichier est enlevé."))
        return
    upload = request.FILES.get("file")
    if upload is None:
        raise ValidationError(_("Aucun fichier n’est arrivé. Choisissez-le à nouveau."))
    try:
        made = actions.attach(seat, text, upload, request.POST)
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("Le fichier est joint sous le nom « %(name)s ».") % {"name": made.name})
