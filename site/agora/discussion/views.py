"""What members do with messages. Every page works without a script and gives back what was typed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agora.airlock.gate import Gate
from agora.drafts.actions import forget_draft
from agora.drafts.forms import keep_posted
from agora.drafts.keeping import writers_only
from agora.people.access import members_only
from agora.richtext import quotes

from . import actions, appeals, calling, drafts, permissions
from .composing import Composing, with_name
from .composing import composing as read_composing
from .forms import AppealForm, MessageForm, ReportForm, focus_on_error
from .models import Report
from .targets import target_of
from .thread import byline

STATUS = {"too_fast": 429, "too_late": 409, "gone": 409}
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


def back_to(target: models.Model, anchor: str) -> HttpResponse:
    """Lead back to the page that is discussed, at a message, which takes the focus."""
    return HttpResponseRedirect(f"{target.get_absolute_url()}#{anchor}")


def refused(form, field: str | None, error: ValidationError) -> int:
    """Put the refusal of an act in the form, beside what was typed; return the status of the answer."""
    form.add_error(field, error)
    focus_on_error(form)
    return STATUS.get(getattr(error, "code", ""), 200)


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def write(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Post a message under an object; its page has the form, and this one when something is wrong."""
    return _compose(request, permissions.get_target_for(request.user, kind, pk))


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a message, which is quoted above the form."""
    comment, target = permissions.get_comment_for(request.user, pk)
    return _compose(request, target, comment)


def _compose(request: HttpRequest, target: models.Model, parent=None) -> HttpResponse:
    if not permissions.can_comment(request.user, target):
        raise PermissionDenied
    place = drafts.place_of(target, parent)
    draft = drafts.waiting_for(request, place)
    begun = drafts.with_quote(drafts.text_of(draft), _quoted(request, parent))
    is_answer = target_of(target).answers is not None and parent is None
    label = _("Votre réponse") if is_answer or parent is not None else ""
    form = MessageForm(_typed(request), label=label, initial={"text": begun})
    composing = _composing(request, target)
    status, gate = 200, _gate(request, form, composing)
    if composing.sought:  # the colleagues found are read first
        form.fields["text"].widget.attrs.pop("autofocus", None)
    if form.is_valid() and gate.is_open and not composing.asks:
        try:
            comment = actions.post_comment(
                request.user, target, form.cleaned_data["text"], parent, request.POST
            )
        except ValidationError as error:
            status = refused(form, "text", error)
        else:
            forget_draft(request.user, drafts.KIND, place)
            return back_to(target, f"c{comment.pk}")
    if request.method == "POST":
        draft = keep_posted(request.user, request.POST, drafts.KIND, draft)
    page = {"form": form, "target": target, "parent": parent, "gate": gate, "is_answer": is_answer}
    page |= {
        "envelope": drafts.envelope_of(request.user, place, draft),
        "has_begun": bool(drafts.text_of(draft)),
    }
    page |= _previewed(request, composing)
    return render(request, "discussion/write.html", page, status=status)


def _typed(request: HttpRequest) -> QueryDict | None:
    return with_name(request.POST, "text") if request.method == "POST" else None


def _quoted(request: HttpRequest, parent) -> str:
    """Return the message that the link « Citer » asks to quote; no name: it stands above, in its thread."""
    asked = "citer" in request.GET and parent is not None and not parent.is_removed
    return quotes.quote(parent.comment) if asked else ""


def _composing(request: HttpRequest, target: models.Model) -> Composing:
    people_url = reverse("discussion:people", args=[target_of(target).key, target.pk])
    typed = request.POST.get("text", "")
    return read_composing(request, typed, people_url, lambda member: permissions.can_read(member, target))


def _previewed(request: HttpRequest, composing: Composing) -> dict[str, object]:
    words = request.POST.get("text", "").replace("\x00", "").replace("\r\n", "\n")
    return {
        "composing": composing,
        "preview_by": byline(request.user),
        "previewed": [{"label": "", "words": words}] if words.strip() else [],
    }


def _gate(request: HttpRequest, form: MessageForm, composing: Composing) -> Gate | None:
    """Return what the anonymisation gate says of a text that could be sent; None while there is none."""
    if not form.is_valid():
        return None
    gate = actions.gate_before(form.cleaned_data["text"], request.POST, composing.handles)
    if gate.reports:  # it is read first
        form.fields["text"].widget.attrs.pop("autofocus", None)
    return gate


@members_only
@never_cache
@page_or_form
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one's own message within fifteen minutes."""
    comment, target = permissions.get_comment_for(request.user, pk)
    if not permissions.is_author(request.user, comment):
        raise PermissionDenied
    form = MessageForm(_typed(request), initial={"text": comment.comment})
    composing = _composing(request, target)
    status, gate = 200, _gate(request, form, composing)
    if form.is_valid() and gate.is_open and not composing.asks:
        try:
            actions.edit_comment(request.user, comment, form.cleaned_data["text"], request.POST)
        except ValidationError as error:
            status = refused(form, "text", error)
        else:
            return back_to(target, f"c{pk}")
    page = {
        "form": form,
        "target": target,
        "comment": comment,
        "gate": gate,
        "until": comment.submit_date + permissions.EDIT_WINDOW,
        # Too late: a page that only says so, unless there is a typed text to give back.
        "is_open": request.method == "POST" or permissions.can_edit(request.user, comment),
    }
    page |= _previewed(request, composing)
    return render(request, "discussion/edit.html", page, status=status)


