"""The pages of a family: the tree of variants, and the first page of an adaptation.

Views of their own beside views.py, where CPAS speak of themselves.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agora.people.access import members_only, public

from ..addresses import adapt_url, sheet_url
from ..drafting import last_step, step_url
from ..models import PracticePage
from ..permissions import can_write, get_practice_for
from ..wording import interface_language
from . import adapting
from .family import table_of, tree_of
from .forms import FunctionForm
from .functions import Function, functions_of
from .permissions import can_adapt


@public
@require_safe
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """Every sheet that comes from the same one, and what became of the key functions.

    404 for whoever may not read the sheet; relatives that they may not read are not there.
    """
    practice = _readable(request.user, pk)
    if practice is None:
        raise Http404
    member = can_write(request.user)
    root = tree_of(practice, member=member)
    context = {
        "practice": practice,
        "url": practice.get_absolute_url(),
        "root": root,
        "size": sum(1 for _branch in root.walk()),
        "tables": [(branch, rows) for branch in root.walk() if (rows := table_of(branch))],
        "is_member": member,
    }
    return render(request, "practices/adoption/family.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def adapt(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what becomes of each key function, then write from the texts of the origin."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    if not can_adapt(request.user, practice):
        raise PermissionDenied(_("Adapter une fiche se fait pour son propre CPAS."))
    texts = functions_of(practice)
    posted = request.POST if request.method == "POST" else None
    forms = [
        FunctionForm(posted, prefix=f"f{rank}", auto_id="%s", initial={"fate": "kept"})
        for rank, _text in enumerate(texts)
    ]
    # The texts that the page showed: answers about others than today's are asked again.
    moved = posted is not None and posted.getlist("text") != texts
    if posted is not None and not moved and _all_valid(forms):
        told = [
            Function(text, form.cleaned_data["fate"], form.cleaned_data["note"])
            for text, form in zip(texts, forms, strict=True)
        ]
        draft = adapting.begin(practice, told, by=request.user)
        return redirect(step_url(draft, last_step(draft)))
    draft = adapting.draft_adapting(practice, request.user)
    context = {
        "practice": practice,
        "url": sheet_url(practice.slug, interface_language()),
        "action": adapt_url(practice.slug, interface_language()),
        "functions": list(zip(texts, forms, strict=True)),
        "moved": moved,
        "draft_url": step_url(draft, last_step(draft)) if draft else "",
        "alternates": {},
    }
    return render(request, "practices/adoption/adapt.html", context)


def _readable(user, pk: int) -> PracticePage | None:
    found = PracticePage.objects.visible_to(user).filter(pk=pk).select_related("locale").order_by()
    return next(iter(found[:1]), None)


def _all_valid(forms: list[FunctionForm]) -> bool:
    """Check every form, so that all that is to be repaired shows at once."""
    return not [form for form in forms if not form.is_valid()]
