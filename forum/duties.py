"""Who is on duty for which theme, in Wagtail's admin: a roster that editors set.

A name of its own: wagtail_hooks.py loads it, beside the methods.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Duty


class DutyViewSet(SnippetViewSet):
    """One line for each theme."""

    model = Duty
    icon = "group"
    menu_label = _("Tours de garde")
    add_to_admin_menu = True
    menu_order = 360
    list_display = ["theme", "referent", "stand_in"]
    list_per_page = 50
    search_backend_name = None
    ordering = ["theme__position"]
    copy_view_enabled = False
    panels = [
        FieldPanel("theme"),
        FieldRowPanel(
            [
                FieldPanel(
                    "referent",
                    help_text=_("Prévenu de chaque question du thème, et une fois encore avant le délai."),
                ),
                FieldPanel("stand_in", help_text=_("Prévenu quand le délai est passé.")),
            ]
        ),
    ]


register_snippet(DutyViewSet)
