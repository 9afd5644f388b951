"""The pages that conclude a room: perspectives, synthesis."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agora.people.access import members_only
from practices.drafting import step_url

from ..models import Perspective, Room, Seat, Synthesis
from ..rereading.reading import of_synthesis
from ..rooms.permissions import get_seat_for
from ..rooms.views import refuse_softly
from ..talk.composing import preview_of
from ..talk.wording import gate_before
from ..unfinished.actions import forget_form
from ..unfinished.reading import begun
from . import actions, permissions
from .forms import OutcomeForm, PlanForm, RefusalForm

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


def _seat(request: HttpRequest, pk, kind: str) -> Seat:
    seat = get_seat_for(request.user, pk)
    if seat.room.state == Room.State.GATHERING or not seat.room.method.has(kind):
        raise Http404
    return seat


@members_only
@page_or_form
def perspectives(request: HttpRequest, pk) -> HttpResponse:
    """What the group will do, and the form that adds one thing."""
    seat = _seat(request, pk, "perspectives")
    form = PlanForm(request.POST if request.method == "POST" else None, initial=begun(seat, "plan"))
    if form.is_valid():
        data = form.cleaned_data
        try:
            refuse_softly(
                actions.plan,
                seat,
                data["words"],
                level=data["level"],
                carried_by=data["carried_by"],
                horizon=data["horizon"],
            )
        except ValidationError as error:
            form.add_error(None if hasattr(error, "error_dict") else "words", error)
        else:
            forget_form(seat, "plan")
            messages.success(request, _("C’est noté."))
            return redirect("forum:perspectives", pk=pk)
    rows = list(seat.room.perspectives.filter(removed_at__isnull=True))
    context = {
        "room": seat.room,
        "rows": rows,
        "form": form,
        "can_plan": permissions.can_plan(seat),
        "can_tell": permissions.can_tell(seat),
    }
    return render(request, "forum/outcome/perspectives.html", context, status=422 if form.errors else 200)


@members_only
@page_or_form
def perspective(request: HttpRequest, pk, plan_pk: int) -> HttpResponse:
    """Change one perspective, take it off, or say what came of it."""
    seat = _seat(request, pk, "perspectives")
    found = get_object_or_404(Perspective, pk=plan_pk, room=seat.room_id, removed_at__isnull=True)
    act = request.POST.get("act", "")
    initial = {name: getattr(found, name) for name in ("words", "level", "carried_by", "horizon")}
    initial |= begun(seat, "change", found.pk)
    form = PlanForm(request.POST if act == "change" else None, initial=initial)
    told = {"outcome": found.outcome} | begun(seat, "outcome", found.pk)
    telling = OutcomeForm(request.POST if act == "tell" else None, initial=told)
    try:
        if act == "drop":
            refuse_softly(actions.drop_plan, seat, found)
            messages.success(request, _("La perspective est enlevée."))
            return redirect("forum:perspectives", pk=pk)
        if act == "change" and form.is_valid():
            data = dict(form.cleaned_data)
            refuse_softly(actions.change_plan, seat, found, data.pop("words"), **data)
            forget_form(seat, "change", found.pk)
            return redirect("forum:perspectives", pk=pk)
        if act == "tell" and telling.is_valid():
            refuse_softly(actions.tell_outcome, seat, found, telling.cleaned_data["outcome"])
            forget_form(seat, "outcome", found.pk)
            messages.success(request, _("Merci : le groupe le lira."))
            return redirect("forum:perspectives", pk=pk)
    except ValidationError as error:
        (telling if act == "tell" else form).add_error(None, error)
    context = {
        "room": seat.room,
        "row": found,
        "form": form,
        "telling": telling,
        "can_plan": permissions.can_plan(seat),
        "can_tell": permissions.can_tell(seat),
    }
    return render(request, "forum/outcome/perspective.html", context, status=422 if act else 200)


@members_only
@page_or_form
def synthesis(request: HttpRequest, pk) -> HttpResponse:
    """The synthesis: drafted by the rapporteur, read and signed by each."""
    seat = _seat(request, pk, "synthesis")
    found = Synthesis.objects.prefetch_related("signatures").filter(pk=seat.room_id).first() or Synthesis(
        room=seat.room
    )
    left = begun(seat, "synthesis") if permissions.can_draft(seat) else {}
    typed, error, preview, gate = str(left.get("text", found.text)), "", None, None
    submit = request.POST.get("act") == "submit"
    if request.method == "POST" and permissions.can_draft(seat):
        typed = request.POST.get("text", "")
        gate = gate_before(typed, request.POST)
        gate = gate if gate.reports else None
    if request.method == "POST" and request.POST.get("go") == "preview" and permissions.can_draft(seat):
        preview = preview_of(seat, None, typed, _("La synthèse"))
    elif request.method == "POST" and (gate is None or gate.is_open or not (submit or gate.blocks)):
        number = request.POST.get("seen", "")
        seen = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
        try:
            refuse_softly(actions.draft_synthesis, seat, typed, seen=seen, submit=submit)
        except ValidationError as problem:
            error = " ".join(problem.messages)
        else:
            said = (
                _("La synthèse est proposée à la signature.") if submit else _("La synthèse est enregistrée.")
            )
            forget_form(seat, "synthesis")
            messages.success(request, said)
            return redirect("forum:synthesis", pk=pk)
    stopped = gate is not None and preview is None
    seats = actions.present_seats(seat.room)
    context = {
        "room": seat.room,
        "seat": seat,
        "synthesis": found,
        "typed": typed,
        "error": error,
        "gate": gate,
        "said": {"preview": preview},
        "can_draft": permissions.can_draft(seat),
        "can_sign": found.submitted_at is not None and permissions.can_sign(seat, found),
        "has_signed": any(s.mark == seat.mark and s.edition == found.edition for s in _signatures(found)),
        "signed": sum(s.edition == found.edition for s in _signatures(found)),
        "people": len(seats),
        "can_refuse": permissions.can_refuse(seat, found),
        "reading": of_synthesis(seat, found.edition, seats) if found.submitted_at else None,
        "can_promote": permissions.can_promote(seat, found, seats),
        "refusal": RefusalForm(),
    }
    return render(request, "forum/outcome/synthesis.html", context, status=422 if error or stopped else 200)


def _signatures(found: Synthesis) -> list:
    return [] if found._state.adding else list(found.signatures.all())


@members_only
@require_POST
def decide(request: HttpRequest, pk) -> HttpResponse:
    """Sign, take one's signature back, refuse, lift the refusal, or make the draft of a sheet."""
    seat = _seat(request, pk, "synthesis")
    found = get_object_or_404(Synthesis, pk=seat.room_id)
    act, number = request.POST.get("act", ""), request.POST.get("seen", "")
    seen = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    try:
        if act == "sign":
            refuse_softly(actions.sign, seat, found, seen=seen)
            messages.success(request, _("Vous avez signé."))
        elif act == "unsign":
            refuse_softly(actions.unsign, seat, found)
        elif act in ("refuse", "lift"):
            refuse_softly(actions.refuse, seat, found, request.POST.get("reason", ""), back=act == "lift")
        elif act == "promote":
            draft = refuse_softly(actions.promote, seat, found)
            messages.success(
                request, _("Voici le brouillon d’une fiche. Rien n’est publié : relisez, complétez.")
            )
            return redirect(step_url(draft, 1))
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("forum:synthesis", pk=pk)
