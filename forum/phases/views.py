"""Moving the phases of a room, and the beat that open pages look at."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agora.people.access import members_only

from ..rooms.forms import MoveForm
from ..rooms.permissions import get_led_seat_for, get_pulse_for
from ..rooms.views import refuse_softly
from . import actions


@members_only
@require_POST
def move(request: HttpRequest, pk) -> HttpResponse:
    """Advance, come back, extend or nudge."""
    seat = get_led_seat_for(request.user, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Http404
    act, step, reason = (form.cleaned_data[name] for name in ("act", "step", "reason"))
    try:
        if act == "advance":
            refuse_softly(actions.advance, seat, from_step=step or 0, reason=reason)
        elif act == "reopen":
            refuse_softly(actions.reopen, seat, step if step is not None else -1, reason=reason)
        elif act == "extend":
            refuse_softly(actions.extend, seat, form.cleaned_data["amount"] or 0)
            messages.success(request, _("La phase est prolongée."))
        else:
            refuse_softly(actions.nudge, seat)
            messages.success(
                request, _("Le rappel est parti à qui n’a pas encore écrit. Vous ne saurez pas à qui.")
            )
    except ValidationError as error:
        if getattr(error, "code", "") == actions.WITHOUT_REASON:  # said where the reason is typed
            return redirect(f"{reverse('forum:room', kwargs={'pk': pk})}?pourquoi=1#pourquoi")
        messages.error(request, " ".join(error.messages))
    return redirect("forum:room", pk=pk)


@members_only
@require_safe
def beat(request: HttpRequest, pk) -> HttpResponse:
    """Say whether the room moved since a page was drawn, and how long the phase still lasts; no text."""
    number, due = get_pulse_for(request.user, pk)
    return JsonResponse({"beat": number, "due": due.isoformat() if due else None})
