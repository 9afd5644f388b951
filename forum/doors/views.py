"""The pages of the two keys: asking, the demands that wait, and reading what was opened."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.people.access import members_only

from ..models import OutsideAccess, Room
from ..rooms.permissions import get_visit_for, is_turned
from ..rooms.views import refuse_softly
from . import actions, permissions
from .forms import AskForm
from .reading import VisitPage

MOST_SHOWN = 100


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def demands(request: HttpRequest) -> HttpResponse:
    """One's demands, those whose key one holds, and the form that asks.

    The form answers the same for a room that does not exist: asking is no way to learn that one does.
    """
    if not permissions.can_ask(request.user):
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        room = Room.objects.filter(pk=form.cleaned_data["room"]).first()
        try:
            if room is not None:
                data = form.cleaned_data
                refuse_softly(
                    actions.ask,
                    request.user,
                    room,
                    data["motive"],
                    hours=data["hours"],
                    with_outcome="outcome" in data["parts"],
                    with_files="files" in data["parts"],
                )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Si cette salle existe, la demande attend ses deux clés, et la salle la lit.")
            )
            return redirect("forum:demands")
    known = OutsideAccess.objects.select_related("asked_by", "first_key_by", "room__version__method")
    rows = [
        {
            "access": access,
            "is_mine": access.asked_by_id == request.user.pk,
            "can_turn": permissions.can_refuse(request.user, access),
            "can_end": permissions.can_end(request.user, access) and access.ended_at is None,
            "is_open": is_turned(access),
        }
        for access in known[:MOST_SHOWN]
    ]
    mine = [row for row in rows if row["is_mine"] or row["can_turn"] or row["can_end"]]
    return render(request, "forum/doors/demands.html", {"rows": mine, "form": form})


@members_only
@require_POST
def key(request: HttpRequest, access_pk: int) -> HttpResponse:
    """Turn one's key, refuse, or end."""
    if not permissions.can_ask(request.user):
        raise Http404
    access = get_object_or_404(OutsideAccess.objects.select_related("room", "asked_by"), pk=access_pk)
    act = {"turn": actions.turn, "refuse": actions.refuse, "end": actions.end}.get(
        request.POST.get("act", "")
    )
    if act is None:
        raise Http404
    refuse_softly(act, request.user, access)
    messages.success(request, _("C’est fait. La salle le lit dans son journal."))
    return redirect("forum:demands")


@members_only
@require_safe
def visit(request: HttpRequest, pk) -> HttpResponse:
    """Read a room that two keys opened: what the whole room reads, nothing that is still sealed."""
    opened = get_visit_for(request.user, pk)
    refuse_softly(actions.visit, request.user, opened.access)
    return render(request, "forum/doors/visit.html", {"page": VisitPage(opened)})
