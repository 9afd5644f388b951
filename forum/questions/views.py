"""The pages of questions: the list, asking, one question, correcting, what one asked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.discussion.forms import focus_on_error
from agora.discussion.thread import byline
from agora.drafts.actions import forget_draft
from agora.drafts.forms import keep_posted
from agora.drafts.keeping import take_kept, writers_only
from agora.drafts.permissions import draft_of
from agora.people.access import members_only
from agora.richtext.plain import one_line
from practices.drafting import step_url
from practices.similar import similar_sheets

from .. import drafting
from ..models import Question, QuestionReport
from ..rooms.words import moment
from . import actions, drafts, listing, permissions
from .forms import AddForm, AskForm, TitleForm, theme_choices
from .letters import duties_of, on_duty
from .wording import Recognisable, answers_said, state_of

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


def language_read() -> str:
    """Return the language of the interface."""
    return "nl" if (get_language() or "fr").startswith("nl") else "fr"


def refused(form, error: ValidationError) -> bool:
    """Put the refusal of an act beside what was typed; return whether saying « I am sure » would do."""
    fields = getattr(error, "error_dict", None)
    if fields is None:
        form.add_error(None, error)
    else:
        for name, problems in fields.items():
            form.add_error(name if name in form.fields else None, problems)
    return isinstance(error, Recognisable)


@members_only
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The list."""
    asked = listing.Asked.read(request.GET)
    page = listing.page_of(asked, request.user, request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "rows": listing.rows_of(page.object_list),
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "said": listing.counted(page),
        "states": listing.STATES.items(),
        "themes": theme_choices(),
        "spoken": listing.LANGUAGES.items(),
        "sorts": asked.sorts,
    }
    return render(request, "forum/questions/list.html", context)


@members_only
@require_safe
def unanswered(request: HttpRequest) -> HttpResponse:
    """Where letters lead: the questions without an answer, the oldest first."""
    return redirect(f"{reverse('forum:questions')}?etat=sans-reponse")


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a question; similar ones and sheets are beside, never in the way."""
    typed = drafting.typed_in(request, "text")
    asks = drafting.asked(request, typed, ("title", "text"))
    draft = draft_of(request.user, drafts.KIND, drafts.NEW)
    form = AskForm(initial=_begun(request, typed, draft)) if typed is None or asks.asks else AskForm(typed)
    may_insist = False
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.ask(
                request.user,
                data["title"],
                data["text"],
                themes=data["themes"],
                language=data["language"],
                is_quiet=data["sign"] == "quiet",
                is_sure=bool(request.POST.get("sure")),
            )
        except ValidationError as error:
            may_insist = refused(form, error)
        else:
            forget_draft(request.user, drafts.KIND, drafts.NEW)
            messages.success(request, receipt(made))
            return redirect(made)
    if typed is not None:
        draft = keep_posted(request.user, typed, drafts.KIND, draft)
    title, text, language = (form[name].value() or "" for name in ("title", "text", "language"))
    by = _("Sans nom") if form["sign"].value() == "quiet" else byline(request.user)
    focus_on_error(form)
    envelope = drafting.envelope_of(request.user, drafts.KIND, drafts.NEW, draft, language=language_read())
    context = {"form": form, "may_insist": may_insist, "envelope": envelope, **beside(title, request.user)}
    words = [(form["title"].label, title), (form["text"].label, text)]
    context |= drafting.previewed(asks, words, language, by)
    return render(request, "forum/questions/ask.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, typed, draft) -> dict:
    """Return what the form starts with: what was just sent, else what waits, else the words of a search."""
    words = one_line(request.GET.get("titre", "").replace("\x00", ""))[:160]
    begun = {"title": words, "language": language_read()}
    waiting = drafts.read(typed) if typed is not None else drafts.typed_in(draft)
    if typed is None and (kept := take_kept(request, drafts.KIND)) is not None:
        messages.info(request, _("Votre texte vous attendait : relisez-le, puis envoyez."))
        waiting = drafts.read(kept)
    return begun | {name: value for name, value in waiting.items() if value}


def receipt(question: Question) -> str:
    """Say what happens next with a question just asked; never who asked."""
    said = _("Votre question est posée. Une réponse est attendue avant %(moment)s.")
    said %= {"moment": moment(question.due_at)}
    if question.is_quiet:
        return f"{said} " + _("Elle ne porte pas votre nom ; seule la modération peut le connaître.")
    return said


def beside(title: str, user) -> dict:
    """Return what resembles a title: questions, and sheets."""
    title = one_line(title.replace("\x00", ""))[:300]
    return {
        "similar": listing.rows_of(listing.similar(title, user)),
        "sheets": similar_sheets(title, user=user) if title else [],
    }


@members_only
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Answer, while one types a question, with what resembles it."""
    context = beside(request.GET.get("titre", ""), request.user)
    return render(request, "forum/questions/similar.html", context)


