"""Reading lists: one's own, those that are shared, one list and its order, and « Garder » on a sheet."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agora.people import undo
from agora.people.access import members_only

from ...models import ReadingList
from ...permissions import get_practice_for
from ...wording import interface_language
from ..filters.actions import restore_filter
from . import actions
from .forms import KeepForm, ListForm, NoteForm
from .permissions import can_change_list, get_list_for
from .rows import audience_said, list_rows, readable_items, rows_of

MOST_SHARED = 100  # lists of others shown, the last changed first
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@never_cache
@page_or_form
def lists(request: HttpRequest) -> HttpResponse:
    """One's own lists, and the form that begins another."""
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.create_list(request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("title", error)
        else:
            messages.success(request, _("La liste « %(title)s » est commencée.") % {"title": made.title})
            return redirect("practices:reading_list", pk=made.pk)
    own = ReadingList.objects.filter(owner=request.user.pk).select_related("owner__cpas")
    context = {
        "rows": list_rows(request.user, own.prefetch_related("items")),
        "form": form,
        "undo": undo.offered(request),
    }
    return render(request, "practices/keeping/lists.html", context)


@members_only
@never_cache
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """The lists that others share with this reader."""
    others = ReadingList.objects.shared_with(request.user).select_related("owner__cpas")
    rows = list_rows(request.user, others.prefetch_related("items")[:MOST_SHARED])
    return render(request, "practices/keeping/shared.html", {"rows": rows})


@members_only
@never_cache
@require_safe
def reading_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list, for its owner with the means to change it, for the others to read and print."""
    found = get_list_for(request.user, pk)
    own = can_change_list(request.user, found)
    context = {
        "list": found,
        "rows": rows_of(request.user, found),
        "own": own,
        "audience": audience_said(found),
        "undo": undo.offered(request) if own else "",
    }
    return render(request, "practices/keeping/list.html", context)


@members_only
@never_cache
@page_or_form
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the title, the sentence and the audience of a list."""
    found = get_list_for(request.user, pk, change=True)
    title = found.title
    form = ListForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, _("La liste est enregistrée."))
        return redirect("practices:reading_list", pk=pk)
    return render(request, "practices/keeping/list_change.html", {"form": form, "title": title, "pk": pk})


@members_only
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a list; the page that follows can put it back."""
    found = get_list_for(request.user, pk, change=True)
    said = _("La liste « %(title)s » est retirée.") % {"title": found.title}
    undo.offer(request, "list", actions.delete_list(found), said)
    return redirect("practices:lists")


@members_only
@require_POST
def item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Do something to one sheet of a list: `up`, `down`, `note` or `remove`."""
    found = get_list_for(request.user, pk, change=True)
    items = list(found.items.all())
    wanted = next((each for each in items if each.pk == item_pk), None)
    if wanted is None:
        raise Http404
    wanted.reading_list = found
    act, anchor = request.POST.get("act"), f"#i{item_pk}"
    if act in ("up", "down"):
        seen = [each.pk for each, _card in readable_items(request.user, items)]
        if item_pk in seen:
            actions.move(wanted, -1 if act == "up" else 1, seen)
    elif act == "note":
        form = NoteForm(request.POST)
        if form.is_valid():
            actions.annotate(wanted, form.cleaned_data["note"])
        else:
            messages.error(request, _("Une note tient en 300 caractères. Rien n’a été changé."))
    elif act == "remove":
        anchor = ""
        undo.offer(request, "item", actions.remove(wanted), _("La fiche est retirée de la liste."))
    return HttpResponseRedirect(reverse("practices:reading_list", kwargs={"pk": pk}) + anchor)


@members_only
@never_cache
@page_or_form
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """« Garder »: one click puts a sheet in the usual list; the page chooses lists and says why."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    kept = ReadingList.objects.filter(owner=request.user.pk, items__practice=practice.pk)
    if request.method == "POST" and request.POST.get("act") == "usual":
        return _keep_usual(request, practice)
    form = KeepForm(
        request.POST if request.method == "POST" else None, owner=request.user, initial={"lists": kept}
    )
    if form.is_valid():
        try:
            _keep_chosen(request.user, practice, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("C’est noté."))
            return HttpResponseRedirect(f"{practice.get_absolute_url()}#garder")
    context = {"form": form, "practice": practice, "alternates": {}}
    return render(request, "practices/keeping/keep.html", context)


def _keep_usual(request: HttpRequest, practice) -> HttpResponse:
    try:
        usual = actions.usual_list(request.user)
        actions.keep(request.user, practice, usual)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("La fiche est gardée dans « %(title)s ».") % {"title": usual.title})
    return HttpResponseRedirect(f"{practice.get_absolute_url()}#garder")


def _keep_chosen(user, practice, lists, title: str, note: str) -> None:
    chosen = list(lists)
    if title:
        chosen.append(actions.create_list(user, title))
    actions.keep_in(user, practice, chosen, note=note)


@members_only
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Put back what was removed last: a list, a sheet in a list, or a saved filter."""
    kind, data = undo.taken(request)
    try:
        if kind == "list":
            made = actions.restore_list(request.user, data)
            messages.success(request, _("La liste « %(title)s » est remise.") % {"title": made.title})
            return redirect("practices:reading_list", pk=made.pk)
        if kind == "item":
            found = get_list_for(request.user, data["list"], change=True)
            if actions.put_back(found, data):
                messages.success(request, _("La fiche est remise dans la liste."))
            else:
                messages.error(request, _("Cette fiche n’existe plus."))
            return redirect("practices:reading_list", pk=found.pk)
        if kind == "filter":
            restore_filter(request.user, data)
            messages.success(request, _("Vos filtres sont remis."))
            return redirect("practices:filters")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("practices:lists")
    messages.error(request, _("Il n’y a plus rien à remettre."))
    return redirect("practices:lists")
