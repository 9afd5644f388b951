"""The board of a room: its own page, and the acts on its cards."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agora.people.access import members_only

from ..card_reports.permissions import can_appeal
from ..models import Contribution, Room, Seat, Side, Statement
from ..reports.permissions import LIVING
from ..rooms.permissions import get_seat_for
from ..rooms.views import refuse_softly
from ..unfinished.actions import forget_form
from ..unfinished.reading import begun
from . import actions, permissions
from .forms import ConvergenceForm, DivergenceForm, SideForm
from .reading import board_of


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest, pk) -> HttpResponse:
    """The board, and the two forms that add a card."""
    seat = _seat(request, pk)
    act = request.POST.get("act", "")
    posted = request.POST if request.method == "POST" else None
    left = {name: begun(seat, name, prefix=name[0]) for name in ("converge", "diverge")}
    converging = ConvergenceForm(posted if act == "converge" else None, prefix="c", initial=left["converge"])
    diverging = DivergenceForm(posted if act == "diverge" else None, prefix="d", initial=left["diverge"])
    if request.method == "POST":
        form = converging if act == "converge" else diverging
        if form.is_valid():
            try:
                if act == "converge":
                    refuse_softly(actions.converge, seat, form.cleaned_data["words"], _texts(request, seat))
                else:
                    refuse_softly(actions.diverge, seat, form.cleaned_data["question"], form.sides())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                forget_form(seat, act)
                messages.success(request, _("La carte est posée."))
                return redirect("forum:board", pk=pk)
    shown = board_of(seat)
    context = {
        "room": seat.room,
        "seat": seat,
        "board": shown,
        "can_change": permissions.can_change(seat),
        "keeps": seat.role in permissions.KEEPERS and permissions.can_change(seat),
        "converging": converging,
        "diverging": diverging,
        "can_report": seat.room.state in LIVING,
        "withheld": [(row, can_appeal(seat, row)) for row in shown.withheld],
        "act": act or next((name for name in left if left[name]), ""),
        "ticked": set(posted.getlist("seen") if posted else _listed(left["converge"].get("seen", []))),
    }
    return render(request, "forum/board/board.html", context, status=422 if posted else 200)


def _seat(request: HttpRequest, pk) -> Seat:
    seat = get_seat_for(request.user, pk)
    if seat.room.state == Room.State.GATHERING or not seat.room.method.has("board"):
        raise Http404
    return seat


def _listed(value) -> list:
    return value if isinstance(value, list) else [value]


def _texts(request: HttpRequest, seat: Seat) -> list[Contribution]:
    wanted = set(request.POST.getlist("seen"))
    readable = Contribution.objects.readable_by(seat).filter(kind=Contribution.Kind.INTERPRETATION)
    return [text for text in readable if str(text.pk) in wanted]


@members_only
@require_POST
def card(request: HttpRequest, pk, card_pk: int) -> HttpResponse:
    """Take a card off, or put it back."""
    seat = _seat(request, pk)
    statement = get_object_or_404(Statement, pk=card_pk, room=seat.room_id)
    refuse_softly(actions.remove, seat, statement, back=request.POST.get("act") == "back")
    return redirect("forum:board", pk=pk)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def side(request: HttpRequest, pk, side_pk: int) -> HttpResponse:
    """Stand on a side, accept its words, or propose others."""
    seat = _seat(request, pk)
    found = get_object_or_404(
        Side.objects.select_related("statement"), pk=side_pk, statement__room=seat.room_id
    )
    act = request.POST.get("act", "")
    number = request.POST.get("seen", "")
    seen = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    form = SideForm(
        request.POST if act == "reword" else None,
        initial={"claim": found.claim, "reason": found.reason} | begun(seat, "side", found.pk),
    )
    error = ""
    if request.method == "POST":
        try:
            if act == "hold":
                refuse_softly(actions.hold, seat, found)
            elif act == "let-go":
                refuse_softly(actions.let_go, seat, found)
            elif act == "accept":
                refuse_softly(actions.accept, seat, found, seen=seen)
            elif act == "reword" and form.is_valid():
                refuse_softly(actions.reword_side, seat, found, **form.cleaned_data, seen=seen)
                forget_form(seat, "side", found.pk)
            elif act != "reword":
                raise Http404
            if act != "reword" or form.is_valid():
                return redirect(f"{reverse('forum:board', args=[pk])}#carte{found.statement_id}")
        except ValidationError as problem:
            error = " ".join(problem.messages)
    if not permissions.can_change(seat):
        raise Http404
    found.refresh_from_db()
    context = {"room": seat.room, "side": found, "form": form, "error": error}
    return render(request, "forum/board/side.html", context, status=422 if act else 200)
