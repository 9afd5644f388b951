"""Situations of the job and asked-for sheets in Wagtail's admin, for editors.

A name of its own: wagtail_hooks.py loads it, beside the trial of a concept.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import SheetRequest, Situation
from .wanted.actions import tell_answer

STATE = Column("state", label=_("État"), accessor="get_state_display", sort_key="state")


class SituationViewSet(SnippetViewSet):
    """Where a search may begin: two lines, the texts to read first, and the words that are searched."""

    model = Situation
    icon = "thumbtack"
    list_display = ["title_fr", "title_nl", BooleanColumn("is_active", label=_("Montrée"))]
    list_filter = ["is_active"]
    search_backend_name = None
    search_fields = ["title_fr", "title_nl", "query_fr", "query_nl"]
    sort_order_field = "sort_order"
    ordering = ["sort_order", "title_fr"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title_fr", help_text=_("Comme on le dit au guichet : « je reçois… ».")),
                FieldPanel("lead_fr", help_text=_("Ce que la page montre, en une ou deux phrases.")),
                FieldPanel("query_fr", help_text=_("Les mots qui sont cherchés, comme dans la boîte.")),
            ],
            heading=_("En français"),
        ),
        MultiFieldPanel(
            [FieldPanel("title_nl"), FieldPanel("lead_nl"), FieldPanel("query_nl")],
            heading=_("En néerlandais"),
        ),
        InlinePanel(
            "texts",
            label=_("Texte à lire d’abord"),
            heading=_("Textes à lire d’abord"),
            panels=[PageChooserPanel("page")],
            help_text=_("Chaque personne voit ceux qu’elle peut lire, dans sa langue d’abord."),
        ),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("is_active")]),
    ]


class SheetRequestViewSet(SnippetViewSet):
    """The sheets that people ask for: read, answered, never written here."""

    model = SheetRequest
    icon = "help"
    list_display = ["words", "language", "author", "created_at", STATE]
    list_filter = ["state", "language"]
    search_backend_name = None
    search_fields = ["words", "why"]
    ordering = ["-created_at"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("words", read_only=True),
                FieldPanel("why", read_only=True),
                FieldPanel("author", read_only=True),
                FieldPanel("created_at", read_only=True),
            ],
            heading=_("La demande"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("state"),
                PageChooserPanel("page"),
                FieldPanel("answer", help_text=_("Lue par qui a demandé, sur Agora seulement.")),
            ],
            heading=_("La réponse"),
        ),
    ]


class SearchGroup(SnippetViewSetGroup):
    """The menu « Recherche »."""

    items = (SheetRequestViewSet, SituationViewSet)
    menu_icon = "search"
    menu_label = _("Recherche")
    menu_name = "recherche"
    menu_order = 310


register_snippet(SearchGroup)


@hooks.register("after_edit_snippet")
def tell_whoever_asked(request, instance) -> None:
    """Once editors have answered a request, tell its author, in a letter without the answer."""
    if isinstance(instance, SheetRequest):
        tell_answer(instance)
