"""« Mes brouillons », and the answers to forms that save themselves."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.people.access import members_only, public

from . import actions
from .forms import save_posted
from .handlers import handler_of
from .permissions import discarded_drafts_of, drafts_of, get_draft_for
from .rows import rows_of, sent_by


@never_cache
@require_safe
@members_only
def draft_list(request: HttpRequest) -> HttpResponse:
    """Show what this person is writing, and what they set aside since yesterday."""
    drafts = list(drafts_of(request.user))
    discarded = rows_of(list(discarded_drafts_of(request.user)))
    just_now = request.GET.get("ecarte", "")
    context = {
        "rows": rows_of(drafts),
        "sent": sent_by(request.user),
        "discarded": discarded,
        "just_discarded": next((row for row in discarded if str(row.draft.pk) == just_now), None),
        "section": "drafts",
    }
    return render(request, "drafts/list.html", context)


@never_cache
@require_POST
@public
def autosave(request: HttpRequest, kind: str) -> JsonResponse:
    """Save a form while it is being filled in; the yes comes only once it is on the disk.

    Open to everybody, so that a closed session is answered in a way that the script understands:
    401 session closed (with the login's address) · 403 may not write · 404 not their draft ·
    409 another window wrote these fields · 410 published or cleared away · 413 too large.
    """
    if not request.user.is_authenticated:
        said = _("Votre session s’est fermée. Votre texte est là : reconnectez-vous.")
        return JsonResponse({"error": said, "login": reverse("account_login")}, status=401)
    try:
        saved = save_posted(request.user, request.POST, kind)
    except BadRequest:
        return JsonResponse({"error": _("Ce formulaire est incomplet. Rechargez la page.")}, status=400)
    except PermissionDenied:
        if request.user.is_validated:
            raise Http404 from None
        return JsonResponse({"error": _("Écrire demande un compte validé.")}, status=403)
    except actions.DraftGone:
        said = _("Ce texte a été publié ou écarté entre-temps. Ce que vous voyez ici n’est plus enregistré.")
        return JsonResponse({"error": said}, status=410)
    except actions.DraftTooLarge:
        said = _("Ce brouillon est trop long pour être enregistré. Partagez-le en deux fiches.")
        return JsonResponse({"error": said}, status=413)
    draft = saved.draft
    answer = {"sequence": draft.sequence, "draft": str(draft.pk)}
    if saved.stale:
        said = _("Ce brouillon a aussi été changé dans une autre fenêtre.")
        return JsonResponse(answer | {"error": said, "stale": list(saved.stale)}, status=409)
    hour = date_format(timezone.localtime(draft.saved_at), "H:i")
    return JsonResponse(answer | {"saved_at": hour, "url": handler_of(kind).url(draft)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def discard(request: HttpRequest, pk) -> HttpResponse:
    """Ask, then set a draft aside, for a day; the list offers at once to take it back."""
    draft = get_draft_for(request.user, pk, discarded=request.method == "POST")
    if request.method != "POST":
        (row,) = rows_of([draft]) or (None,)
        if row is None:
            raise Http404
        return render(request, "drafts/discard.html", {"row": row, "section": "drafts"})
    actions.discard_draft(draft)
    return redirect(f"{reverse('drafts:list')}?ecarte={draft.pk}")


@require_POST
@members_only
def restore(request: HttpRequest, pk) -> HttpResponse:
    """Take a draft back that was set aside."""
    draft = get_draft_for(request.user, pk, discarded=True)
    if actions.restore_draft(draft):
        messages.info(request, _("« %(title)s » est repris.") % {"title": draft.title or _("Sans titre")})
    else:
        messages.error(
            request,
            _(
                "Vous avez commencé un autre brouillon de la même fiche. "
                "Écartez-le d’abord, puis reprenez celui-ci."
            ),
        )
    return redirect("drafts:list")
