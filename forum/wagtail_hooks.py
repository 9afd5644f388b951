"""Methods in Wagtail's admin: editors read them, copy one, adapt it, and freeze a version for new rooms."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from . import duties  # noqa: F401  (registers the menu « Tours de garde »)
from .methods import versions
from .methods.forms import MethodForm
from .models import Method


class FrozenAtSaving:
    """Freeze a version at each saving that the engine could run; else say why, and keep what was typed."""

    def form_valid(self, form):
        """Save and freeze together."""
        response = super().form_valid(form)
        # The form has said it already (MethodForm.clean); a method not offered may stay unfinished.
        with suppress(ValidationError):
            versions.freeze(form.instance, by=self.request.user)
        return response


class MethodCreateView(FrozenAtSaving, CreateView):
    """A new method."""


class MethodEditView(FrozenAtSaving, EditView):
    """A change to a method; rooms begun before keep the version that they began with."""


class MethodViewSet(SnippetViewSet):
    """The methods of rooms."""

    model = Method
    icon = "clipboard-list"
    menu_label = _("Méthodes")
    add_to_admin_menu = True
    menu_order = 350
    list_display = ["name_fr", "name_nl", "is_offered"]
    list_filter = ["is_offered"]
    search_backend_name = None
    search_fields = ["name_fr", "name_nl", "slug"]
    copy_view_enabled = True
    add_view_class = MethodCreateView
    edit_view_class = MethodEditView
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