@members_only
@never_cache
@require_safe
def people(request: HttpRequest, kind: str = "", pk: int = 0) -> HttpResponse:
    """Find, as one types a name, colleagues who can be called in a text: those who may read it."""
    reads = calling.everybody
    if kind:
        target = permissions.get_target_for(request.user, kind, pk)

        def reads(member) -> bool:
            return permissions.can_read(member, target)

    sought = request.GET.get("qui", "")[:100]
    page = {"found": calling.find(request.user, sought, reads), "sought": sought.strip()}
    return render(request, "discussion/found.html", page)


@members_only
@never_cache
@page_or_form
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own message back, after saying what that means."""
    comment, target = permissions.get_comment_for(request.user, pk)
    if not permissions.is_author(request.user, comment):
        raise PermissionDenied
    if request.method == "POST" or comment.is_removed:
        actions.withdraw_comment(request.user, comment)
        messages.success(request, _("Votre message est retiré. Les réponses restent à leur place."))
        return back_to(target, f"c{pk}")
    return render(request, "discussion/withdraw.html", {"comment": comment, "target": target})


@members_only
@never_cache
@page_or_form
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the moderators to look at a message; also where one learns what they decided."""
    comment, target = permissions.get_comment_for(request.user, pk)
    if permissions.is_author(request.user, comment):
        raise PermissionDenied
    mine = Report.objects.filter(flag__comment_id=pk, flag__user=request.user)
    sent = mine.select_related("flag", "decision").first()
    waiting = sent if sent and not sent.decision_id else None
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        initial={"reason": waiting.reason, "explanation": waiting.explanation} if waiting else {},
    )
    if not comment.is_removed and form.is_valid():
        actions.report_comment(request.user, comment, **form.cleaned_data)
        messages.success(
            request, _("La modération va lire ce message. Son auteur ne saura pas qui l’a signalé.")
        )
        return back_to(target, f"c{pk}")
    focus_on_error(form)
    page = {"comment": comment, "target": target, "form": form, "sent": sent}
    return render(request, "discussion/report.html", page)


@members_only
@never_cache
@page_or_form
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, once, for another look at the removal of one's message; also where one reads the answer."""
    comment, target = permissions.get_comment_for(request.user, pk)
    made = appeals.appeal_of(comment) if permissions.is_author(request.user, comment) else None
    if made is None and not permissions.is_removed_from(request.user, comment):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if made is None and form.is_valid():
        try:
            appeals.appeal(request.user, comment, form.cleaned_data["words"])
        except ValidationError as error:
            refused(form, "words", error)
        else:
            messages.success(
                request, _("Votre recours est parti. Une autre personne de la modération y répond.")
            )
            return back_to(target, f"c{pk}")
    focus_on_error(form)
    page = {"comment": comment, "target": target, "form": form, "made": made}
    return render(request, "discussion/appeal.html", page)


@members_only
@never_cache
@page_or_form
def useful(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say that a message was useful (`message`), or take it back (`not`); a visit leads to the thread."""
    target = permissions.get_target_for(request.user, kind, pk)
    if request.method != "POST":
        return back_to(target, "discussion")
    name = "not" if "not" in request.POST else "message"
    typed = request.POST.get(name, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 20):
        raise Http404
    comment, its_target = permissions.get_comment_for(request.user, int(typed))
    if its_target != target:
        raise Http404
    if permissions.can_judge(request.user, comment):
        actions.toggle_useful(request.user, comment, useful=name == "message")
    return back_to(target, f"c{comment.pk}")
