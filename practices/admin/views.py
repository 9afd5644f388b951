"""One word in the place of another, everywhere: the page that an editor reaches from a vocabulary."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from agora.vocabulary import lists
from agora.vocabulary.models import Term

from ..fields import LISTS
from ..models import PracticePage
from .actions import replace_word
from .bulk import tell
from .forms import ReplaceForm
from .permissions import can_curate


def replace(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Ask which word takes the place of this one, say on how many sheets, do it, say what was done.

    `kind`: the name of the list (« theme », « function »…); 404 for a word that does not exist.
    """
    if not can_curate(request.user):
        raise PermissionDenied
    old = _word(kind, slug)
    form = ReplaceForm(request.POST or None, old=old)
    back = reverse(type(old).snippet_viewset.get_url_name("list"))
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["new"]
        outcome = replace_word(old, new, by=request.user, reason=form.cleaned_data["reason"])
        tell(request, outcome)
        if outcome.left or outcome.refused:
            return redirect(request.path)
        said = _("« %(old)s » n’est plus proposé ; « %(new)s » a pris sa place.")
        messages.success(request, said % {"old": old.name, "new": new.name})
        return redirect(back)
    count = PracticePage.objects.filter(live=True, **{_field(old): old}).count() if _field(old) else 0
    return render(
        request, "practices/admin/replace.html", {"old": old, "form": form, "count": count, "back": back}
    )


def _word(kind: str, slug: str) -> Term:
    for model in lists.TERM_MODELS:
        if model._meta.model_name == kind and (found := model.objects.filter(slug=slug).first()):
            return found
    raise Http404


def _field(word: Term) -> str:
    """Return the field of a sheet that holds words of this kind; empty when none does."""
    return next((n for n in LISTS if PracticePage._meta.get_field(n).related_model is type(word)), "")
