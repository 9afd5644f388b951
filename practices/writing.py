"""The pages on which members write: five steps, the choice between two texts, similar sheets.

Views of their own, apart from those that read: every one of them takes a text, and loses none.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.drafts.actions import DraftGone, DraftTooLarge
from agora.drafts.forms import save_posted
from agora.drafts.keeping import take_kept, writers_only
from agora.drafts.models import Draft
from agora.drafts.permissions import drafts_of, find_draft_for, get_draft_for
from agora.people.access import members_only

from . import desk as desks
from .attached.forms import Sent, sent_with_files
from .beginnings import beginning_of
from .desk import Desk
from .drafting import (
    KIND,
    Conflicting,
    NotReady,
    compare,
    grow,
    last_step,
    page_of,
    read,
    settle,
    start_anew,
    step_url,
)
from .models import PracticePage
from .permissions import can_edit, get_practice_for
from .review.pages import answerers_said
from .review.sending import Outcome, send_draft, waiting_of
from .steps import FILING, HOW, REVIEW, STEPS, step_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@writers_only(KIND)
def write(request: HttpRequest) -> HttpResponse:
    """Begin a new sheet; the draft is made by the first save, not by looking at the page."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in PracticePage.Kind.values else PracticePage.Kind.SHEET
    return _serve(request, Desk(request.user, step_of(request.GET.get("etape", "")), kind=kind))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@writers_only(KIND)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a published sheet: go on with one's draft of it, or begin one from what is published."""
    page = get_practice_for(request.user, slug=slug, language=_language())
    if not can_edit(request.user, page):
        raise PermissionDenied(_("Cette fiche est verrouillée pour le moment."))
    draft = drafts_of(request.user).filter(kind=KIND, target=str(page.pk)).first()
    if draft is not None and request.method != "POST":
        return redirect(step_url(draft, last_step(draft)))
    apart = request.method == "POST" or "a-part" in request.GET
    if not apart and (waiting := waiting_of(request.user, page)):
        messages.info(request, _("Votre proposition pour cette fiche attend encore : changez-la d’ici."))
        return redirect("practices:proposal", pk=waiting.pk)
    return _serve(request, Desk(request.user, step_of(request.GET.get("etape", "")), draft, page))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@writers_only(KIND)
def write_step(request: HttpRequest, pk: uuid.UUID, step: int) -> HttpResponse:
    """Go on writing a draft, at one of its steps."""
    if request.method == "POST":
        # Sent again after it was published or set aside: the text is kept all the same.
        draft = find_draft_for(request.user, pk, kind=KIND)
    else:
        draft = get_draft_for(request.user, pk, kind=KIND)
    page = page_of(draft) if draft else None
    return _serve(request, Desk(request.user, step_of(step), draft, page))


