"""The page of those who look after vouched numbers."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agora.people.access import members_only

from . import actions, permissions
from .models import Vouch

SHOWN = 50  # of each sort: a queue that is longer has another problem


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vouched(request: HttpRequest) -> HttpResponse:
    """List the texts whose authors vouched for a number, oldest first; take « regardé » and its undoing."""
    if not permissions.can_judge(request.user):
        raise PermissionDenied
    if request.method == "POST":
        name = "again" if "again" in request.POST else "seen"
        typed = request.POST.get(name, "")
        if not (typed.isascii() and typed.isdigit() and len(typed) < 20):
            raise Http404
        actions.look(request.user, permissions.get_vouch_for(request.user, int(typed)), seen=name == "seen")
        return redirect("airlock:vouched")
    mine = Vouch.objects.visible_to(request.user).select_related("by__cpas", "seen_by")
    context = {
        "waiting": mine.waiting()[:SHOWN],
        "seen": mine.exclude(seen_at=None).order_by("-seen_at")[:SHOWN],
    }
    return render(request, "airlock/vouched.html", context)
