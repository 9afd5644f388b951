"""The pages of those who answer for a sheet, and of those who wait for an answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agora.people.access import members_only

from ..addresses import edit_url
from ..drafting import step_url
from ..models import Proposal
from ..steps import REVIEW, step_asking
from ..wording import capitalised, in_letters
from . import actions, pages, sending
from .actions import Moved
from .forms import DeclineForm
from .permissions import can_answer, can_revise, get_proposal_for
from .sending import DraftOpen

PER_PAGE = 30


@never_cache
@require_safe
@members_only
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for this person's answer; an empty page for whoever keeps no sheet."""
    page = Paginator(pages.queue_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "rows": pages.rows_of(page.object_list),
        "count": count,
        "number": capitalised(in_letters(count, feminine=True)),
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "said": _("Propositions %(first)d à %(last)d sur %(total)d")
        % {"first": page.start_index(), "last": page.end_index(), "total": count},
    }
    return render(request, "practices/review/queue.html", context)


@never_cache
@require_safe
@members_only
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal set against what is published now, for its author and for whoever answers."""
    return _show(request, get_proposal_for(request.user, pk))


def _show(
    request: HttpRequest, found: Proposal, form: DeclineForm | None = None, *, unsent: str = ""
) -> HttpResponse:
    """Render a proposal; `form`: a refusal that could not be taken; `unsent`: its words, to keep."""
    context = {
        "shown": pages.shown_to(request.user, found),
        "form": form or DeclineForm(),
        "is_open": form is not None,
        "unsent": unsent,
        "amending": _amending(request.user, found),
        "edit_url": edit_url(found.practice.slug, found.practice.locale.language_code) + "?a-part=1",
    }
    return render(request, "practices/review/proposal.html", context)


def _amending(user, found: Proposal):
    """The reviewer's own draft that amends this proposal, and whether it was begun from another text."""
    if not can_answer(user, found):
        return None
    draft = sending.draft_about(found, user)
    if draft is None or draft.data.get(sending.REVIEWED) != found.pk:
        return None
    stale = draft.data.get(sending.VERSION) != found.version
    return {"url": step_url(draft, REVIEW), "stale": stale}


# --- Answers -----------------------------------------------------------------------------------


@require_POST
@members_only
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what the page showed, or show what stands now."""
    found = get_proposal_for(request.user, pk)
    version, live = _seen(request)
    try:
        practice = actions.accept(found, by=request.user, seen_version=version, seen_live_revision=live)
    except (Moved, PermissionDenied):
        return _moved(request, found)
    except ValidationError as error:  # a file that is gone
        messages.error(request, " ".join(error.messages))
        return redirect("practices:proposal", pk=pk)
    said = _("La proposition est acceptée : la fiche est à jour, au nom de %(who)s.")
    messages.success(request, said % {"who": pages.signed(found.author)})
    return HttpResponseRedirect(practice.get_absolute_url())


@require_POST
@members_only
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the usual form on the proposed text; or take note that its new text was read."""
    found = get_proposal_for(request.user, pk)
    draft = sending.draft_about(found, request.user)
    bound = draft is not None and draft.data.get(sending.REVIEWED) == found.pk
    if bound and can_answer(request.user, found):
        sending.read_again(draft, by=request.user, version=_seen(request)[0])
        return redirect(step_url(draft, REVIEW))
    try:
        draft = sending.amend(found, by=request.user)
    except (Moved, PermissionDenied):
        return _moved(request, found)
    except DraftOpen as taken:
        return _draft_open(request, taken)
    if sending.is_torn(draft):
        return redirect("practices:conflict", pk=draft.pk)
    changes = pages.shown_to(request.user, found).changes
    return redirect(step_url(draft, step_asking(changes[0].name).number if changes else REVIEW))


@require_POST
@members_only
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with a reason; the words come back when they could not be taken."""
    found = get_proposal_for(request.user, pk)
    form = DeclineForm(request.POST)
    form.is_valid()
    said = form.said() if "formula" in form.cleaned_data and "reason" in form.cleaned_data else ""
    try:
        actions.decline(found, by=request.user, reason=said, seen_version=_seen(request)[0])
    except ValidationError as error:
        form.add_error("reason", error.message_dict["reason"])
        return _show(request, found, form)
    except (Moved, PermissionDenied):
        messages.error(request, _changed_said())
        again = get_proposal_for(request.user, pk)
        return _show(request, again, form, unsent="" if can_answer(request.user, again) else said)
    told = _("La proposition est déclinée.")
    if found.author_id:
        told = _("La proposition est déclinée. %(who)s lira votre raison, et garde son texte.")
    messages.success(request, told % {"who": pages.signed(found.author)})
    return redirect("practices:proposals")


# --- Of one's own ------------------------------------------------------------------------------


@require_POST
@members_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one's own text back on the desk."""
    found = get_proposal_for(request.user, pk)
    try:
        draft = sending.reopen(found, by=request.user)
    except PermissionDenied:
        return _moved(request, found)
    except DraftOpen as taken:
        return _draft_open(request, taken)
    return redirect(step_url(draft, 1 if draft.target else REVIEW))


@require_POST
@members_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own proposal back; its text becomes a draft again where none is open."""
    found = get_proposal_for(request.user, pk)
    if not can_revise(request.user, found):
        return _moved(request, found)
    try:
        sending.take_back(found, by=request.user)
    except Moved:
        return _moved(request, found)
    messages.success(request, _("La proposition est retirée. Son texte vous attend dans vos brouillons."))
    return redirect("drafts:list")


@require_POST
@members_only
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an answer away."""
    found = get_proposal_for(request.user, pk)
    if found.author_id == request.user.pk:
        actions.dismiss(found, by=request.user)
    return redirect("drafts:list")


# --- What went otherwise -----------------------------------------------------------------------


def _seen(request: HttpRequest) -> tuple[int, int]:
    """The two texts that the page showed (see Reading.seen); -1 for what makes no sense."""
    version, _dash, live = request.POST.get("seen", "").partition("-")
    numbers = [int(n) if n.isascii() and n.isdecimal() and len(n) < 12 else -1 for n in (version, live)]
    return numbers[0], numbers[1]


def _changed_said() -> str:
    return _("Quelque chose a changé pendant que vous lisiez : rien n’est publié. Voici ce qu’il en est.")


def _moved(request: HttpRequest, found: Proposal) -> HttpResponse:
    messages.error(request, _changed_said())
    return redirect("practices:proposal", pk=found.pk)


def _draft_open(request: HttpRequest, taken: DraftOpen) -> HttpResponse:
    messages.error(
        request,
        _(
            "Vous avez déjà un brouillon de cette fiche : le voici. Envoyez-le ou écartez-le, "
            "puis revenez à la proposition."
        ),
    )
    return redirect(step_url(taken.draft, REVIEW))
