"""Methods in Wagtail's admin: editors read them, copy one, adapt it, and freeze a version for new rooms."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import duties  # noqa: F401  (registers the menu « Tours de garde »)
from .methods import versions
from .methods.forms import MethodForm
from .models import Method


class MethodViewSet(SnippetViewSet):
    """The methods of rooms."""

    model = Method
    icon = "clipboard-list"
    menu_label = _("Méthodes")
    add_to_admin_menu = True
    menu_order = 350
    list_display = ["__str__", BooleanColumn("is_offered", label=_("Proposée"))]
    list_filter = ["is_offered"]
    search_backend_name = None
    search_fields = ["name_fr", "name_nl", "slug"]
    copy_view_enabled = True
    panels = [
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_nl")]),
        FieldRowPanel([FieldPanel("purpose_fr"), FieldPanel("purpose_nl")]),
        FieldRowPanel([FieldPanel("fewest"), FieldPanel("most")]),
        MultiFieldPanel(
            [FieldPanel("is_offered"), FieldPanel("is_fictional"), FieldPanel("cards")], heading=_("Réglages")
        ),
        InlinePanel(
            "phases",
            heading=_("Phases"),
            label=_("Phase"),
            panels=[
                FieldRowPanel([FieldPanel("key"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("stage_fr"), FieldPanel("stage_nl")]),
                FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_nl")]),
                FieldRowPanel([FieldPanel("says_fr"), FieldPanel("says_nl")]),
                FieldRowPanel([FieldPanel("coach_fr"), FieldPanel("coach_nl")]),
                FieldRowPanel([FieldPanel("opening_fr"), FieldPanel("opening_nl")]),
                FieldPanel("writers"),
                FieldRowPanel([FieldPanel("is_sealed"), FieldPanel("once"), FieldPanel("signing")]),
                FieldRowPanel([FieldPanel("days"), FieldPanel("minutes"), FieldPanel("limit")]),
            ],
        ),
    ]


Method.base_form_class = MethodForm
register_snippet(MethodViewSet)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def freeze(request, instance) -> None:
    """Freeze a version at each saving: rooms begun before keep the one that they began with.

    A method that is offered has passed MethodForm; one that is not may stay unfinished.
    """
    if isinstance(instance, Method):
        with suppress(ValidationError):
            versions.freeze(Method.objects.get(pk=instance.pk), by=request.user)
