"""A practice sheet and the page it hangs under."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager

from agora.attachments.models import Attachment
from agora.people.audience import MEMBERS, PUBLIC
from agora.richtext.render import RENDER_VERSION, render
from agora.vocabulary.models import Circumstance, Cpas, Function, Mission, Public, Service, Theme

from ..admin.panels import LifePanel
from ..querysets import PracticeQuerySet

TIP_LENGTH = 600  # characters: « une astuce tient en 600 caractères »
SECTION_LENGTH = 20_000
REVIEW_MONTHS = 24  # default shelf life of a sheet, after the habit of national practice banks

# The long texts of a sheet, in reading order; each is light Markdown (see agora.richtext).
SECTIONS = (
    "problem", "steps", "key_functions", "means", "effects", "conditions", "pitfalls", "tools", "contacts",
)  # fmt: skip


def due_after(reviewed_on: date | None, months: int = REVIEW_MONTHS) -> date | None:
    """Return the day a sheet should be read again, given the day it was last found true; None without one.

    `months`: its shelf life. A month that is too short gives its last day.
    """
    if not reviewed_on:
        return None
    years, month = divmod(reviewed_on.month - 1 + months, 12)
    year, month = reviewed_on.year + years, month + 1
    return date(year, month, min(reviewed_on.day, monthrange(year, month)[1]))


class PracticeIndexPage(Page):
    """The catalogue of one language: the parent of its sheets. One per language, made by `build_tree`."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["practices.PracticePage"]
    max_count_per_parent = 1
    is_public = True

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def get_url_parts(self, request=None):
        """Point at our own list view, whatever the slug in the tree."""
        return _url_parts(self, super().get_url_parts(request), "practices:list")

    def get_absolute_url(self) -> str:
        """Address of the list in this tree's language."""
        with translation.override(self.locale.language_code):
            return reverse("practices:list")


def _url_parts(page: Page, parts, name: str, **kwargs):
    if parts is None:
        return None
    with translation.override(page.locale.language_code):
        return (*parts[:2], reverse(name, kwargs=kwargs))


