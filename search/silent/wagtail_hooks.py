"""The report on silent needs in Wagtail's admin, for the team of editors (search/apps.py brings it in)."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import reports
from .permissions import can_see_needs


class NeedsMenuItem(MenuItem):
    """Shown to those who may read it."""

    def is_shown(self, request) -> bool:
        """Only to the team."""
        return can_see_needs(request.user)


@hooks.register("register_admin_urls")
def addresses():
    """Give the report its addresses."""
    return [path("reports/besoins/", include((reports.urlpatterns, "silent_needs")))]


@hooks.register("register_reports_menu_item")
def menu_item():
    """Put it beside the other reports."""
    address = reverse("silent_needs:index")
    return NeedsMenuItem(_("Besoins silencieux"), address, name="silent-needs", icon_name="search", order=110)