@members_only
@never_cache
@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question and its answers."""
    found = permissions.get_question_for(request.user, pk)
    user = request.user
    is_asker = permissions.is_asker(user, found)
    duties = duties_of(found) if found.is_shown and not found.answers and not found.closed_at else []
    context = {
        "question": found,
        "author": found.author if found.is_shown else None,
        "themes": list(found.themes.all()),
        "state": state_of(found),
        "answers": answers_said(found),
        "referent": on_duty(duties, but=found.author_id),
        "is_waiting": bool(found.is_shown and not found.answers and not found.closed_at),
        "is_asker": is_asker,
        "can_say_helped": is_asker and found.is_shown and found.answers > 0,
        "first_help": _first_help(found),
        "appeal": found.reports.filter(is_appeal=True).first() if is_asker else None,
        "can_edit": permissions.can_edit(user, found),
        "can_add": permissions.can_add(user, found),
        "can_close": permissions.can_close(user, found),
        "can_report": permissions.can_report(user, found),
        "can_appeal": permissions.can_appeal(user, found),
        "can_moderate": permissions.can_moderate(user),
        "can_promote": permissions.can_promote(user, found),
        "add": AddForm(),
    }
    return render(request, "forum/questions/question.html", context)


def _first_help(found: Question) -> int | None:
    """Return the first answer that helped, which those who come next are led to (a query where one did)."""
    if not found.helped:
        return None
    helps = found.helps.filter(answer__is_removed=False).order_by("answer__submit_date")
    return helps.values_list("answer", flat=True).first()


@members_only
@never_cache
@page_or_form
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what one asked, within fifteen minutes; later, add to it."""
    found = permissions.get_question_for(request.user, pk)
    if not permissions.can_add(request.user, found):
        raise Http404
    is_open = permissions.can_edit(request.user, found)
    typed, target = drafting.typed_in(request, "text"), str(found.pk)
    asks = drafting.asked(request, typed, ("title", "text"))
    # Of a question that names nobody no draft is kept: it would tie the question to its asker.
    draft = None if found.is_quiet else draft_of(request.user, drafts.KIND, target)
    begun = {"title": found.title, "text": found.text} if is_open else {}
    begun |= drafts.read(typed) if typed is not None else drafts.typed_in(draft)
    form_class = TitleForm if is_open else AddForm
    form = form_class(initial=begun) if typed is None or asks.asks else form_class(typed)
    may_insist = False
    if form.is_valid():
        is_sure = bool(request.POST.get("sure"))
        try:
            act = actions.edit if is_open else actions.add
            act(request.user, found, *form.cleaned_data.values(), is_sure=is_sure)
        except ValidationError as error:
            may_insist = refused(form, error)
        else:
            forget_draft(request.user, drafts.KIND, target)
            messages.success(request, _("Votre question est corrigée.") if is_open else _("C’est ajouté."))
            return redirect(found)
    if typed is not None and not found.is_quiet:
        draft = keep_posted(request.user, typed, drafts.KIND, draft)
    focus_on_error(form)
    context = {
        "question": found,
        "form": form,
        "is_open": is_open,
        "may_insist": may_insist,
        "envelope": None,
    }
    if not found.is_quiet:
        context["envelope"] = drafting.envelope_of(
            request.user, drafts.KIND, target, draft, language=found.language
        )
    words = [(form[name].label, form[name].value() or "") for name in form.fields]
    by = _("Sans nom") if found.is_quiet else byline(request.user)
    context |= drafting.previewed(asks, words, found.language, by)
    context["until"] = found.asked_at + permissions.EDIT_WINDOW
    return render(request, "forum/questions/edit.html", context, status=422 if form.errors else 200)


@members_only
@never_cache
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Close, open again, say what helped, begin a sheet: the buttons of the page."""
    found = permissions.get_question_for(request.user, pk)
    what = request.POST.get("act", "")
    try:
        if what == "promote":
            return redirect(step_url(actions.promote(request.user, found), 1))
        if what in ("close", "reopen"):
            actions.close(request.user, found, again=what == "reopen")
            closed = _("La question est close. Vous pouvez la rouvrir.")
            messages.success(request, closed if what == "close" else _("La question est rouverte."))
        else:
            return _helped(request, found)
    except PermissionDenied as error:
        raise Http404 from error
    return redirect(found)


def _helped(request: HttpRequest, found: Question) -> HttpResponse:
    name = "no" if "no" in request.POST else "yes"
    typed = request.POST.get(name, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise Http404
    try:
        actions.say_helped(request.user, found, int(typed), helped=name == "yes")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(found)
    return redirect(f"{found.get_absolute_url()}#c{typed}")


@members_only
@never_cache
@page_or_form
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's question back, after saying what that means."""
    found = permissions.get_question_for(request.user, pk)
    if not permissions.is_asker(request.user, found) or found.withdrawn_at:
        raise Http404
    if request.method == "POST":
        actions.withdraw(request.user, found)
        messages.success(request, _("Votre question est retirée."))
        return redirect("forum:my_questions")
    return render(request, "forum/questions/withdraw.html", {"question": found})


@members_only
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one asked, and what became of what one reported. Nobody else sees this page."""
    reported = QuestionReport.objects.filter(by=request.user.pk, is_appeal=False).select_related("question")
    context = {
        "rows": listing.rows_of(listing.asked_by(request.user)),
        "reported": reported.order_by("-made_at"),
    }
    return render(request, "forum/questions/mine.html", context)
