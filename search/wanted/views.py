"""« Demander une fiche »: the form, and taking a request back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agora.people import undo
from agora.people.access import members_only
from agora.richtext.numbers import interface_language

from ..forms import readable
from ..models import SheetRequest
from . import actions
from .forms import RequestForm


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_sheet(request: HttpRequest) -> HttpResponse:
    """Ask for a sheet: the words of the search are there already, one line may be added."""
    if request.method != "POST":
        form = RequestForm(initial={"words": readable(request.GET.get("q", ""))})
        return render(request, "search/request_sheet.html", {"form": form})
    form = RequestForm(request.POST)
    if form.is_valid():
        try:
            wanted, is_new = actions.ask_for_sheet(
                request.user,
                form.cleaned_data["words"],
                why=form.cleaned_data["why"],
                language=interface_language(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if is_new:
                said = _("Votre demande est partie vers l’équipe d’Agora. La réponse se lira ici.")
            else:
                said = _("Vous aviez déjà demandé cette fiche : elle attend sa réponse.")
            messages.success(request, said)
            return HttpResponseRedirect(f"{reverse('search:followed')}#d{wanted.pk}")
    return render(request, "search/request_sheet.html", {"form": form})


@members_only
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's request back; the page that follows can ask again."""
    wanted = SheetRequest.objects.filter(author=request.user.pk, pk=pk).first()
    if wanted is None:
        raise Http404
    said = _("Votre demande « %(words)s » est retirée.") % {"words": wanted.words}
    undo.offer(request, actions.UNDO, actions.withdraw_request(wanted), said)
    return redirect("search:followed")
