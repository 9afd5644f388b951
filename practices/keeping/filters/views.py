"""« Mes filtres »: keep the filters of the list, look at what is new, rename, remove."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agora.people import undo
from agora.people.access import members_only
from agora.people.feed_keys import key_of
from agora.richtext.plain import one_line

from ...catalogue.asked import SORT_PARAMETER, asked, words
from ...models import SavedFilter
from ..feed.addresses import feed_url
from . import actions
from .rows import filter_rows, name_for


class NameForm(forms.Form):
    """The name of saved filters."""

    name = forms.CharField(max_length=actions.NAME_LENGTH)

    def clean_name(self) -> str:
        """Return the name on one line."""
        return one_line(self.cleaned_data["name"])


@members_only
@never_cache
@require_safe
def filters(request: HttpRequest) -> HttpResponse:
    """One's saved filters, what each finds and what is new; and the address of each as a feed."""
    own = SavedFilter.objects.filter(owner=request.user.pk)
    key = key_of(request.user)
    rows = filter_rows(request.user, own)
    context = {
        "rows": rows,
        "feeds": [(row.kept.name, feed_url(row.kept.query, cle=key)) for row in rows] if key else [],
        "whole": feed_url("", cle=key) if key else "",
        "key": key,
        "undo": undo.offered(request),
    }
    return render(request, "practices/keeping/filters.html", context)


@members_only
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name in their own words."""
    known = words(member=True)
    wanted = asked(request.POST, known)
    back = f"{reverse('practices:list')}{wanted.address()}"
    try:
        kept, is_new = actions.keep_filter(request.user, wanted.kept, name_for(wanted, known))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)
    if is_new:
        said = _("Ces filtres sont gardés sous « %(name)s ». Vous pouvez leur donner un autre nom.")
    else:
        said = _("Vous gardez déjà ces filtres, sous « %(name)s ».")
    messages.success(request, said % {"name": kept.name})
    return HttpResponseRedirect(f"{reverse('practices:filters')}#f{kept.pk}")


@members_only
@never_cache
@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the list under saved filters, the newest first, and remember that one looked."""
    kept = _own(request, pk)
    if request.method == "GET":
        actions.look(kept)
    return HttpResponseRedirect(
        f"{reverse('practices:list')}?{kept.query}&{urlencode({SORT_PARAMETER: 'nouvelles'})}"
    )


@members_only
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give saved filters another name."""
    kept = _own(request, pk)
    form = NameForm(request.POST)
    if form.is_valid() and form.cleaned_data["name"]:
        actions.rename_filter(kept, form.cleaned_data["name"])
        messages.success(request, _("Ces filtres s’appellent maintenant « %(name)s ».") % {"name": kept.name})
    else:
        messages.error(request, _("Un nom tient en 120 caractères, et ne peut pas être vide."))
    return HttpResponseRedirect(f"{reverse('practices:filters')}#f{pk}")


@members_only
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove saved filters; the page that follows can put them back."""
    kept = _own(request, pk)
    said = _("Les filtres « %(name)s » sont retirés.") % {"name": kept.name}
    undo.offer(request, "filter", actions.remove_filter(kept), said)
    return redirect("practices:filters")


def _own(request: HttpRequest, pk: int) -> SavedFilter:
    """The one gate from a number to saved filters: 404 for whoever did not keep them."""
    kept = SavedFilter.objects.filter(owner=request.user.pk, pk=pk).first()
    if kept is None:
        raise Http404
    return kept
