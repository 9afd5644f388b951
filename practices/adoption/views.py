"""The pages where a CPAS speaks: « Et chez vous ? », its profile, the mirror."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.drafts.forms import Envelope
from agora.drafts.keeping import take_kept, writers_only
from agora.drafts.models import Draft
from agora.drafts.permissions import drafts_of
from agora.people.access import members_only
from agora.people.roles import MODERATOR, roles_of
from agora.vocabulary import lists

from ..addresses import adopt_url, mirror_url, sheet_url
from ..models import Adoption, CpasContext, PracticePage
from ..permissions import get_practice_for
from ..wording import day, interface_language, of_place
from . import actions
from .contexts import profiles_of
from .drafts import KIND, target_of
from .fields import Declaration
from .forms import AdoptForm, ContextForm
from .glass import mirror_context
from .permissions import can_speak_for
from .spoken import log_of

WITHDRAWN = "withdrawn_declaration"  # in the session: what « Remettre » puts back


def cpas_asked(request: HttpRequest) -> str | None:
    """Return the CPAS (INS code) that a page is about: the one in the address, else the reader's own."""
    asked = request.POST.get("cpas") or request.GET.get("cpas")
    return asked if asked in lists.cpas_by_ins() else request.user.cpas_id


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@writers_only(KIND)
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what one's CPAS does with a practice, correct it, take it back, and undo that."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language(), whole=False)
    cpas = cpas_asked(request)
    if not can_speak_for(request.user, cpas):
        if cpas is None and MODERATOR in roles_of(request.user):
            return _choose(request, practice)
        raise PermissionDenied(_("On ne parle que pour son propre CPAS."))
    if request.method == "POST":
        return _take(request, practice, cpas)
    if (kept := take_kept(request, KIND)) is not None:
        messages.info(request, _("Votre texte vous attendait : relisez-le, puis envoyez."))
        return _show(request, practice, cpas, AdoptForm(initial=kept.dict(), cpas=cpas))
    return _show(request, practice, cpas)


def _choose(request: HttpRequest, practice: PracticePage) -> HttpResponse:
    context = {"practice": practice, "centres": lists.cpas_list(), "alternates": {}}
    return render(request, "practices/adoption/choose.html", context)


def _take(request: HttpRequest, practice: PracticePage, cpas: str) -> HttpResponse:
    go = request.POST.get("go")
    if go == "withdraw":
        return _withdraw(request, practice, cpas)
    if go == "restore":
        return _restore(request, practice, cpas)
    form = AdoptForm(request.POST, cpas=cpas)
    if not form.is_valid():
        return _show(request, practice, cpas, form)
    actions.declare(practice, form.said, by=request.user)
    drafts_of(request.user).filter(kind=KIND, target=target_of(practice, cpas)).delete()
    messages.success(request, _("C’est noté. Les membres des dix-neuf CPAS le lisent sur la fiche."))
    return HttpResponseRedirect(sheet_url(practice.slug, interface_language()) + "#qui")


def _withdraw(request: HttpRequest, practice: PracticePage, cpas: str) -> HttpResponse:
    said = actions.withdraw(practice, cpas, by=request.user)
    if said is not None:
        request.session[WITHDRAWN] = {"practice": practice.pk} | said.as_data()
    return HttpResponseRedirect(_own_url(request, practice, cpas))


def _restore(request: HttpRequest, practice: PracticePage, cpas: str) -> HttpResponse:
    said = _withdrawn(request, practice, cpas)
    if said is not None and not Adoption.objects.filter(practice=practice, cpas_id=cpas).exists():
        actions.declare(practice, said, by=request.user)
        messages.success(request, _("La déclaration est remise, comme elle était."))
    request.session.pop(WITHDRAWN, None)
    return HttpResponseRedirect(_own_url(request, practice, cpas))


def _withdrawn(request: HttpRequest, practice: PracticePage, cpas: str) -> Declaration | None:
    """Return what this person has just taken back here, if anything."""
    kept = dict(request.session.get(WITHDRAWN) or {})
    if kept.pop("practice", None) != practice.pk or kept.get("cpas") != cpas:
        return None
    return Declaration.from_data(kept)


def _own_url(request: HttpRequest, practice: PracticePage, cpas: str) -> str:
    return adopt_url(practice.slug, interface_language(), "" if cpas == request.user.cpas_id else cpas)


