"""The checked door through which files leave, the one for scripts that send them, and withdrawal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.people.access import members_only, public

from . import actions, holders, permissions
from .forms import refused
from .rows import rows_of
from .serving import guarded


@public
@require_safe
def file(request: HttpRequest, pk) -> HttpResponse:
    """Send a file to whoever may read it, 404 to anybody else; 410 with a sentence once it is withdrawn."""
    attachment = permissions.get_attachment_for(request.user, pk)
    if attachment.withdrawn_at:
        return render(request, "attachments/withdrawn.html", {"row": rows_of([attachment])[0]}, status=410)
    etag = f'"{attachment.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(
            attachment.file.open("rb"),
            as_attachment=not attachment.sort.is_shown_inline,
            filename=attachment.name,
            content_type=attachment.sort.media_type,
        )
    response["ETag"] = etag
    # Asked again each time: who may read can change, and so can the file.
    response["Cache-Control"] = "private, no-cache"
    return guarded(response, attachment.kind)


@never_cache
@require_POST
@public
def receive(request: HttpRequest) -> JsonResponse:
    """Take one file in from a script, and answer with its line for the list.

    Open to everybody, so that a closed session is answered in a way that the script understands: 401
    session closed · 403 may not write · 422 refused, with the sentence.
    """
    if not request.user.is_authenticated:
        said = _(
            "Votre session s’est fermée. Reconnectez-vous dans un autre onglet, puis joignez le fichier."
        )
        return JsonResponse({"error": said}, status=401)
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"error": _("Aucun fichier n’est arrivé. Choisissez-le à nouveau.")}, status=400)
    try:
        attachment = actions.receive(upload, request.user)
    except PermissionDenied as error:
        return JsonResponse({"error": str(error)}, status=403)
    except ValidationError as error:
        return JsonResponse({"error": refused(upload, error.messages[0])}, status=422)
    address = reverse("attachments:withdraw", kwargs={"pk": attachment.pk})
    row = {"row": rows_of([attachment])[0], "withdraw_url": address}
    return JsonResponse(
        {"html": render_to_string("attachments/row.html", row), "name": attachment.name}, status=201
    )


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk) -> HttpResponse:
    """Erase a file for good, after saying what that means."""
    attachment = permissions.get_attachment_for(request.user, pk)
    place = _place(request.user, attachment)
    if attachment.withdrawn_at and request.method != "POST":
        return redirect(place[1] if place else "home")
    if not permissions.can_withdraw(request.user, attachment):
        raise PermissionDenied(_("Vous ne pouvez pas retirer ce fichier."))
    typed = request.POST.get("reason", "")
    context = {"row": rows_of([attachment])[0], "place": place, "typed": typed, "error": "", "alternates": {}}
    if request.method == "POST":
        try:
            actions.withdraw(attachment, request.user, typed)
        except ValidationError as error:
            context["error"] = error.message_dict["reason"][0]
            return render(request, "attachments/withdraw.html", context, status=422)
        said = _("« %(name)s » est effacé. Là où il était, on lit qu’un fichier a été retiré.")
        messages.success(request, said % {"name": context["row"].name})
        return redirect(place[1] if place else "drafts:list")
    return render(request, "attachments/withdraw.html", context)


def _place(user, attachment) -> tuple[str, str] | None:
    """Return where a file hangs, for the way back."""
    places = (holder.place(user, attachment) for holder in holders.all_of_them())
    return next(filter(None, places), None)
