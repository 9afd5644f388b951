"""The pages of rooms: one's own, opening one, its door, its page, its people, its journal, leaving."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.people.access import members_only
from agora.richtext.numbers import capitalised

from ..models import Room, Seat
from ..phases.actions import settle_due
from . import actions, people
from .composition import lacking
from .forms import FindForm, InviteForm, LeaveForm, OpenForm, RoleForm
from .page import RoomPage
from .permissions import can_host, get_invitation_for, get_led_seat_for, get_seat_for
from .words import composed, told

page_or_form = require_http_methods(["GET", "HEAD", "POST"])
EVENTS_PER_PAGE = 100


def refuse_softly(act, *args, **kwargs):
    """Call an act; what it forbids is not found, as everything that one may not do in a room."""
    try:
        return act(*args, **kwargs)
    except PermissionDenied as error:
        raise Http404 from error


@members_only
@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """One's rooms, and the invitations that wait."""
    related = ("version__method",)
    own = Room.objects.seated(request.user).select_related(*related).order_by("state", "-created_at")
    seats = {seat.room_id: seat for seat in Seat.objects.filter(member=request.user.pk, room__in=own)}
    context = {
        "invitations": Room.objects.inviting(request.user).select_related(*related),
        "rooms": [(room, seats[room.pk], room.beat > seats[room.pk].seen_beat) for room in own],
    }
    return render(request, "forum/rooms/rooms.html", context)


