"""The catalogue in Wagtail's admin: listing, reports, changes of many sheets, for who looks after it."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from agora.vocabulary.models import Term

from .admin import bulk, reports, views
from .admin.editing import SheetViewSet
from .admin.listing import CuratorMenuItem, SheetListing
from .admin.permissions import can_curate


@hooks.register("register_admin_viewset")
def sheet_listing():
    """Put « Fiches pratiques » in the menu, and our page form in the place of Wagtail's."""
    return [SheetListing(), SheetViewSet()]


@hooks.register("register_admin_urls")
def admin_addresses():
    """Give the reports their addresses."""
    return [
        path("reports/fiches/", include((reports.urlpatterns, "sheet_reports"))),
        path("mots/<slug:kind>/<slug:slug>/remplacer/", views.replace, name="replace_word"),
    ]


def _report_item(name: str, order: int):
    report = reports.REPORTS[name]

    def item():
        address = reverse(report.index_url_name)
        return CuratorMenuItem(
            report.page_title, address, name=f"sheets-{name}", icon_name="doc-full", order=order
        )

    hooks.register("register_reports_menu_item", item)


for _order, _name in enumerate(reports.REPORTS, start=100):
    _report_item(_name, _order)


for _action in bulk.ALL:
    hooks.register("register_bulk_action", _action)


@hooks.register("register_snippet_listing_buttons")
def replace_button(snippet, user, next_url=None):
    """Offer beside each word of a closed list to put another in its place."""
    if isinstance(snippet, Term) and can_curate(user):
        address = reverse("replace_word", args=[snippet._meta.model_name, snippet.slug])
        yield Button(_("Remplacer partout"), address, icon_name="rotate", priority=60)
