"""The pages about cards of the board that should not stand: report, decide, appeal.

What waits, and what became of what one reported, stands with the texts (reports.views).
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agora.people.access import members_only

from ..reports.forms import ReportForm
from ..reports.views import bench, present, said_reasons
from ..rooms.permissions import get_seat_for
from ..rooms.views import refuse_softly
from . import actions, permissions
from .forms import AppealForm, DecisionForm

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@page_or_form
def report(request: HttpRequest, pk, card_pk: int) -> HttpResponse:
    """Ask that a card be read again by the two people who decide in the room."""
    seat = get_seat_for(request.user, pk)
    card = permissions.get_card_for(seat, card_pk)
    if not permissions.can_report(seat, card):
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_softly(actions.report, seat, card, **form.cleaned_data)
        messages.success(request, _("Deux personnes de la salle vont relire cette carte."))
        return redirect("forum:board", pk=pk)
    context = {
        "room": seat.room,
        "card": card,
        "form": form,
        "bench": bench(seat, present(seat)),
        "sent": next((each for each in card.reports.all() if _waits(each, seat.mark)), None),
    }
    return render(request, "forum/card_reports/report.html", context, status=422 if form.errors else 200)


def _waits(report, mark: str) -> bool:
    return report.mark == mark and not report.is_appeal and not report.outcome


@members_only
@page_or_form
def appeal(request: HttpRequest, pk, card_pk: int) -> HttpResponse:
    """Ask, once for all, that somebody else look at the removal of a card."""
    seat = get_seat_for(request.user, pk)
    card = permissions.get_card_for(seat, card_pk)
    if not permissions.can_appeal(seat, card):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            refuse_softly(actions.appeal, seat, card, form.cleaned_data["words"])
        except ValidationError as error:
            form.add_error("words", error)
        else:
            messages.success(request, _("Votre recours est parti. Une autre personne de la salle y répond."))
            return redirect("forum:board", pk=pk)
    context = {"room": seat.room, "card": card, "form": form}
    return render(request, "forum/card_reports/appeal.html", context, status=422 if form.errors else 200)


@members_only
@page_or_form
def decide(request: HttpRequest, pk, card_pk: int) -> HttpResponse:
    """Decide about one card that was reported, or whose removal is looked at again."""
    seat = get_seat_for(request.user, pk)
    card = permissions.get_card_for(seat, card_pk)
    waiting = actions.waiting_for(seat, card, present(seat))
    if not waiting:
        raise Http404
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        outcomes=actions.outcomes_for(card),
        is_removed=card.removed_at is not None,
    )
    if form.is_valid():
        try:
            refuse_softly(actions.decide, seat, card, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("reason" if error.code == "reason" else "outcome", error)
        else:
            messages.success(request, _("La décision est notée. Les personnes concernées la liront ici."))
            return redirect("forum:reports", pk=pk)
    context = {"room": seat.room, "card": card, "form": form, "waiting": said_reasons(waiting)}
    return render(request, "forum/card_reports/decide.html", context, status=422 if form.errors else 200)
