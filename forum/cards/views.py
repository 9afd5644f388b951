"""Dealing the role cards."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agora.people.access import members_only

from ..rooms.permissions import get_led_seat_for
from ..rooms.views import refuse_softly
from . import actions


@members_only
@require_POST
def deal(request: HttpRequest, pk) -> HttpResponse:
    """Deal the cards, or deal them again."""
    seat = get_led_seat_for(request.user, pk)
    try:
        refuse_softly(actions.deal, seat)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Les cartes sont distribuées : chacun ne lit que la sienne."))
    return redirect("forum:room", pk=pk)
