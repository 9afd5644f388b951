"""Both catalogues in one table, for the editors. A name of its own: Wagtail calls such a page a listing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Count, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from ..models import SECTIONS, PracticePage, RevisionNote
from ..permissions import keepers_of
from ..wording import month
from .filters import SheetFilterSet
from .permissions import can_curate

WORDS = 10  # of a search; nobody types more to find a title


def keeper_of(practice: PracticePage) -> str:
    """Say who answers for a sheet: its keeper, who stands in, or nobody."""
    if practice.owner in (keepers := keepers_of(practice)):
        return practice.owner.get_full_name()
    if keepers:
        return _("à défaut : %(name)s") % {"name": keepers[0].get_full_name()}
    return _("personne")


def reading_of(practice: PracticePage) -> str:
    """Say until when a sheet counts as read, or since when it does not."""
    due = practice.review_due_on
    if due is None:
        return _("pas encore relue")
    if due <= timezone.localdate():
        return _("à relire depuis %(month)s") % {"month": month(due)}
    return _("avant %(month)s") % {"month": month(due)}


COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=gettext_lazy("Titre"), sort_key="title", classname="title"),
    Column("maturity", label=gettext_lazy("Âge"), accessor="get_maturity_display", sort_key="maturity"),
    Column("origin", label=gettext_lazy("CPAS"), sort_key="origin__name_fr"),
    Column("keeper", label=gettext_lazy("Tenue par"), accessor=keeper_of, sort_key="owner__last_name"),
    Column("review", label=gettext_lazy("À relire"), accessor=reading_of, sort_key="reviewed_on"),
    Column("versions", label=gettext_lazy("Versions"), sort_key="versions"),
    DateColumn(
        "latest", label=gettext_lazy("Changée"), accessor="last_published_at", sort_key="last_published_at"
    ),
    PageStatusColumn("status", label=gettext_lazy("État"), sort_key="live"),
]


def sheets_in_listing(queryset: QuerySet) -> QuerySet:
    """Bring with each sheet what a row shows, and leave its texts where they are."""
    notes = (
        RevisionNote.objects.filter(revision__object_id=OuterRef("as_text"))
        .filter(revision__base_content_type__app_label="wagtailcore")
        .order_by()
        .values("revision__object_id")
        .annotate(count=Count("pk"))
        .values("count")
    )
    rows = queryset.annotate(as_text=Cast("pk", CharField())).annotate(versions=Coalesce(Subquery(notes), 0))
    related = ("origin", "owner", "fallback_owner", "locale", "content_type")
    return rows.select_related(*related).defer("rendered", *SECTIONS)


def found(queryset: QuerySet, query: str) -> QuerySet:
    """Keep the sheets whose title or summary holds each of the words."""
    for word in query.replace("\x00", "").split()[:WORDS]:
        queryset = queryset.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return queryset


def chosen_by(address_query: str) -> QuerySet:
    """Return the sheets that a listing with this query string holds, on all its pages together."""
    asked = QueryDict(address_query)
    filters = SheetFilterSet(asked, queryset=PracticePage.objects.order_by("pk"))
    sheets = filters.qs if filters.is_valid() else PracticePage.objects.none()
    return found(sheets, asked.get("q", ""))


class PlainCells:
    """A table that goes out as CSV or XLSX: a title that begins like a formula stays a title."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Put an apostrophe before what a spreadsheet would calculate."""
        row = super().to_row_dict(item)
        return {name: _no_formula(value) for name, value in row.items()}


def _no_formula(value: Any) -> Any:
    text = value if isinstance(value, str) else str(value) if isinstance(value, Model) else ""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else value


class SheetIndexView(PlainCells, IndexView):
    """The table; only for who looks after the catalogue."""

    page_title = gettext_lazy("Fiches pratiques")
    default_ordering = "-last_published_at"

    def dispatch(self, request, *args: Any, **kwargs: Any):
        """Close the door to everybody else of the admin."""
        if not can_curate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        """Read the rows in as few queries as the columns need."""
        rows = sheets_in_listing(pages).prefetch_workflow_states()
        return rows.annotate_site_root_state().annotate_approved_schedule()

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Find by title or summary, in the database: an index of its own is for readers."""
        return found(queryset, self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """Put sheets that were never published last."""
        if self.ordering == "-last_published_at":
            return queryset.order_by(F("last_published_at").desc(nulls_last=True), "pk")
        return super().order_queryset(queryset)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer below the table what can be done to sheets, instead of what Wagtail does to any page."""
        return super().get_context_data(**kwargs) | {"model_opts": PracticePage._meta}


class CuratorMenuItem(MenuItem):
    """A line of the menu that only who looks after the catalogue sees."""

    def is_shown(self, request) -> bool:
        """Tell whether to show it to this person."""
        return can_curate(request.user)


class SheetListing(PageListingViewSet):
    """« Fiches pratiques » in the menu."""

    name = "sheets"
    url_prefix = "fiches"
    icon = "doc-full"
    model = PracticePage
    index_view_class = SheetIndexView
    columns = COLUMNS
    filterset_class = SheetFilterSet
    list_per_page = 50
    add_to_admin_menu = True
    menu_label = gettext_lazy("Fiches pratiques")
    menu_order = 150
    menu_item_class = CuratorMenuItem
    list_export = [
        "pk", "title", "locale.language_code", "kind", "get_maturity_display", "origin", "owner",
        "fallback_owner", "reviewed_on", "review_due_on", "is_showcase", "versions", "live", "full_url",
    ]  # fmt: skip
    export_headings = {
        "pk": gettext_lazy("Numéro"),
        "title": gettext_lazy("Titre"),
        "locale.language_code": gettext_lazy("Langue"),
        "kind": gettext_lazy("Forme"),
        "get_maturity_display": gettext_lazy("Âge"),
        "origin": gettext_lazy("CPAS d’origine"),
        "owner": gettext_lazy("Tenue par"),
        "fallback_owner": gettext_lazy("À défaut"),
        "reviewed_on": gettext_lazy("Relue le"),
        "review_due_on": gettext_lazy("À relire avant"),
        "is_showcase": gettext_lazy("Ouverte à tous"),
        "versions": gettext_lazy("Versions"),
        "live": gettext_lazy("Publiée"),
        "full_url": gettext_lazy("Adresse"),
    }
    export_filename = "agora-fiches"
