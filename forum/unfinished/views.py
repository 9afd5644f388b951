"""Where the forms of a room save themselves while one types."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from agora.people.access import members_only

from ..rooms.permissions import get_seat_for
from ..rooms.views import refuse_softly
from .actions import keep_form


@members_only
@require_POST
def keep(request: HttpRequest, pk) -> JsonResponse:
    """Keep a form; the answer says when it was kept, never what."""
    seat = get_seat_for(request.user, pk)
    name, about = request.POST.get("form", ""), request.POST.get("form_pk", "")
    about = about if about.isascii() and about.isdigit() and len(about) < 20 else ""
    number = request.POST.get("sequence", "")
    sequence = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    refuse_softly(keep_form, seat, name, about, request.POST, sequence=sequence)
    return JsonResponse({"kept": True, "at": timezone.localtime().strftime("%H:%M")})
