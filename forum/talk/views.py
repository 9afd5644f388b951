"""Writing in a room: send, correct, withdraw, set aside, choose, and the draft kept as one types."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agora.airlock.actions import look
from agora.airlock.permissions import get_vouch_for
from agora.people.access import members_only

from ..models import Contribution, Seat
from ..phases.actions import choose
from ..rooms.permissions import get_led_seat_for, get_seat_for
from ..rooms.views import refuse_softly, show
from . import actions, composing, permissions, wording
from .calling import known_to
from .names import name_under


def _parent(seat: Seat, pk: str) -> Contribution | None:
    if not pk:
        return None
    try:
        return permissions.get_text_for(seat, pk)
    except ValidationError as error:  # no address of a text
        raise Http404 from error


@members_only
@require_POST
def write(request: HttpRequest, pk) -> HttpResponse:
    """Send a text; refused, it comes back in the page with the reason."""
    seat = get_seat_for(request.user, pk)
    parent = _parent(seat, request.POST.get("parent", ""))
    typed = request.POST.get("text", "")
    step = request.POST.get("step", "")
    back = {"text": typed, "parent": str(parent.pk) if parent else "", "sign": request.POST.get("sign", "")}
    go = request.POST.get("go", "")
    if go.startswith(composing.AT):
        return show(request, seat, **back | {"text": composing.with_name(typed, go)})
    known, is_sealed = known_to(seat, typed), seat.room.phase.is_sealed
    gate = wording.gate_before(typed, request.POST, known, is_sealed=is_sealed)
    if go == "preview":
        by = _by(seat, request.POST)
        run = seat.room.runs.filter(number=seat.room.step).first()
        preview = composing.preview_of(seat, run, typed, by)
        return show(request, seat, gate=gate if gate.reports else None, preview=preview, **back)
    if typed.strip() and not gate.is_open:
        return show(request, seat, status=422, gate=gate, **back)
    try:
        refuse_softly(
            actions.write,
            seat,
            typed,
            step=int(step) if step.isascii() and step.isdigit() and len(step) < 3 else -1,
            parent=parent,
            under_pseudonym=request.POST.get("sign") != "name",
            is_sure=bool(request.POST.get("sure")),
            given=request.POST,
        )
    except ValidationError as error:
        back["error"] = " ".join(error.messages)
        back["advice"] = isinstance(error, actions.LooksLikeAdvice)
        return show(request, get_seat_for(request.user, pk), status=422, **back)
    messages.success(request, _("Votre texte est déposé."))
    return redirect("forum:room", pk=pk)


def _by(seat: Seat, post: Mapping[str, str]) -> str:
    """Return the name under which a text will stand."""
    signed = actions.signature(seat, under_pseudonym=post.get("sign") == "pseudonym")
    return signed or seat.member.signature


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk, text_pk) -> HttpResponse:
    """Correct or withdraw one's text; for who leads: set aside, or choose the story."""
    seat = get_seat_for(request.user, pk)
    found = permissions.get_text_for(seat, text_pk)
    act = request.POST.get("act", "")
    if request.method == "POST" and act in ("aside", "back", "choose"):
        return _led(request, seat, found, act)
    if not permissions.is_own(seat, found) or found.withdrawn_at:
        raise Http404
    typed, error = found.text, ""
    if request.method == "POST" and act == "withdraw":
        refuse_softly(actions.withdraw, seat, found)
        messages.success(request, _("Votre texte est retiré."))
        return redirect("forum:room", pk=pk)
    gate = preview = None
    if request.method == "POST":
        typed = request.POST.get("text", "")
        gate = wording.gate_before(typed, request.POST, known_to(seat, typed))
        gate = gate if gate.reports else None
    if request.method == "POST" and request.POST.get("go") == "preview":
        preview = composing.preview_of(seat, found.run, typed, name_under(found))
    elif request.method == "POST" and (gate is None or gate.is_open or gate.blocks):
        try:
            refuse_softly(actions.edit, seat, found, typed)
        except ValidationError as problem:
            error = " ".join(problem.messages)
        else:
            messages.success(request, _("Votre texte est corrigé."))
            return redirect("forum:room", pk=pk)
    kept = None
    if request.method != "POST":
        kept = seat.drafts.filter(run=found.run, about=actions.about_own(found)).first()
    context = {
        "room": seat.room,
        "text": found,
        "typed": kept.text if kept else typed,
        "error": error,
        "gate": gate,
        "said": {"preview": preview},
        "can_edit": permissions.can_edit(seat, found),
        "can_withdraw": permissions.can_withdraw(seat, found),
    }
    return render(
        request, "forum/talk/text.html", context, status=422 if error or (gate and not preview) else 200
    )


def _led(request: HttpRequest, seat: Seat, found: Contribution, act: str) -> HttpResponse:
    try:
        if act == "choose":
            refuse_softly(choose, seat, found)
            messages.success(request, _chosen(seat))
        else:
            refuse_softly(actions.set_aside, seat, found, back=act == "back")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("forum:room", pk=seat.room_id)


def _chosen(seat: Seat) -> str:
    """Say what a choice changed: whoever leads and chose their own story hands the animation over."""
    said = _("Le récit est retenu. Son auteur en devient le narrateur.")
    if Seat.objects.get(pk=seat.pk).role != Seat.Role.NARRATOR:
        return said
    leads = seat.room.seats.present().filter(role=Seat.Role.ANIMATEUR).select_related("member").first()
    if leads is None:
        return said
    return _("Votre récit est retenu. Vous racontez, et %(name)s anime à votre place.") % {
        "name": leads.member.signature
    }


@members_only
@require_POST
def draft(request: HttpRequest, pk) -> HttpResponse:
    """Keep what is being typed; the answer says until when it is kept, never what."""
    seat = get_seat_for(request.user, pk)
    run = seat.room.runs.filter(number=seat.room.step).first()
    number = request.POST.get("sequence", "")
    if run is None or not permissions.can_write(seat, run) or request.POST.get("step") != str(run.number):
        return JsonResponse({"kept": False}, status=409)
    sequence = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    parent = _parent(seat, request.POST.get("parent", ""))
    about = str(parent.pk) if parent else ""
    if request.POST.get("corrects"):
        if parent is None or not permissions.can_edit(seat, parent):
            raise Http404
        about = actions.about_own(parent)
    refuse_softly(actions.keep_draft, seat, run, request.POST.get("text", ""), about=about, sequence=sequence)
    return JsonResponse({"kept": True, "at": timezone.localtime().strftime("%H:%M")})


@members_only
@require_POST
def looked(request: HttpRequest, pk, vouch_pk: int) -> HttpResponse:
    """Say, for who leads, that one looked at a number that somebody vouched for."""
    get_led_seat_for(request.user, pk)
    found = get_vouch_for(request.user, vouch_pk)
    if str(pk) not in found.address:
        raise Http404
    look(request.user, found, seen=True)
    return redirect("forum:room", pk=pk)