@require_POST
@members_only
def grow_tip(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to tell a published tip as a sheet; readers keep the tip until the sheet is published."""
    page = get_practice_for(request.user, slug=slug, language=_language())
    if page.kind != PracticePage.Kind.TIP:
        return redirect("practices:edit", slug=page.slug)
    draft = drafts_of(request.user).filter(kind=KIND, target=str(page.pk)).first()
    return _grown(request, grow(request.user, draft, page))


def _grown(request: HttpRequest, draft: Draft) -> HttpResponse:
    messages.info(
        request,
        _(
            "Votre astuce devient une fiche, rien n’en est perdu. Dites maintenant comment on fait ; "
            "puis ce que cela change, et pour qui."
        ),
    )
    return redirect(step_url(draft, HOW))


def _language() -> str:
    return "nl" if (get_language() or "fr").startswith("nl") else "fr"


def _serve(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method == "POST":
        sent = sent_with_files(request)
        return _take(request, sent.post, desk, sent=sent)
    if (kept := take_kept(request, KIND)) is not None:
        messages.info(request, _("Votre texte vous attendait : il est enregistré."))
        return _take(request, kept, desk, stay=True)
    return _show(request, desk, strict="a-revoir" in request.GET)


# --- Taking a text -----------------------------------------------------------------------------


def _take(
    request: HttpRequest, post: QueryDict, desk: Desk, *, stay: bool = False, sent: Sent | None = None
) -> HttpResponse:
    """Save what was sent, whatever happened meanwhile, then go where the person asked to go."""
    step = step_of(post.get("step", desk.step.number))
    desk = desk.at(step)
    try:
        saved = save_posted(request.user, post, KIND)
    except DraftTooLarge:
        messages.error(
            request, _("Ce brouillon est trop long pour être enregistré. Partagez-le en deux fiches.")
        )
        return _show(request, desk, typed=read(post), status=413)
    except (DraftGone, PermissionDenied) as error:
        gone = isinstance(error, DraftGone)
        saved = save_posted(request.user, _renewed(post, keep_target=gone), KIND)
        messages.info(request, _said_renewed(gone))
    draft = saved.draft
    if saved.stale:
        desk = Desk(request.user, step, draft, page_of(draft))
        return _show(request, desk, typed=read(post), other=saved.stale, status=409)
    if sent and sent.refusals:
        return _show(
            request, Desk(request.user, step, draft, page_of(draft)), refusals=sent.refusals, status=422
        )
    if sent and sent.stays:
        return redirect(step_url(draft, step.number) + "#attachments")
    go = post.get("go", "next")
    if stay:
        return redirect(step_url(draft, step.number))
    if go == "publish":
        return _publish(request, draft)
    if go == "grow":
        return _grown(request, grow(request.user, draft, page_of(draft)))
    if go == "anew":
        return redirect(step_url(start_anew(draft), REVIEW))
    if go == "later":
        return redirect("drafts:list")
    if (beginning := beginning_of(draft)) and go in beginning.acts:
        return redirect(beginning.acts[go](draft, request.user))
    following = step_of(go).number if go.isdigit() else _after(step.number, draft)
    return redirect(step_url(draft, following))


def _after(number: int, draft: Draft) -> int:
    """Return the next step; a tip is told in the first one, only its filing remains."""
    if number == 1 and draft.data.get("kind") == PracticePage.Kind.TIP:
        return FILING
    return min(number + 1, REVIEW)


def _renewed(post: QueryDict, *, keep_target: bool) -> QueryDict:
    """Return the same form as the first save of another draft."""
    post = post.copy()
    post["draft_id"], post["draft_sequence"] = str(uuid.uuid4()), "0"
    if not keep_target:
        post["draft_target"] = post["draft_base"] = ""
    return post


def _said_renewed(gone: bool) -> str:
    if gone:
        return _(
            "Ce texte était déjà publié ou écarté : ce que vous venez d’envoyer est gardé dans un brouillon."
        )
    return _("Cette fiche ne peut plus être modifiée : votre texte est gardé comme une nouvelle fiche.")


def _publish(request: HttpRequest, draft: Draft) -> HttpResponse:
    page = page_of(draft)
    joined = page is not None and str(page.live_revision_id) != draft.base
    author = desks.last_author(page) if joined else ""
    try:
        outcome = send_draft(
            draft,
            by=request.user,
            significance=draft.data.get("significance", ""),
            reason=draft.data.get("reason", ""),
        )
    except NotReady as error:
        desk = Desk(request.user, STEPS[-1], draft, page)
        return _show(request, desk, problems=error.errors)
    except Conflicting:
        return redirect("practices:conflict", pk=draft.pk)
    except PermissionDenied:
        return redirect(step_url(draft, REVIEW))  # the page says what happened and what one can do
    if outcome.practice is None:
        return _not_published(request, draft, page, outcome)
    if outcome.proposal is not None:
        messages.success(request, _("La proposition est acceptée, avec vos retouches, au nom de son auteur."))
    else:
        messages.success(request, _said_published(outcome.practice, new=page is None, author=author))
    return HttpResponseRedirect(outcome.practice.get_absolute_url())


def _not_published(request: HttpRequest, draft: Draft, page: PracticePage, outcome: Outcome) -> HttpResponse:
    """Say what became of a change that did not appear at once, and lead on."""
    if not outcome.moved:
        said = _("Votre proposition attend la réponse de %(who)s ; vous pouvez encore la changer.")
        messages.success(request, said % {"who": answerers_said(page)})
        return redirect("practices:proposal", pk=outcome.proposal.pk)
    said = {
        "joined": _(
            "Une autre version a été publiée entre-temps. Elle est réunie avec vos retouches : "
            "relisez, puis acceptez."
        ),
        "revised": _(
            "L’auteur a changé sa proposition depuis que vous la retouchez. Rien n’est publié : "
            "lisez d’abord ce qu’elle dit maintenant."
        ),
        "answered": _(
            "Cette proposition n’attend plus de réponse. Rien n’est publié ; votre texte reste un brouillon."
        ),
    }[outcome.moved]
    messages.error(request, said)
    if outcome.moved == "revised":
        return redirect("practices:proposal", pk=outcome.proposal.pk)
    return redirect(step_url(draft, REVIEW))


def _said_published(practice: PracticePage, *, new: bool, author: str) -> str:
    if new and practice.kind == PracticePage.Kind.TIP:
        return _("L’astuce est publiée. Les membres des dix-neuf CPAS peuvent la lire et la compléter.")
    if new:
        return _("La fiche est publiée. Les membres des dix-neuf CPAS peuvent la lire et la compléter.")
    if author:
        return _("Votre version est publiée, réunie avec celle de %(name)s.") % {"name": author}
    return _("Votre version est publiée. La précédente reste dans l’historique.")


# --- Showing a step ----------------------------------------------------------------------------


def _show(
    request: HttpRequest,
    desk: Desk,
    *,
    strict: bool = False,
    typed: dict[str, Any] | None = None,
    other: dict[str, Any] | None = None,
    problems: dict[str, str] | None = None,
    refusals: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a step: what is stored, or what was just `typed`; `other`: what another window wrote."""
    context = desk.context(
        strict=strict, typed=typed, other=other, problems=problems or {}, refusals=refusals
    )
    context |= {
        "action": request.get_full_path() if desk.draft is None else step_url(desk.draft, desk.step.number)
    }
    return render(request, "practices/write.html", context, status=status)


@require_safe
@members_only
def similar(request: HttpRequest) -> HttpResponse:
    """Answer, while one types a title, with the sheets that look like it."""
    title = request.GET.get("titre", "")[:300].replace("\x00", "")
    number = request.GET.get("fiche", "")
    but = (
        PracticePage.objects.filter(pk=int(number)).first()
        if number.isdecimal() and len(number) < 12
        else None
    )
    return render(request, "practices/write_similar.html", desks.similar_context(title, request.user, but))


# --- Two texts ---------------------------------------------------------------------------------


@never_cache
@require_safe
@members_only
def conflict(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show both texts where two people changed the same thing."""
    draft = get_draft_for(request.user, pk, kind=KIND)
    return _show_conflict(request, draft)


def _show_conflict(request: HttpRequest, draft: Draft, *, moved: bool = False) -> HttpResponse:
    page = page_of(draft)
    if page is None or not can_edit(request.user, page):
        return redirect(step_url(draft, REVIEW))
    standoff = compare(draft, page)
    if not standoff.fields:
        return redirect(step_url(draft, REVIEW))
    context = desks.conflict_context(draft, page, standoff) | {"moved": moved}
    return render(request, "practices/conflict.html", context)


@require_POST
@members_only
def decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the choices between two texts; publishing stays a separate act, after reading the result."""
    draft = get_draft_for(request.user, pk, kind=KIND)
    page = page_of(draft)
    if page is None or not can_edit(request.user, page):
        return redirect(step_url(draft, REVIEW))
    choices = {name[7:]: value for name, value in request.POST.items() if name.startswith("choice_")}
    seen, sequence = (request.POST.get(name, "") for name in ("seen", "sequence"))
    numbers = [int(text) if text.isdecimal() and len(text) < 12 else -1 for text in (seen, sequence)]
    if not settle(draft, page, choices, seen=numbers[0], sequence=numbers[1]):
        return _show_conflict(request, draft, moved=True)
    messages.info(request, _("Vos deux textes sont réunis. Relisez, puis publiez."))
    return redirect(step_url(draft, REVIEW))
