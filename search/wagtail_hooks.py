<<<<<<< HEAD
"""What search adds to Wagtail's admin: trying a concept while it is written."""

from django.contrib.auth.decorators import permission_required
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail import hooks

from agora.vocabulary.models import Concept

from .plan import shorten
from .trying import compared

FIELDS = ("label_fr", "label_nl", "variants_fr", "variants_nl", "acronyms_fr", "acronyms_nl", "is_active")
LONGEST = 4000  # characters read of one field: forty variants of eighty


@hooks.register("register_admin_urls")
def admin_addresses():
    """Give the trial its address."""
    return [path("concepts/essayer/", try_concept, name="try_concept")]


@never_cache
@require_POST
@permission_required("vocabulary.change_concept", raise_exception=True)
def try_concept(request: HttpRequest) -> HttpResponse:
    """Show what the query « try » finds with the concept of the form as it stands; nothing is saved."""
    concept = written(request.POST)
    query = shorten(" ".join(request.POST.get("try", "").replace("\x00", "").split()))
    comparison = compared(query, concept, request.user) if query else None
    template = "search/admin/trial.html" if request.headers.get("X-Piece") else "search/admin/trial_page.html"
    return render(request, template, {"comparison": comparison, "query": query})


def written(posted) -> Concept:
    """Return the concept that a form holds, as it would be saved where it is valid, else as typed."""
    saved = posted.get("concept", "")
    concept = Concept.objects.filter(pk=saved).first() if saved.isdecimal() and len(saved) < 10 else None
    typed = {name: posted.get(name, "").replace("\x00", "")[:LONGEST] for name in FIELDS}
    form = modelform_factory(Concept, fields=FIELDS)(typed, instance=concept or Concept())
    form.is_valid()
    for name in FIELDS[:-1]:
        if name in form.errors:
            setattr(form.instance, name, typed[name])
    return form.instance
=======
"""Search in Wagtail's admin, for editors: situations of the job, and the sheets that people ask for."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import SheetRequest, Situation
from .wanted.actions import tell_answer


class SituationViewSet(SnippetViewSet):
    """Where a search may begin: two lines, the texts to read first, and the words that are searched."""

    model = Situation
    icon = "pin"
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
    list_display = ["words", "language", "author", "created_at", "get_state_display"]
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
>>>>>>> e05fa3d (Suggest while somebody types, begin from a situation, follow a search, ask for a sheet)