def _show(
    request: HttpRequest, practice: PracticePage, cpas: str, form: AdoptForm | None = None
) -> HttpResponse:
    """Render the form: what was typed, else what waits in a draft, else what the CPAS declared."""
    row = Adoption.objects.filter(practice=practice, cpas_id=cpas).first()
    target = target_of(practice, cpas)
    draft: Draft | None = drafts_of(request.user).filter(kind=KIND, target=target).first()
    if form is None:
        values = AdoptForm.values_of(Declaration.of(row) if row else None)
        form = AdoptForm(initial=values | (draft.data if draft else {}), cpas=cpas)
    context: dict[str, Any] = {
        "practice": practice,
        "url": sheet_url(practice.slug, interface_language()),
        "cpas": lists.cpas_by_ins()[cpas],
        "of_place": of_place(lists.cpas_by_ins()[cpas].name),
        "is_own": cpas == request.user.cpas_id,
        "form": form,
        "row": row,
        "said_by": log_of(practice, cpas),
        "withdrawn": row is None and _withdrawn(request, practice, cpas) is not None,
        "envelope": Envelope(KIND, request.user, draft, target, language=interface_language()),
        "action": _own_url(request, practice, cpas),
        "alternates": {},
    }
    return render(request, "practices/adoption/adopt.html", context)


@require_POST
@members_only
def advance(request: HttpRequest, slug: str) -> HttpResponse:
    """Say, as whoever keeps the sheet, that the practice is tried elsewhere."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    moved = actions.advance(practice, by=request.user)
    if moved.maturity != practice.maturity:
        messages.success(request, _("La fiche dit maintenant que la pratique est essayée ailleurs."))
    return redirect(moved.get_absolute_url())


@require_safe
@members_only
def mirror(request: HttpRequest, slug: str) -> HttpResponse:
    """Set a sheet beside a CPAS: what fits, what differs, what is not said, and whom to call."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    cpas = cpas_asked(request)
    context = {
        "practice": practice,
        "url": sheet_url(practice.slug, interface_language()),
        "action": mirror_url(practice.slug, interface_language()),
        "centres": lists.cpas_list(),
        "cpas": lists.cpas_by_ins().get(cpas),
        "is_own": cpas is not None and cpas == request.user.cpas_id,
        "can_describe": can_speak_for(request.user, cpas),
        "alternates": {},
    }
    if cpas is not None:
        context |= mirror_context(practice, cpas)
    return render(request, "practices/adoption/mirror.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def context(request: HttpRequest, cpas: str) -> HttpResponse:
    """What a CPAS is like: members read it, whoever works there sets it right."""
    if cpas not in lists.cpas_by_ins():
        raise Http404
    may = can_speak_for(request.user, cpas)
    profile = profiles_of([cpas])[cpas]
    form = ContextForm(initial=ContextForm.values_of(profile.circumstances))
    if request.method == "POST":
        if not may:
            raise PermissionDenied(_("On ne parle que pour son propre CPAS."))
        form = ContextForm(request.POST)
        if form.is_valid():
            actions.describe(cpas, form.chosen(), by=request.user)
            messages.success(request, _("C’est noté. Les miroirs de toutes les fiches en tiennent compte."))
            return HttpResponseRedirect(_way_back(request) or request.path)
    row = CpasContext.objects.select_related("updated_by").filter(pk=cpas).first()
    page = {
        "cpas": lists.cpas_by_ins()[cpas],
        "of_place": of_place(lists.cpas_by_ins()[cpas].name),
        "profile": profile,
        "said": [term for term in lists.circumstances().ordered if term.slug in profile.circumstances],
        "form": form,
        "may": may,
        "row": row,
        "when": day(row.updated_at.date()) if row else "",
        "back": _way_back(request),
    }
    return render(request, "practices/adoption/context.html", page)


def _way_back(request: HttpRequest) -> str:
    """Return the mirror that somebody came from, by the slug of its sheet; empty when from nowhere."""
    slug = (request.POST or request.GET or QueryDict()).get("fiche", "")
    is_slug = 0 < len(slug) <= 255 and all(letter.isalnum() or letter in "-_" for letter in slug)
    return mirror_url(slug, interface_language()) if is_slug and slug.isascii() else ""
