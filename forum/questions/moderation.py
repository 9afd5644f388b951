"""The pages about a question that should not stand as it is: report, decide, appeal. Views."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agora.discussion import queues
from agora.discussion.forms import ReportForm, focus_on_error
from agora.discussion.models import Report
from agora.discussion.thread import day
from agora.people.access import members_only

from . import moderating, permissions, quiet
from .forms import AppealForm, DecisionForm
from .views import refused

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@never_cache
@page_or_form
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the moderators to look at a question; also where one learns what they decided."""
    found = permissions.get_question_for(request.user, pk)
    if not permissions.can_report(request.user, found):
        raise Http404
    sent = found.reports.filter(by=request.user.pk, is_appeal=False).first()
    waiting = sent if sent and not sent.outcome else None
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        initial={"reason": waiting.reason, "explanation": waiting.explanation} if waiting else {},
    )
    if form.is_valid():
        moderating.report(request.user, found, **form.cleaned_data)
        messages.success(
            request, _("La modération va lire cette question. Qui l’a posée ne saura pas qui l’a signalée.")
        )
        return redirect(found)
    focus_on_error(form)
    return render(request, "forum/questions/report.html", {"question": found, "form": form, "sent": sent})


@members_only
@never_cache
@page_or_form
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, once, that somebody look again at the removal of one's question."""
    found = permissions.get_question_for(request.user, pk)
    if not permissions.can_appeal(request.user, found):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            moderating.appeal(request.user, found, form.cleaned_data["words"])
        except ValidationError as error:
            form.add_error("words", error)
        else:
            messages.success(
                request, _("Votre recours est parti. Une autre personne de la modération y répond.")
            )
            return redirect(found)
    focus_on_error(form)
    return render(request, "forum/questions/appeal.html", {"question": found, "form": form})


@members_only
@never_cache
@page_or_form
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one question, reported or not; the only page that names who asked quietly."""
    found = permissions.get_question_for(request.user, pk)
    if not permissions.can_moderate(request.user):
        raise PermissionDenied
    typed = request.POST if request.method == "POST" else None
    outcomes = moderating.outcomes_for(found)
    form = DecisionForm(typed, outcomes=outcomes, is_removed=found.removed_at is not None)
    if form.is_valid():
        try:
            moderating.decide(request.user, found, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("La décision est notée. Les personnes concernées sont prévenues."))
            return redirect("discussion:reports")
    focus_on_error(form)
    reports = list(found.reports.select_related("by__cpas", "by__function", "decided_by"))
    reasons = dict(Report.Reason.choices)
    context = {
        "question": found,
        "asker": quiet.asker_of(found),
        "waiting": [(each, reasons.get(each.reason, "")) for each in reports if not each.outcome],
        "decided": [each for each in reports if each.outcome],
        "form": form,
    }
    return render(request, "forum/questions/moderate.html", context)


def queue() -> list[queues.Waiting]:
    """Return the questions that wait for the moderators, for their page of reports."""
    reasons = dict(Report.Reason.choices)
    return [
        queues.Waiting(
            _("Question : %(title)s") % {"title": each.question.title or each.question},
            reverse("forum:moderate_question", args=[each.question_id]),
            _("%(what)s, le %(day)s")
            % {
                "what": _("Recours de qui l’a posée") if each.is_appeal else reasons.get(each.reason, ""),
                "day": day(each.made_at),
            },
        )
        for each in moderating.waiting_reports()
    ]
