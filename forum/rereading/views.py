"""The page of whoever reads before the others, and the two acts around it: ask another, pass over."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agora.airlock.second_reader import SecondReaderForm
from agora.people.access import members_only

from ..models import Seat, SecondReading
from ..rooms.permissions import get_seat_for
from ..rooms.views import refuse_softly
from . import actions, permissions


def _place(reading: SecondReading) -> str:
    return "forum:room" if reading.text_id else "forum:synthesis"


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, pk, reading_pk: int) -> HttpResponse:
    """Read before the others, and answer. To anybody else who sits there, the page does not exist."""
    seat = get_seat_for(request.user, pk)
    found = permissions.get_reading_for(seat, reading_pk)
    if not permissions.can_answer(seat, found):
        raise Http404
    form = SecondReaderForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            refuse_softly(actions.answer, seat, found, form.verdict(), seen=request.POST.get("seen", ""))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Merci. Votre réponse est donnée, et son auteur la lit."))
            return redirect(_place(found), pk=pk)
    words = actions.words_of(found)
    context = {
        "room": seat.room,
        "reading": found,
        "words": found.text.text if found.text else words,
        "files": found.text.files.defer("content") if found.text else [],
        "seen": actions.seal_of(words),
        "form": form,
    }
    return render(request, "forum/rereading/reading.html", context, status=422 if form.errors else 200)


@members_only
@require_POST
def reread(request: HttpRequest, pk, reading_pk: int) -> HttpResponse:
    """Ask somebody else, or pass over with a motive."""
    seat = get_seat_for(request.user, pk)
    found = permissions.get_reading_for(seat, reading_pk)
    act = request.POST.get("act", "")
    try:
        if act == "ask":
            refuse_softly(actions.ask, seat, found, _chosen(request, seat))
            messages.success(request, _("La demande est faite."))
        elif act == "pass":
            refuse_softly(actions.pass_over, seat, found, request.POST.get("motive", ""))
            messages.success(request, _("C’est fait. La salle lit pourquoi dans son journal."))
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_place(found), pk=pk)


def _chosen(request: HttpRequest, seat: Seat) -> Seat:
    number = request.POST.get("reader", "")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise ValidationError(_("Choisissez qui relira."))
    chosen = seat.room.seats.present().filter(pk=number).first()
    if chosen is None:
        raise Http404
    return chosen
