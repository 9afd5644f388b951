"""What changed in the other language, the word that both say the same, and the beginning of a translation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agora.people.access import members_only

from ..addresses import edit_url, sheet_url
from ..comparison import changes_between
from ..drafting import last_step, step_url
from ..fields import PracticeFields
from ..models import PracticePage
from ..permissions import can_edit, get_practice_for
from ..wording import interface_language
from . import actions
from .standing import aligned_fields, sister_of, standing_of
from .translating import begin, translation_in
from .translating import other_language as language_to_write


@require_POST
@members_only
def translate(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the translation of a sheet, or go on with it; one that exists is opened instead."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    there = translation_in(practice, language_to_write(practice))
    if there is not None and there.live:
        messages.info(request, _("Cette fiche est déjà traduite : la voici."))
        return redirect(there.get_absolute_url())
    if there is not None:
        messages.info(
            request,
            _(
                "Cette fiche a déjà été traduite, puis la traduction a été retirée du catalogue. "
                "La personne qui la tenait peut l’y remettre."
            ),
        )
        return redirect(sheet_url(slug, interface_language()))
    draft = begin(practice, by=request.user)
    return redirect(step_url(draft, last_step(draft)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def other_language(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed in the sister sheet since both said the same; take the word that they do again."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    sister = sister_of(practice)
    if sister is None:
        raise Http404
    if request.method == "POST":
        return _take(request, practice)
    return _show(request, practice, sister)


def _take(request: HttpRequest, practice: PracticePage) -> HttpResponse:
    back = redirect(sheet_url(practice.slug, interface_language()))
    if request.POST.get("act") == "undo":
        undone = actions.undo_align(practice, request.user)
        said = _("C’est annulé.") if undone else _("Il n’y a rien à annuler : la fiche a changé entre-temps.")
        messages.info(request, said)
        return back
    seen = request.POST.get("seen", "")
    is_number = seen.isascii() and seen.isdecimal() and len(seen) < 18
    try:
        actions.align(practice, request.user, seen=int(seen) if is_number else 0)
    except actions.Moved:
        messages.info(
            request, _("L’autre version vient encore de changer. Relisez ce qui a changé, puis dites-le.")
        )
        return redirect(request.get_full_path())
    messages.success(request, _("C’est noté à votre nom : les deux langues disent la même chose."))
    return back


def _show(request: HttpRequest, practice: PracticePage, sister: PracticePage) -> HttpResponse:
    language = sister.locale.language_code
    standing = standing_of(practice, sister)
    changes = changes_between(aligned_fields(practice, sister), PracticeFields.of(sister), language=language)
    context = {
        "practice": practice,
        "sister": sister,
        "standing": standing,
        "changes": changes,
        "can_edit": can_edit(request.user, practice),
        "url": sheet_url(practice.slug, interface_language()),
        "edit_url": edit_url(practice.slug, interface_language()),
        "alternates": {},
    }
    return render(request, "practices/languages/other.html", context)
