"""Three reports: what is overdue, what nobody keeps, what waits for an answer. Wagtail calls them reports."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from ..models import SECTIONS, PracticePage, Proposal
from ..shelf.querysets import due_by, longest_due_first, unkept
from ..wording import since
from .listing import PlainCells, keeper_of, reading_of
from .permissions import can_curate


def _edit_url(practice: PracticePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[practice.pk])


def _former_keeper(practice: PracticePage) -> str:
    """Say who kept a sheet that nobody keeps, and why they no longer do."""
    owner = practice.owner
    if owner is None:
        return _("personne n’a été désigné")
    return f"{owner.get_full_name()} ({owner.get_status_display()})"


class CuratorReport(PlainCells, ReportView):
    """A table that can be exported, for who looks after the catalogue."""

    is_searchable = False
    header_icon = "doc-full"
    paginate_by = 50

    def dispatch(self, request, *args: Any, **kwargs: Any):
        """Close the door to everybody else of the admin."""
        if not can_curate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class SheetReport(CuratorReport):
    """Sheets, with what an editor needs to write to somebody about them."""

    model = PracticePage
    list_export = [
        "title", "locale.language_code", "origin", "owner", "fallback_owner", "reviewed_on",
        "review_due_on", "full_url",
    ]  # fmt: skip
    export_headings = {
        "title": gettext_lazy("Titre"),
        "locale.language_code": gettext_lazy("Langue"),
        "origin": gettext_lazy("CPAS d’origine"),
        "owner": gettext_lazy("Tenue par"),
        "fallback_owner": gettext_lazy("À défaut"),
        "reviewed_on": gettext_lazy("Relue le"),
        "review_due_on": gettext_lazy("À relire avant"),
        "full_url": gettext_lazy("Adresse"),
    }

    def sheets(self) -> QuerySet:
        """Return the published sheets with what the columns show."""
        related = ("origin", "owner", "fallback_owner", "locale")
        return PracticePage.objects.filter(live=True).select_related(*related).defer("rendered", *SECTIONS)


TITLE = TitleColumn("title", label=gettext_lazy("Titre"), get_url=_edit_url)
LANGUAGE = Column("language", label=gettext_lazy("Langue"), accessor="locale")
ORIGIN = Column("origin", label=gettext_lazy("CPAS"))


class OverdueReport(SheetReport):
    """Published sheets whose reading day has come, the longest first."""

    page_title = gettext_lazy("Fiches à relire")
    index_url_name = "sheet_reports:overdue"
    index_results_url_name = "sheet_reports:overdue_results"
    export_filename = "agora-fiches-a-relire"
    columns = [
        TITLE,
        LANGUAGE,
        ORIGIN,
        Column("review", label=gettext_lazy("À relire"), accessor=reading_of),
        Column("keeper", label=gettext_lazy("Tenue par"), accessor=keeper_of),
    ]

    def get_queryset(self) -> QuerySet:
        """Return the overdue sheets."""
        return longest_due_first(self.sheets().filter(due_by(timezone.localdate())))


class UnkeptReport(SheetReport):
    """Published sheets for which nobody answers: never given, left, suspended."""

    page_title = gettext_lazy("Fiches que personne ne tient")
    index_url_name = "sheet_reports:unkept"
    index_results_url_name = "sheet_reports:unkept_results"
    export_filename = "agora-fiches-sans-responsable"
    columns = [
        TITLE,
        LANGUAGE,
        ORIGIN,
        Column("former", label=gettext_lazy("Qui la tenait"), accessor=_former_keeper),
        Column("review", label=gettext_lazy("À relire"), accessor=reading_of),
    ]

    def get_queryset(self) -> QuerySet:
        """Return the sheets without a keeper, by title."""
        return self.sheets().filter(unkept()).order_by("title", "pk")


def _age(proposal: Proposal) -> str:
    return since(timezone.localdate(proposal.sent_at), timezone.localdate())


class WaitingReport(CuratorReport):
    """Proposals without an answer, the oldest first: for whom, since when; not what they say."""

    model = Proposal
    page_title = gettext_lazy("Propositions en attente")
    index_url_name = "sheet_reports:waiting"
    index_results_url_name = "sheet_reports:waiting_results"
    export_filename = "agora-propositions"
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Titre"),
            accessor="practice.title",
            get_url=lambda row: _edit_url(row.practice),
        ),
        Column("significance", label=gettext_lazy("Ampleur"), accessor="get_significance_display"),
        Column("age", label=gettext_lazy("Attend depuis"), accessor=_age),
        DateColumn("sent_at", label=gettext_lazy("Envoyée")),
        Column("keeper", label=gettext_lazy("Qui répond"), accessor=lambda row: keeper_of(row.practice)),
    ]
    list_export = [
        "practice.title",
        "get_significance_display",
        "sent_at",
        "practice.owner",
        "practice.full_url",
    ]
    export_headings = {
        "practice.title": gettext_lazy("Titre"),
        "get_significance_display": gettext_lazy("Ampleur"),
        "sent_at": gettext_lazy("Envoyée"),
        "practice.owner": gettext_lazy("Tenue par"),
        "practice.full_url": gettext_lazy("Adresse"),
    }

    def get_queryset(self) -> QuerySet:
        """Return what waits on published sheets."""
        related = ("practice__owner", "practice__fallback_owner", "practice__locale")
        waiting = Proposal.objects.filter(state=Proposal.State.WAITING, practice__live=True)
        texts = [f"practice__{name}" for name in ("rendered", *SECTIONS)]
        return waiting.select_related(*related).defer("data", *texts).order_by("sent_at", "pk")


REPORTS = {"overdue": OverdueReport, "unkept": UnkeptReport, "waiting": WaitingReport}
SLUGS = {"overdue": "a-relire", "unkept": "sans-responsable", "waiting": "propositions"}
urlpatterns = [
    each
    for name, report in REPORTS.items()
    for each in (
        path(f"{SLUGS[name]}/", report.as_view(), name=name),
        path(f"{SLUGS[name]}/resultats/", report.as_view(results_only=True), name=f"{name}_results"),
    )
]
