"""The pages of debates: the list, opening one, one debate, its history, and the forms that change it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.discussion.forms import focus_on_error
from agora.drafts.actions import forget_draft
from agora.drafts.forms import keep_posted
from agora.drafts.keeping import take_kept, writers_only
from agora.drafts.permissions import draft_of
from agora.people.access import members_only
from agora.richtext.prose import ProseDiff, prose_changes

from .. import drafting
from ..models import Argument, Debate, Position
from ..questions.views import language_read, refused
from . import actions, drafts, permissions
from .forms import ArgumentForm, OpenForm, PositionForm, WordingForm
from .page import sides_of, size_of

page_or_form = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE, CHANGES = 20, 50


@members_only
@require_safe
def debates(request: HttpRequest) -> HttpResponse:
    """The debates, the last that moved first."""
    standing = Count("positions", filter=Q(positions__removed_at__isnull=True))
    found = Debate.objects.visible_to(request.user).annotate(size=standing).order_by("-moved_at", "-pk")
    page = Paginator(found.prefetch_related("themes"), PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "page": page,
        "rows": [(debate, size_of(debate.size)) for debate in page.object_list],
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "said": ngettext("%(n)s débat", "%(n)s débats", total) % {"n": total},
    }
    return render(request, "forum/debates/list.html", context)


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def open_debate(request: HttpRequest) -> HttpResponse:
    """Open a debate."""
    typed = drafting.typed_in(request, OpenForm.MAIN)
    asks = drafting.asked(request, typed, OpenForm.base_fields)
    draft = draft_of(request.user, drafts.KIND, drafts.NEW)
    begun = {"language": language_read()} | _begun(request, typed, draft)
    form = OpenForm(initial=begun) if typed is None or asks.asks else OpenForm(typed)
    may_insist = False
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.open_debate(
                request.user,
                data["question"],
                data["agreement"],
                [data["claim_0"], data["claim_1"]],
                themes=data["themes"],
                language=data["language"],
                is_sure=bool(request.POST.get("sure")),
            )
        except ValidationError as error:
            may_insist = refused(form, error)
        else:
            forget_draft(request.user, drafts.KIND, drafts.NEW)
            messages.success(
                request, _("Le débat est ouvert. Ajoutez un premier argument, ou laissez venir.")
            )
            return redirect(made)
    if typed is not None:
        draft = keep_posted(request.user, typed, drafts.KIND, draft)
    focus_on_error(form)
    envelope = drafting.envelope_of(request.user, drafts.KIND, drafts.NEW, draft, language=language_read())
    context = {"form": form, "may_insist": may_insist, "envelope": envelope}
    context |= drafting.previewed(asks, _words(form), form["language"].value() or "fr")
    return render(request, "forum/debates/open.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, typed, draft) -> dict:
    """Return what a form starts with: what was just sent, else what waited for its writer."""
    if typed is not None:
        return drafts.read(typed)
    if (kept := take_kept(request, drafts.KIND)) is not None:
        messages.info(request, _("Votre texte vous attendait : relisez-le, puis envoyez."))
        return drafts.read(kept)
    return draft.data if draft else {}


def _words(form) -> list:
    """Return what a form says, with its labels, for the preview."""
    names = [name for name in form.fields if name not in form.NOT_SHOWN]
    return [(form[name].label, form[name].value() or "") for name in names]


@members_only
@never_cache
@require_safe
def debate(request: HttpRequest, pk: int) -> HttpResponse:
    """One debate: what the disagreement is about, the positions side by side."""
    found = permissions.get_debate_for(request.user, pk)
    context = {
        "debate": found,
        "themes": list(found.themes.all()),
        "sides": sides_of(found),
        "last": found.changes.select_related("by").first(),
        "can_change": permissions.can_change(request.user, found),
    }
    return render(request, "forum/debates/debate.html", context)


@members_only
@never_cache
@page_or_form
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed, by whom, from which words to which; what was taken away can be brought back."""
    found = permissions.get_debate_for(request.user, pk)
    if request.method == "POST":
        typed = request.POST.get("change", "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
        change = found.changes.select_related("position", "argument").filter(pk=number).first()
        if change is None:
            raise Http404
        _do(request, found, actions.restore, change)
        return redirect(found)
    changes = found.changes.select_related("by__cpas", "position", "argument")
    page = Paginator(changes, CHANGES).get_page(request.GET.get("page"))
    context = {
        "debate": found,
        "page": page,
        "changes": [(each, _is_gone(each), _compared(each, found.language)) for each in page.object_list],
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "said": ngettext("%(n)s changement", "%(n)s changements", page.paginator.count)
        % {"n": page.paginator.count},
        "can_change": permissions.can_change(request.user, found),
    }
    return render(request, "forum/debates/history.html", context)


def _compared(change, language: str) -> ProseDiff | None:
    """Return what became of the words, where both the former and the new ones are kept."""
    if not (change.before and change.after):
        return None
    return prose_changes(change.before, change.after, language=language)


def _is_gone(change) -> bool:
    passage = change.position or change.argument
    return change.code == "removed" and passage is not None and passage.removed_at is not None


def _do(request: HttpRequest, debate: Debate, act, *args) -> None:
    """Call an act that has no form; what it forbids is not found, what it refuses is said."""
    try:
        act(request.user, *args)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("C’est fait. L’histoire du débat le garde, et permet de revenir."))


