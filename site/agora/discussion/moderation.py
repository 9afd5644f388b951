"""The moderators' two pages: what was reported, and one message to decide upon.

Views, kept apart from views.py because nobody else opens them.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from agora.people.access import members_only

from . import actions, permissions, queues
from .forms import ModerationForm, focus_on_error
from .querysets import Case, cases_of, last_decisions, reported_to
from .views import page_or_form, refused

PER_PAGE = 20
DECISIONS = 20


@members_only
@never_cache
@page_or_form
def reports(request: HttpRequest) -> HttpResponse:
    """The queue: messages that were reported, oldest first; then the last decisions."""
    if not permissions.can_moderate(request.user):
        raise PermissionDenied
    waiting, targets = reported_to(request.user)
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    number = page.paginator.count
    context = {
        "page": page,
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "said": ngettext("%(number)s message signalé", "%(number)s messages signalés", number)
        % {"number": number},
        "cases": cases_of(page.object_list, targets),
        "others": queues.all_waiting(),
        "decisions": last_decisions(request.user, DECISIONS),
    }
    return render(request, "discussion/reports.html", context)


@members_only
@never_cache
@page_or_form
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one message, reported or not."""
    comment, target = permissions.get_comment_for(request.user, pk)
    if not permissions.can_moderate(request.user):
        raise PermissionDenied
    form = ModerationForm(request.POST if request.method == "POST" else None, comment=comment)
    status = 200
    if form.is_valid():
        try:
            decision = actions.moderate_comment(request.user, comment, **form.cleaned_data)
        except ValidationError as error:
            status = refused(form, "reason" if error.code == "reason" else "outcome", error)
        else:
            said = _("%(decision)s. La décision est notée plus bas, avec son motif.")
            messages.success(request, said % {"decision": decision.get_outcome_display()})
            return redirect("discussion:reports")
    focus_on_error(form)
    context = {
        "case": Case(comment, target, list(actions.open_reports(comment).select_related("flag__user"))),
        "decisions": list(comment.decisions.select_related("by")),
        "form": form,
    }
    return render(request, "discussion/moderate.html", context, status=status)
