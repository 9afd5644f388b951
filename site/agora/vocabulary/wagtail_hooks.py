"""The vocabularies in Wagtail's admin, for the editors."""

from django.contrib.admin.utils import quote
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Circumstance, Concept, Cpas, Function, Mission, Public, Service, Term, Theme
from .permissions import FixedListPolicy
from .usage import is_used, why_not

# Before any viewset: the first look at a model's policy would otherwise fix Wagtail's default.
register_permission_policy(Cpas, FixedListPolicy(Cpas))

BOTH_NAMES = FieldRowPanel(
    [
        FieldPanel("name_fr", help_text=_("Tel qu’il s’affiche en français.")),
        FieldPanel("name_nl", help_text=_("Tel qu’il s’affiche en néerlandais.")),
    ]
)
OFFERED = FieldPanel(
    "is_active",
    help_text=_(
        "Décoché : le mot reste là où il a déjà été choisi, mais plus personne ne peut le choisir. "
        "Un mot utilisé ne se supprime pas, il se masque."
    ),
)


class TermViewSet(SnippetViewSet):
    """One closed list: reordered by dragging, searched by name, hidden words filtered apart."""

    icon = "tag"
    list_display = [
        "name_fr",
        "name_nl",
        Column("slug", label=_("Identifiant"), sort_key="slug"),
        BooleanColumn("is_active", label=_("Proposé"), sort_key="is_active"),
    ]
    list_filter = ["is_active"]
    search_backend_name = None
    search_fields = ["name_fr", "name_nl", "slug"]
    sort_order_field = "position"
    ordering = ["position", "name_fr"]
    list_per_page = 50
    copy_view_enabled = False
    panels = [BOTH_NAMES, OFFERED]


class ThemeViewSet(TermViewSet):
    """The eight themes."""

    model = Theme


class ServiceViewSet(TermViewSet):
    """The normalised services."""

    model = Service


class FunctionViewSet(TermViewSet):
    """The functions, each with the acronym that people use for it."""

    model = Function
    panels = [
        BOTH_NAMES,
        FieldRowPanel(
            [
                FieldPanel("short_fr", help_text=_("Par exemple AS. Facultatif.")),
                FieldPanel("short_nl", help_text=_("Par exemple MW. Facultatif.")),
            ]
        ),
        OFFERED,
    ]


class PublicViewSet(TermViewSet):
    """The publics."""

    model = Public


class MissionViewSet(TermViewSet):
    """The missions."""

    model = Mission


class CircumstanceViewSet(TermViewSet):
    """The circumstances, dimension by dimension."""

    model = Circumstance
    list_display = [*TermViewSet.list_display[:2], "dimension", *TermViewSet.list_display[2:]]
    list_filter = ["dimension", "is_active"]
    panels = [BOTH_NAMES, FieldPanel("dimension"), OFFERED]


class CpasViewSet(SnippetViewSet):
    """The 19 CPAS: corrected here, never added nor deleted."""

    model = Cpas
    icon = "site"
    list_display = [
        "name_fr",
        "name_nl",
        "ins_code",
        Column("postal_codes", label=_("Codes postaux")),
        "size",
        Column("email_domains", label=_("Domaines")),
    ]
    list_filter = ["size"]
    search_backend_name = None
    search_fields = ["name_fr", "name_nl", "ins_code", "postal_codes", "email_domains"]
    ordering = ["name_fr"]
    copy_view_enabled = False
    panels = [
        FieldPanel("ins_code", read_only=True),
        MultiFieldPanel(
            [
                BOTH_NAMES,
                FieldRowPanel(
                    [
                        FieldPanel("code_fr", help_text=_("Les trois lettres de son carreau sur la carte.")),
                        FieldPanel("code_nl", help_text=_("Les mêmes, pour la carte en néerlandais.")),
                    ]
                ),
            ],
            heading=_("Nom"),
        ),
        FieldPanel("postal_codes", help_text=_("Plusieurs codes : séparez-les par une espace.")),
        FieldPanel("size", help_text=_("Sert à comparer des pratiques entre CPAS de taille proche.")),
        FieldPanel(
            "email_domains",
            help_text=_(
                "Un par ligne, sans « @ ». Une inscription avec une de ces adresses est rattachée à ce "
                "CPAS ; son relais la valide toujours."
            ),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("column"), FieldPanel("row")])],
            heading=_("Place sur la carte"),
            help_text=_("De 0 à 4, depuis le coin en haut à gauche. Le milieu (2, 2) reste vide."),
            classname="collapsed",
        ),
    ]

    def get_permissions_to_register(self):
        """Offer in the group's form only the rights that mean something here."""
        return super().get_permissions_to_register().filter(codename="change_cpas")