@members_only
@never_cache
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a debate sleep, or wake it."""
    found = permissions.get_debate_for(request.user, pk)
    wake = request.POST.get("act") == "wake"
    try:
        actions.let_sleep(request.user, found, wake=wake)
    except PermissionDenied as error:
        raise Http404 from error
    said = _("Le débat est réveillé.") if wake else _("Le débat s’endort. Chacun peut le réveiller.")
    messages.success(request, said)
    return redirect(found)


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def wording(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword the question and what the disagreement is about."""
    found = permissions.get_debate_for(request.user, pk)
    initial = {"question": found.question, "agreement": found.agreement}
    more = {"title": _("Récrire sur quoi porte le désaccord"), "row": found}
    target = drafts.target_of(found, "wording")
    return _change(request, found, WordingForm, initial, target, actions.reword, found, **more)


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def add_position(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a position."""
    found = permissions.get_debate_for(request.user, pk)
    target, title = drafts.target_of(found, "position"), _("Ajouter une position")
    return _change(request, found, PositionForm, {}, target, actions.add_position, found, title=title)


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def position(request: HttpRequest, pk: int, position_pk: int) -> HttpResponse:
    """Reword a position, or take it away."""
    found = permissions.get_position_for(request.user, pk, position_pk)
    if request.POST.get("act") == "remove":
        _do(request, found.debate, actions.remove, found)
        return redirect(found.debate)
    initial = {"claim": found.claim, "detail": found.detail}
    more = {"title": _("Récrire une position"), "row": found}
    target = drafts.target_of(found.debate, "reword", found.pk)
    return _change(
        request, found.debate, PositionForm, initial, target, actions.reword_position, found, **more
    )


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def add_argument(
    request: HttpRequest, pk: int, position_pk: int, *, is_against: bool = False
) -> HttpResponse:
    """Add an argument for a position, or the best one against it."""
    found = permissions.get_position_for(request.user, pk, position_pk)
    title = _("Le meilleur argument contre votre position") if is_against else _("Ajouter un argument")

    def act(by, where, *words, **more):
        return actions.argue(by, where, *words, is_against=is_against, **more)

    more = {"title": title, "about": found, "is_against": is_against}
    target = drafts.target_of(found.debate, "against" if is_against else "argument", found.pk)
    return _change(request, found.debate, ArgumentForm, {}, target, act, found, **more)


@never_cache
@page_or_form
@writers_only(drafts.KIND)
def argument(request: HttpRequest, pk: int, argument_pk: int) -> HttpResponse:
    """Reword an argument, or take it away."""
    found = permissions.get_argument_for(request.user, pk, argument_pk)
    debate = found.position.debate
    if request.POST.get("act") == "remove":
        _do(request, debate, actions.remove, found)
        return redirect(debate)
    initial = {name: getattr(found, name) for name in ("text", "source", "source_url")}
    target = drafts.target_of(debate, "correct", found.pk)
    more = {
        "title": _("Récrire un argument"),
        "row": found,
        "about": found.position,
        "is_against": found.is_against,
    }
    return _change(request, debate, ArgumentForm, initial, target, actions.correct, found, **more)


def _change(
    request, debate, form_class, initial, target, act, subject, *, row=None, **context
) -> HttpResponse:
    """Show a form about a debate, or do what it asks; refused, the text comes back with the words of now."""
    if not permissions.can_change(request.user, debate):
        raise Http404
    typed = drafting.typed_in(request, form_class.MAIN)
    asks = drafting.asked(request, typed, form_class.base_fields)
    draft = draft_of(request.user, drafts.KIND, target)
    begun = initial | _begun(request, typed, draft)
    form = form_class(initial=begun) if typed is None or asks.asks else form_class(typed)
    may_insist = False
    if form.is_valid():
        try:
            made = _do_change(request, act, subject, form, row)
        except ValidationError as error:
            may_insist = refused(form, error)
        else:
            forget_draft(request.user, drafts.KIND, target)
            kept = _("C’est noté. L’histoire du débat garde les mots d’avant.")
            messages.success(request, kept if row is not None else _("C’est ajouté."))
            return redirect(f"{debate.get_absolute_url()}{_anchor(made or row)}")
    if typed is not None:
        draft = keep_posted(request.user, typed, drafts.KIND, draft)
    focus_on_error(form)
    edition = str(row.edition) if row is not None else ""
    # A draft begun on other words than those of now: they are shown beside it before it is sent.
    is_behind = typed is None and draft is not None and draft.base not in ("", edition)
    context |= {"debate": debate, "form": form, "row": row, "may_insist": may_insist}
    context["now"] = [value for value in initial.values() if value] if form.errors or is_behind else []
    context["envelope"] = drafting.envelope_of(
        request.user, drafts.KIND, target, draft, language=debate.language, base=edition
    )
    context |= drafting.previewed(asks, _words(form), debate.language)
    return render(request, "forum/debates/change.html", context, status=422 if form.errors else 200)


def _anchor(passage) -> str:
    """Return where a passage stands in the page of its debate."""
    letter = {Position: "p", Argument: "a"}.get(type(passage))
    return f"#{letter}{passage.pk}" if letter else ""


def _do_change(request: HttpRequest, act, subject, form, row):
    typed = request.POST.get("seen", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    more = {"is_sure": bool(request.POST.get("sure"))} | ({"seen": seen} if row is not None else {})
    try:
        return act(request.user, subject, *form.cleaned_data.values(), **more)
    except PermissionDenied as error:
        raise Http404 from error
