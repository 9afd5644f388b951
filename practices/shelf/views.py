"""The acts of whoever keeps a sheet: one click each, and one small page for the rest."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agora.people.access import members_only
from agora.people.models import Member

from ..actions import archive_practice, set_showcase
from ..addresses import about_url, list_url, sheet_url
from ..models import PracticePage
from ..permissions import can_archive, can_keep, can_showcase, get_practice_for, is_keeper, keepers_of
from ..wording import day, interface_language
from . import actions, log
from .forms import IntervalForm
from .permissions import can_bring_back, can_confirm, can_open_keeping, get_kept_practice_for, is_archived
from .querysets import colleagues_named


@require_POST
@members_only
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Say « toujours valable » in one click, or take it back."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    if request.POST.get("act") == "undo":
        if actions.undo_confirm(practice, request.user):
            messages.info(request, _("C’est annulé : la fiche a retrouvé sa date de lecture d’avant."))
        else:
            messages.info(request, _("Il n’y a rien à annuler : la fiche a changé entre-temps."))
    else:
        practice = actions.confirm_valid(practice, request.user)
        said = _("« %(title)s » est notée comme toujours valable, à votre nom. À relire avant le %(day)s.")
        due = practice.review_due_on
        messages.success(request, said % {"title": practice.title, "day": day(due)})
    return _back(request, practice)


@require_POST
@members_only
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a sheet for which nobody answers any more."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    try:
        actions.take_over(practice, request.user)
    except PermissionDenied:
        if is_keeper(request.user, practice):
            messages.info(request, _("Vous tenez déjà cette fiche."))
        else:
            messages.info(request, _("Quelqu’un a repris cette fiche avant vous. Rien n’a été changé."))
        return _back(request, practice)
    messages.success(
        request,
        _(
            "Vous tenez maintenant « %(title)s ». On vous demandera de temps en temps si elle est "
            "toujours valable ; vous pouvez la déposer quand vous voulez."
        )
        % {"title": practice.title},
    )
    return _back(request, practice)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a sheet out of the catalogue, after saying what follows."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    if not can_archive(request.user, practice):
        raise PermissionDenied(_("Seule la personne qui tient cette fiche peut la retirer du catalogue."))
    if request.method == "POST":
        archive_practice(practice, request.user)
        messages.success(
            request, _("« %(title)s » n’est plus dans le catalogue. Vous pouvez l’y remettre ici.")
            % {"title": practice.title},
        )  # fmt: skip
        return redirect("practices:keep", slug=slug)
    return render(request, "practices/shelf/archive.html", {"practice": practice, "alternates": {}})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """« Tenir cette fiche »: who, how often, who may read it, out of the catalogue and back."""
    practice = get_kept_practice_for(request.user, slug=slug, language=interface_language())
    if request.method == "POST":
        return _do(request, practice)
    if not can_open_keeping(request.user, practice):
        raise PermissionDenied(_("Cette page est pour la personne qui tient la fiche."))
    return _show(request, practice)


def _show(
    request: HttpRequest, practice: PracticePage, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    user, asked = request.user, request.GET.get("qui", "") or request.POST.get("qui", "")
    keepers = keepers_of(practice)
    decides = can_keep(user, practice)
    context = {
        "practice": practice,
        "keeper": log.signed(practice.owner) if practice.owner in keepers else "",
        "fallback": log.signed(practice.fallback_owner) if practice.fallback_owner in keepers else "",
        "decides": decides,
        "is_keeper": is_keeper(user, practice),
        "is_archived": is_archived(practice),
        "can_bring_back": can_bring_back(user, practice),
        "can_confirm": can_confirm(user, practice),
        "can_archive": can_archive(user, practice),
        "can_showcase": can_showcase(user, practice),
        "read_on": day(practice.reviewed_on) if practice.reviewed_on else "",
        "due_on": day(practice.review_due_on) if practice.review_due_on else "",
        "form": IntervalForm(initial={"months": practice.review_months}),
        "asked": asked[:100].replace("\x00", ""),
        "found": colleagues_named(asked, user) if decides and asked else [],
        "wrong": wrong,
        "events": log.events_of(practice),
        "url": sheet_url(practice.slug, interface_language()),
        "alternates": {},
    }
    return render(request, "practices/shelf/keep.html", context, status=status)


def _do(request: HttpRequest, practice: PracticePage) -> HttpResponse:
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return _show_if_open(request, practice, _("Ce geste n’existe pas. Choisissez parmi ceux de la page."))
    try:
        said = act(request, practice)
    except ValidationError as error:
        return _show_if_open(request, practice, " ".join(error.messages))
    if said:
        messages.success(request, said)
    else:
        messages.info(request, _("Rien n’a été changé : la fiche n’attendait plus cette réponse."))
    return _back(request, PracticePage.objects.select_related("owner", "fallback_owner").get(pk=practice.pk))


def _show_if_open(request: HttpRequest, practice: PracticePage, wrong: str) -> HttpResponse:
    if not can_open_keeping(request.user, practice):
        raise PermissionDenied(wrong)
    return _show(request, practice, wrong=wrong, status=422)


def _chosen(request: HttpRequest) -> Member:
    """Return the colleague that was chosen; ValidationError when there is no such member (any more)."""
    number = request.POST.get("member", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 18
    members = Member.objects.visible_to(request.user)
    found = members.filter(pk=int(number)).first() if is_number else None
    if found is None:
        raise ValidationError(_("Choisissez quelqu’un dans la liste."))
    return found


def _hand_over(request: HttpRequest, practice: PracticePage) -> str:
    to = _chosen(request)
    actions.hand_over(practice, to, request.user)
    said = _("La fiche est confiée à %(name)s, qui reçoit un courriel et peut vous la rendre.")
    return said % {"name": to.get_full_name()}


def _fallback(request: HttpRequest, practice: PracticePage) -> str:
    to = _chosen(request)
    actions.set_fallback(practice, to, request.user)
    said = _("%(name)s répondra de la fiche à votre place, et reçoit un courriel qui le dit.")
    return said % {"name": to.get_full_name()}


def _no_fallback(request: HttpRequest, practice: PracticePage) -> str:
    actions.set_fallback(practice, None, request.user)
    return _("Plus personne ne répond de la fiche à votre place.")


def _interval(request: HttpRequest, practice: PracticePage) -> str:
    months = request.POST.get("months", "")
    practice = actions.set_review_months(practice, int(months) if months in MONTHS else 0, request.user)
    due = practice.review_due_on
    return _("C’est noté. À relire avant le %(day)s.") % {"day": day(due)} if due else _("C’est noté.")


def _lay_down(request: HttpRequest, practice: PracticePage) -> str:
    practice = actions.lay_down(practice, request.user)
    if practice.owner_id:
        return _("Vous ne tenez plus cette fiche.")
    return _("Vous ne tenez plus cette fiche. N’importe quel membre peut la reprendre.")


def _accept(request: HttpRequest, practice: PracticePage) -> str:
    return _("Merci. Vous tenez cette fiche.") if actions.accept(practice, request.user) else ""


def _decline(request: HttpRequest, practice: PracticePage) -> str:
    return _("La fiche est rendue.") if actions.decline(practice, request.user) else ""


def _bring_back(request: HttpRequest, practice: PracticePage) -> str:
    actions.bring_back(practice, request.user)
    return _("La fiche est de nouveau dans le catalogue.")


def _open(request: HttpRequest, practice: PracticePage) -> str:
    set_showcase(practice, True, request.user)
    return _("Tout le monde peut maintenant lire cette fiche, même sans compte.")


def _close(request: HttpRequest, practice: PracticePage) -> str:
    set_showcase(practice, False, request.user)
    return _("Cette fiche est de nouveau réservée aux membres.")


MONTHS = {str(months) for months in PracticePage.ReviewEvery.values}
ACTS: dict[str, Callable[[HttpRequest, PracticePage], str]] = {
    "hand_over": _hand_over,
    "fallback": _fallback,
    "no_fallback": _no_fallback,
    "interval": _interval,
    "lay_down": _lay_down,
    "accept": _accept,
    "decline": _decline,
    "bring_back": _bring_back,
    "open": _open,
    "close": _close,
}


def _back(request: HttpRequest, practice: PracticePage) -> HttpResponse:
    """Return to where the button was: a list, the home page, the small page, else the sheet."""
    came_from = request.POST.get("from", "")
    if came_from in ("keeping", "unkept", "overdue"):
        return redirect(f"practices:{came_from}")
    if came_from == "home":
        return redirect("home")
    language = interface_language()
    if came_from == "keep" and can_open_keeping(request.user, practice):
        return redirect(about_url("practices:keep", practice.slug, language))
    return redirect(sheet_url(practice.slug, language) if practice.live else list_url(language))