class ConceptFilterSet(WagtailFilterSet):
    """Finds what is missing: a concept without Dutch words helps nobody who types in Dutch."""

    dutch = ChoiceFilter(
        label=_("Néerlandais"),
        choices=[("yes", _("avec un terme néerlandais")), ("no", _("sans terme néerlandais"))],
        method="with_dutch",
    )

    class Meta:
        model = Concept
        fields = ["is_active"]

    def with_dutch(self, queryset, name: str, value: str):
        """Keep the concepts that have a Dutch label ("yes") or have none ("no")."""
        return queryset.exclude(label_nl="") if value == "yes" else queryset.filter(label_nl="")


class ConceptViewSet(SnippetViewSet):
    """The words people type, grouped by idea, in both languages."""

    model = Concept
    icon = "search"
    list_display = [
        "label_fr",
        "label_nl",
        Column("acronyms_fr", label=_("Sigles FR")),
        Column("acronyms_nl", label=_("Sigles NL")),
        BooleanColumn("is_active", label=_("Utilisé"), sort_key="is_active"),
    ]
    list_export = [
        "slug",
        "label_fr",
        "label_nl",
        "variants_fr",
        "variants_nl",
        "acronyms_fr",
        "acronyms_nl",
        "is_active",
    ]
    export_filename = "agora-concepts"
    filterset_class = ConceptFilterSet
    search_backend_name = None
    search_fields = ["label_fr", "label_nl", "variants_fr", "variants_nl", "acronyms_fr", "acronyms_nl"]
    ordering = ["alphabetical"]
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("label_fr", help_text=_("Le mot du métier, au singulier.")),
                FieldPanel(
                    "variants_fr",
                    help_text=_(
                        "Les autres façons de le dire, un mot ou une expression par ligne, 40 au plus : "
                        "synonymes, anciens noms, mots de tous les jours (« loyer impayé »). Pas de "
                        "pluriels : la recherche les connaît. Pas de mot qui a un autre sens courant."
                    ),
                ),
                FieldPanel(
                    "acronyms_fr",
                    help_text=_(
                        "Séparés par une espace. Ils ne comptent qu’en majuscules : « AS » est l’assistante "
                        "sociale, « as » est un verbe."
                    ),
                ),
            ],
            heading=_("En français"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("label_nl", help_text=_("Le même mot, comme on le dit dans un OCMW bruxellois.")),
                FieldPanel("variants_nl", help_text=_("Un mot ou une expression par ligne, 40 au plus.")),
                FieldPanel("acronyms_nl", help_text=_("Séparés par une espace, en majuscules.")),
            ],
            heading=_("En néerlandais"),
        ),
        FieldPanel(
            "is_active",
            help_text=_("Décoché : la recherche n’en tient plus compte. L’effet est immédiat."),
        ),
        HelpPanel(template="vocabulary/try_concept.html", heading=_("Essayer avant d’enregistrer")),
    ]

    def get_queryset(self, request: HttpRequest):
        """List institutions among the other words: databases put capitals first."""
        return Concept.objects.annotate(alphabetical=Lower("label_fr"))


class VocabularyGroup(SnippetViewSetGroup):
    """The menu « Vocabulaires »."""

    items = (
        ConceptViewSet,
        ThemeViewSet,
        ServiceViewSet,
        FunctionViewSet,
        PublicViewSet,
        MissionViewSet,
        CircumstanceViewSet,
        CpasViewSet,
    )
    menu_icon = "list-ul"
    menu_label = _("Vocabulaires")
    menu_name = "vocabulaires"
    menu_order = 300


register_snippet(VocabularyGroup)


@hooks.register("before_delete_snippet")
def keep_words_in_use(request: HttpRequest, instances: list) -> HttpResponse | None:
    """Explain to the editor why a word in use stays, before any confirmation is asked.

    Wagtail calls it for one row and for a selection alike; usage.py holds the same rule for all other code.
    """
    used = [row for row in instances if isinstance(row, Term) and is_used(row)]
    if not used:
        return None
    messages.error(request, why_not(used))
    viewset = type(used[0]).snippet_viewset
    if len(instances) == 1:
        return redirect(reverse(viewset.get_url_name("edit"), args=[quote(used[0].pk)]))
    return redirect(reverse(viewset.get_url_name("list")))
