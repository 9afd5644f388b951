"""The editors' page: what members look for in vain, and what becomes of it. Wagtail calls it a report."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from ..models import SilentNeed
from .actions import KEPT, THRESHOLD, handle
from .permissions import can_see_needs, get_need_for, visible_to
from .seasons import season_of


def season_name(season) -> str:
    """Say a quarter: « de janvier à mars 2027 »."""
    last = season.replace(month=season.month + 2)
    return _("de %(first)s à %(last)s") % {
        "first": date_format(season, "F"),
        "last": date_format(last, "F Y"),
    }


def _seasons() -> list[tuple[str, str]]:
    """Return the quarters of the last year, the present one first."""
    found, season = [], season_of(timezone.localdate())
    while season > timezone.localdate() - KEPT:
        found.append((season.isoformat(), season_name(season)))
        season = season_of(season - timedelta(days=1))
    return found


class NeedFilterSet(WagtailFilterSet):
    """Quarter, language, what became of it."""

    season = django_filters.ChoiceFilter(
        label=gettext_lazy("Période"), choices=_seasons, empty_label=gettext_lazy("Les douze derniers mois")
    )

    class Meta:
        model = SilentNeed
        fields = ["season", "language", "state"]


class SilentNeedReport(ReportView):
    """The table; those that five people told, the most people first."""

    model = SilentNeed
    page_title = gettext_lazy("Besoins silencieux")
    header_icon = "search"
    is_searchable = False
    paginate_by = 50
    filterset_class = NeedFilterSet
    index_url_name = "silent_needs:index"
    index_results_url_name = "silent_needs:results"
    template_name = "search/admin/silent_needs.html"
    columns = [
        TitleColumn(
            "text",
            label=gettext_lazy("Ce qui est cherché"),
            get_url=lambda need: reverse("silent_needs:handle", args=[need.pk]),
        ),
        Column("language", label=gettext_lazy("Langue"), accessor="get_language_display"),
        Column("people", label=gettext_lazy("Personnes")),
        Column("empty", label=gettext_lazy("Dont sans aucun résultat")),
        Column("season", label=gettext_lazy("Période"), accessor=lambda need: season_name(need.season)),
        Column("state", label=gettext_lazy("Suite"), accessor="get_state_display"),
    ]

    def dispatch(self, request, *args: Any, **kwargs: Any):
        """Close the door to everybody else of the admin."""
        if not can_see_needs(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """Return what this person may read; what waits first."""
        return visible_to(self.request.user).order_by("-people", "-last_week", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say how it is counted, above the table."""
        return super().get_context_data(*args, **kwargs) | {"threshold": THRESHOLD}


class HandleForm(forms.Form):
    """What becomes of a need."""

    state = forms.ChoiceField(
        label=gettext_lazy("Suite"), choices=SilentNeed.State.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("En deux mots (facultatif)"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("À qui la fiche est demandée, ou laquelle répond. L’équipe seule le lit."),
    )


def handle_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what becomes of one need, and go back to the table."""
    if not can_see_needs(request.user):
        raise PermissionDenied
    need = get_need_for(request.user, pk)
    form = HandleForm(request.POST or None, initial={"state": need.state, "note": need.note})
    if request.method == "POST" and form.is_valid():
        handle(need, form.cleaned_data["state"], form.cleaned_data["note"], by=request.user)
        messages.success(request, _("« %(text)s » : c’est noté.") % {"text": need.text})
        return redirect("silent_needs:index")
    context = {"need": need, "form": form, "season": season_name(need.season)}
    return render(request, "search/admin/silent_need.html", context)


urlpatterns = [
    path("", SilentNeedReport.as_view(), name="index"),
    path("resultats/", SilentNeedReport.as_view(results_only=True), name="results"),
    path("<int:pk>/", handle_need, name="handle"),
]