class PracticePage(Page):
    """Something that workers do and that works (or did not), told so that others can do it too.

    Members read and edit it; with `is_showcase` visitors read it as well. Its life in plain words:
    told → tried elsewhere → followed → evaluated; « abandoned » is a state like another, with its
    lesson. Texts are light Markdown, kept as typed. It is archived, not deleted, when nobody wants it.
    """

    class Kind(models.TextChoices):
        SHEET = "sheet", _("Fiche")
        TIP = "tip", _("Astuce")

    class Maturity(models.TextChoices):
        TOLD = "told", _("Racontée")
        TRIED = "tried", _("Essayée ailleurs")
        FOLLOWED = "followed", _("Suivie")
        EVALUATED = "evaluated", _("Évaluée")
        ABANDONED = "abandoned", _("Arrêtée, avec sa leçon")

    class ReviewEvery(models.IntegerChoices):
        HALF_YEAR = 6, _("six mois")
        YEAR = 12, _("un an")
        TWO_YEARS = REVIEW_MONTHS, _("deux ans")

    kind = models.CharField(_("forme"), max_length=5, choices=Kind.choices, default=Kind.SHEET)
    summary = models.CharField(_("en deux phrases"), max_length=300, blank=True, default="")
    problem = models.TextField(_("le problème"), max_length=SECTION_LENGTH, blank=True, default="")
    steps = models.TextField(_("comment on fait"), max_length=SECTION_LENGTH, blank=True, default="")
    # One line each: what makes it work and may not go when the rest is done another way (Hawe 2004).
    key_functions = models.TextField(
        _("ce qui fait que ça marche"), max_length=SECTION_LENGTH, blank=True, default=""
    )
    means = models.TextField(_("moyens"), max_length=SECTION_LENGTH, blank=True, default="")
    effects = models.TextField(_("ce que ça change"), max_length=SECTION_LENGTH, blank=True, default="")
    conditions = models.TextField(
        _("à quelles conditions"), max_length=SECTION_LENGTH, blank=True, default=""
    )
    pitfalls = models.TextField(_("ce qui a coincé"), max_length=SECTION_LENGTH, blank=True, default="")
    tools = models.TextField(_("outils"), max_length=SECTION_LENGTH, blank=True, default="")
    contacts = models.TextField(_("à qui demander"), max_length=SECTION_LENGTH, blank=True, default="")

    themes = ParentalManyToManyField(Theme, verbose_name=_("thèmes"), blank=True, related_name="practices")
    publics = ParentalManyToManyField(Public, verbose_name=_("publics"), blank=True, related_name="practices")
    functions = ParentalManyToManyField(
        Function, verbose_name=_("métiers"), blank=True, related_name="practices"
    )
    services = ParentalManyToManyField(
        Service, verbose_name=_("services"), blank=True, related_name="practices"
    )
    missions = ParentalManyToManyField(
        Mission, verbose_name=_("missions"), blank=True, related_name="practices"
    )

    circumstances = ParentalManyToManyField(
        Circumstance, verbose_name=_("circonstances"), blank=True, related_name="practices"
    )

    attachments = ParentalManyToManyField(
        Attachment, verbose_name=_("pièces jointes"), blank=True, related_name="practices"
    )

    origin = models.ForeignKey(
        Cpas,
        verbose_name=_("CPAS d’origine"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
    )
    maturity = models.CharField(
        _("âge de la pratique"), max_length=10, choices=Maturity.choices, default=Maturity.TOLD
    )
    reviewed_on = models.DateField(_("relue le"), null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(
        _("à relire tous les… mois"), choices=ReviewEvery.choices, default=ReviewEvery.TWO_YEARS
    )
    # Who answers for the sheet when its keeper (Wagtail's `owner`) does not, or has left.
    fallback_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tenue à défaut par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_showcase = models.BooleanField(_("lisible par tous, même sans compte"), default=False, db_index=True)
    external_id = models.CharField(
        _("identifiant d’import"), max_length=80, unique=True, null=True, blank=True, default=None
    )
    # Derived from the texts at each save, so that reading costs nothing; remade when RENDER_VERSION moves.
    rendered = models.JSONField(_("rendu"), default=dict, editable=False)

    comments = GenericRelation(
        "django_comments_xtd.XtdComment", object_id_field="object_pk", content_type_field="content_type"
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel(n) for n in ("kind", "summary", *SECTIONS)], heading=_("Texte")),
        MultiFieldPanel(
            [
                FieldPanel(n)
                for n in (
                    "themes",
                    "publics",
                    "functions",
                    "services",
                    "missions",
                    "circumstances",
                    "origin",
                )  # fmt: skip
            ],
            heading=_("Pour qui, d’où"),
        ),
    ]
    promote_panels = [
        LifePanel(heading=_("Ce que la fiche devient")),
        *Page.promote_panels,
        MultiFieldPanel(
            [
                FieldPanel("maturity"),
                FieldPanel("is_showcase"),
                # Decided on the page « Tenir cette fiche »; no version carries them (see with_content_json).
                FieldPanel("reviewed_on", read_only=True),
                FieldPanel("review_months", read_only=True),
            ],
            heading=_("Vie de la fiche"),
        ),
    ]
    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types = []
    template = "practices/sheet.html"

    objects = PageManager.from_queryset(PracticeQuerySet)()

    class Meta:
        verbose_name = _("fiche pratique")
        verbose_name_plural = _("fiches pratiques")

    def clean(self) -> None:
        """Refuse a tip longer than a tip."""
        super().clean()
        if self.kind == self.Kind.TIP and len(self.problem) > TIP_LENGTH:
            raise ValidationError(
                {
                    "problem": _(
                        "Une astuce tient en 600 caractères. Raccourcissez, ou choisissez la forme « fiche »."
                    )
                }
            )

    def save(self, *args, **kwargs):
        """Keep the rendered texts in step with their source."""
        self.rendered = {"v": RENDER_VERSION} | {name: render(getattr(self, name)) for name in SECTIONS}
        super().save(*args, **kwargs)

    def with_content_json(self, content):
        """Read a version, but for what belongs to the sheet as such: who keeps it, when it is read again.

        Else publishing a version begun last year would take back a « toujours valable » of this morning.
        """
        version = super().with_content_json(content)
        version.reviewed_on, version.review_months = self.reviewed_on, self.review_months
        version.fallback_owner_id = self.fallback_owner_id
        return version

    def get_url_parts(self, request=None):
        """Point at our own reading view, whatever the slug of the catalogue in the tree."""
        return _url_parts(self, super().get_url_parts(request), "practices:sheet", slug=self.slug)

    def get_absolute_url(self) -> str:
        """Address of the sheet in its own language (comments and mails need it)."""
        with translation.override(self.locale.language_code):
            return reverse("practices:sheet", kwargs={"slug": self.slug})

    def serve(self, request, *args, **kwargs):
        """Lead somebody who came through the page tree to the reading page; it checks who reads."""
        return redirect(self.get_absolute_url())

    def serve_preview(self, request, mode_name):
        """Show an editor, in Wagtail's admin, the text as readers will see it."""
        from ..sheet import parts_of  # reads these models: it can only be imported once they exist

        self.rendered = {}  # of the saved text: what is shown here is being typed
        return TemplateResponse(
            request, "practices/preview.html", {"practice": self, "parts": parts_of(self)}
        )

    def section_html(self, name: str) -> str:
        """Return the safe HTML of one section, from the stored rendering when it is current."""
        if self.rendered.get("v") == RENDER_VERSION and name in self.rendered:
            return self.rendered[name]
        return render(getattr(self, name))

    @property
    def review_due_on(self) -> date | None:
        """The day by which somebody should say « toujours valable »."""
        return due_after(self.reviewed_on, self.review_months)

    @property
    def audience(self) -> frozenset[str]:
        """The tokens that may read it once published (see agora.people.audience)."""
        return frozenset({PUBLIC}) if self.is_showcase else frozenset({MEMBERS})