@members_only
@page_or_form
def open_room(request: HttpRequest) -> HttpResponse:
    """Open a room."""
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"method": "mag"})
    if form.is_valid():
        language = "nl" if (get_language() or "fr").startswith("nl") else "fr"
        try:
            seat = actions.open_room(request.user, language=language, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("title", error)
        else:
            messages.success(request, _("La salle est ouverte. Invitez maintenant des collègues."))
            return redirect("forum:people", pk=seat.room_id)
    return render(request, "forum/rooms/open.html", {"form": form})


@members_only
@page_or_form
def door(request: HttpRequest, pk) -> HttpResponse:
    """The charter, and yes or no. Nothing of what is said inside is shown here."""
    seat = get_invitation_for(request.user, pk)
    if request.method == "POST":
        if request.POST.get("act") == "accept" and request.POST.get("charter"):
            refuse_softly(actions.accept, seat)
            messages.success(request, _("Vous êtes dans la salle."))
            return redirect("forum:room", pk=pk)
        if request.POST.get("act") == "decline":
            refuse_softly(actions.decline, seat)
            messages.success(request, _("C’est noté. Personne ne vous demandera pourquoi."))
            return redirect("forum:rooms")
    context = {
        "room": seat.room,
        "seats": [each for each in people.at_table(seat.room) if each.is_seated],
        "unticked": request.method == "POST",
    }
    return render(request, "forum/rooms/door.html", context)


@members_only
@require_safe
def room(request: HttpRequest, pk) -> HttpResponse:
    """The room as it stands for who looks; who is only invited goes to the door."""
    seat = _seat_or_door(request.user, pk)
    if isinstance(seat, HttpResponse):
        return seat
    return show(request, seat)


def _seat_or_door(user, pk):
    try:
        return get_seat_for(user, pk)
    except Http404:
        get_invitation_for(user, pk)
        return redirect("forum:door", pk=pk)


def show(request: HttpRequest, seat: Seat, *, status: int = 200, **said) -> HttpResponse:
    """Draw a room for one seat; `said`: what came back from a form (a text, its error, where)."""
    page = RoomPage(seat, request.GET)
    if page.is_blind and page.run.due_at <= page.now and settle_due(seat.room):
        page = RoomPage(get_seat_for(request.user, seat.room_id), request.GET)
    if seat.seen_beat != seat.room.beat:
        Seat.objects.filter(pk=seat.pk).update(seen_beat=seat.room.beat)
    context = {"page": page, "room": page.room, "seat": seat, "said": {"preview": None} | said}
    return render(request, "forum/rooms/room.html", context, status=status)


@members_only
@page_or_form
def people_page(request: HttpRequest, pk) -> HttpResponse:
    """Who is there, who holds which role; who leads invites."""
    seat = get_seat_for(request.user, pk)
    leads = can_host(seat)
    errors: list[str] = []
    if request.method == "POST":
        if not leads:
            raise Http404
        form = InviteForm(request.POST)
        if form.is_valid():
            try:
                made = refuse_softly(actions.invite, seat, form.cleaned_data["people"])
            except ValidationError as error:
                errors = error.messages
            else:
                if made:
                    messages.success(request, _("L’invitation est partie, sans rien dire de la salle."))
                return redirect("forum:people", pk=pk)
        else:
            errors = [str(error) for error in form.errors.get("people", [])]
    seats = people.at_table(seat.room)
    judged = people.judged(seat.room, seats)
    finder = FindForm(request.GET or None)
    text = finder.cleaned_data["who"] if finder.is_valid() else ""
    context = {
        "room": seat.room,
        "seat": seat,
        "seats": seats,
        "leads": leads,
        "judged": judged,
        "composed": capitalised(composed(judged.people, judged.cpas, judged.functions)),
        "lacking": lacking(seat.room.method, [each for each in seats if each.is_seated]),
        "finder": finder,
        "asked": text,
        "found": people.found(request.user, text, seats) if leads and text else [],
        "errors": errors,
    }
    return render(request, "forum/rooms/people.html", context, status=422 if errors else 200)


@members_only
@require_POST
def role(request: HttpRequest, pk, seat_pk: int) -> HttpResponse:
    """Give a role, or take an invitation back."""
    by = get_led_seat_for(request.user, pk)
    other = get_object_or_404(Seat, pk=seat_pk, room=by.room_id)
    if request.POST.get("act") == "uninvite":
        refuse_softly(actions.uninvite, by, other)
        messages.success(request, _("L’invitation est reprise."))
        return redirect("forum:people", pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        refuse_softly(actions.give_role, by, other, form.cleaned_data["role"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Le rôle est donné."))
    return redirect("forum:people", pk=pk)


@members_only
@require_POST
def start(request: HttpRequest, pk) -> HttpResponse:
    """Begin the method."""
    seat = get_led_seat_for(request.user, pk)
    try:
        refuse_softly(actions.start, seat)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("forum:people", pk=pk)
    messages.success(request, _("C’est parti. Le calendrier est écrit."))
    return redirect("forum:room", pk=pk)


@members_only
@require_safe
def journal(request: HttpRequest, pk) -> HttpResponse:
    """What happened in the room, the latest first, leaf by leaf back to its opening."""
    seat = get_seat_for(request.user, pk)
    leaves = Paginator(seat.room.events.select_related("by", "about"), EVENTS_PER_PAGE)
    page = leaves.get_page(request.GET.get("page"))
    phases = seat.room.method.phases
    rows = [
        (event, told(event, str(phases[event.step].name) if 0 <= event.step < len(phases) else ""))
        for event in page
    ]
    context = {
        "room": seat.room,
        "rows": rows,
        "page": page,
        "numbers": list(leaves.get_elided_page_range(page.number)),
        "said": _("Événements %(first)d à %(last)d sur %(total)d")
        % {"first": page.start_index(), "last": page.end_index(), "total": leaves.count},
    }
    return render(request, "forum/rooms/journal.html", context)


@members_only
@page_or_form
def leave(request: HttpRequest, pk) -> HttpResponse:
    """Leave, with or without one's texts."""
    seat = get_seat_for(request.user, pk)
    form = LeaveForm(request.POST if request.method == "POST" else None, initial={"texts": "keep"})
    if form.is_valid():
        refuse_softly(actions.leave, seat, withdraw_texts=form.cleaned_data["texts"] == "withdraw")
        messages.success(request, _("Vous avez quitté la salle."))
        return redirect("forum:rooms")
    return render(request, "forum/rooms/leave.html", {"room": seat.room, "form": form})


@members_only
@page_or_form
def close(request: HttpRequest, pk) -> HttpResponse:
    """Close the room: nothing more is written, the countdown begins."""
    seat = get_led_seat_for(request.user, pk)
    if seat.room.state != Room.State.OPEN:
        raise Http404
    if request.method == "POST":
        refuse_softly(actions.close, seat)
        messages.success(request, _("La salle est fermée."))
        return redirect("forum:room", pk=pk)
    return render(request, "forum/rooms/close.html", {"room": seat.room})
