"""The pages about texts of a room that should not stand: what waits there, report, decide, appeal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agora.discussion.models import Report
from agora.people.access import members_only

from ..card_reports import permissions as card_permissions
from ..models import CardReport, Contribution, RoomReport, Seat, Statement
from ..rooms.permissions import get_seat_for
from ..talk.permissions import get_text_for
from . import actions, permissions
from .forms import AppealForm, DecisionForm, ReportForm

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


def present(seat: Seat) -> list[Seat]:
    """Return who sits in the room of a seat, with their names."""
    return list(seat.room.seats.present().select_related("member"))


def bench(seat: Seat, seats: list[Seat]) -> str:
    """Return « Samira B. et Fatima E. »."""
    return _(" et ").join(each.member.signature for each in permissions.bench_of(seat.room, seats))


def said_reasons(reports: list[RoomReport]) -> list[RoomReport]:
    """Give each report its reason in words."""
    reasons = dict(Report.Reason.choices)
    for each in reports:
        each.reason_said = reasons.get(each.reason, "")
    return reports


@members_only
@require_safe
def reports(request: HttpRequest, pk) -> HttpResponse:
    """What one may decide, what became of what one reported, one's own texts that were removed."""
    seat = get_seat_for(request.user, pk)
    seats = present(seat)
    known = list(permissions.reports_in(seat))
    waiting: dict[object, tuple[Contribution, list[RoomReport]]] = {}
    for each in said_reasons([each for each in known if permissions.can_decide(seat, each, seats)]):
        waiting.setdefault(each.text_id, (each.text, []))[1].append(each)
    on_cards = said_reasons(list(card_permissions.reports_in(seat.room)))
    cards: dict[int, tuple[Statement, list[CardReport]]] = {}
    for each in on_cards:
        if card_permissions.can_decide(seat, each, seats):
            cards.setdefault(each.card_id, (each.card, []))[1].append(each)
    own = Contribution.objects.of(seat).filter(removed_at__isnull=False, withdrawn_at__isnull=True)
    appeals = {each.text_id: each for each in known if each.is_appeal and each.mark == seat.mark}
    context = {
        "room": seat.room,
        "bench": bench(seat, seats),
        "waiting": list(waiting.values()),
        "removed": [
            (text, appeals.get(text.pk), text.pk not in appeals and seat.room.state in permissions.LIVING)
            for text in own
        ],
        "cards": list(cards.values()),
        "my_cards": [each for each in on_cards if each.mark == seat.mark],
        "mine": [each for each in known if each.mark == seat.mark and not each.is_appeal],
    }
    return render(request, "forum/reports/reports.html", context)


@members_only
@page_or_form
def report(request: HttpRequest, pk, text_pk) -> HttpResponse:
    """Ask that a text be read again by the two people who decide in the room."""
    seat = get_seat_for(request.user, pk)
    text = get_text_for(seat, text_pk)
    if not permissions.can_report(seat, text):
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _do(actions.report, seat, text, **form.cleaned_data)
        messages.success(request, _("Deux personnes de la salle vont relire ce texte."))
        return redirect("forum:room", pk=pk)
    context = {
        "room": seat.room,
        "text": text,
        "form": form,
        "bench": bench(seat, present(seat)),
        "sent": text.reports.filter(mark=seat.mark, is_appeal=False, outcome="").first(),
    }
    return render(request, "forum/reports/report.html", context)


@members_only
@page_or_form
def appeal(request: HttpRequest, pk, text_pk) -> HttpResponse:
    """Ask, once, that somebody else look at the removal of one's text."""
    seat = get_seat_for(request.user, pk)
    text = get_text_for(seat, text_pk)
    if not permissions.can_appeal(seat, text):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _do(actions.appeal, seat, text, form.cleaned_data["words"])
        except ValidationError as error:
            form.add_error("words", error)
        else:
            messages.success(request, _("Votre recours est parti. Une autre personne de la salle y répond."))
            return redirect("forum:reports", pk=pk)
    context = {"room": seat.room, "text": text, "form": form}
    return render(request, "forum/reports/appeal.html", context)


@members_only
@page_or_form
def decide(request: HttpRequest, pk, text_pk) -> HttpResponse:
    """Decide about one text that was reported, or whose author appeals."""
    seat = get_seat_for(request.user, pk)
    text = permissions.get_reported_for(seat, text_pk)
    outcomes = actions.outcomes_for(text)
    typed = request.POST if request.method == "POST" else None
    form = DecisionForm(typed, outcomes=outcomes, is_removed=text.removed_at is not None)
    if form.is_valid():
        try:
            _do(actions.decide, seat, text, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("reason" if error.code == "reason" else "outcome", error)
        else:
            messages.success(request, _("La décision est notée. Les personnes concernées la liront ici."))
            return redirect("forum:reports", pk=pk)
    waiting = actions.waiting_for(seat, text, present(seat))
    context = {"room": seat.room, "text": text, "form": form, "waiting": said_reasons(waiting)}
    return render(request, "forum/reports/decide.html", context)


def _do(act, *args, **kwargs) -> None:
    try:
        act(*args, **kwargs)
    except PermissionDenied as error:
        raise Http404 from error
