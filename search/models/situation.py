"""Where a search may begin: a situation of the job, in the words of whoever lives it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from agora.vocabulary.models import in_active_language


class Situation(ClusterableModel):
    """A situation that a worker finds herself in (« je reçois une première demande ») and where to begin.

    Editors write it, in both languages; everybody sees it while it is shown. Its page gives the texts that
    the editors chose, then what a search finds now, both as far as the reader may read.
    """

    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    title_fr = models.CharField(_("titre en français"), max_length=90)
    title_nl = models.CharField(_("titre en néerlandais"), max_length=90)
    lead_fr = models.CharField(_("deux lignes en français"), max_length=240)
    lead_nl = models.CharField(_("deux lignes en néerlandais"), max_length=240)
    query_fr = models.CharField(_("recherche en français"), max_length=200)
    query_nl = models.CharField(_("recherche en néerlandais"), max_length=200)
    sort_order = models.PositiveSmallIntegerField(_("ordre"), default=0)
    is_active = models.BooleanField(_("montrée"), default=True)

    class Meta:
        verbose_name = _("situation")
        verbose_name_plural = _("situations")
        ordering = ["sort_order", "title_fr"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the interface's language."""
        return in_active_language(self.title_fr, self.title_nl)

    @property
    def lead(self) -> str:
        """The two lines in the interface's language."""
        return in_active_language(self.lead_fr, self.lead_nl)

    @property
    def query(self) -> str:
        """The words that are searched, in the interface's language."""
        return in_active_language(self.query_fr, self.query_nl)


class SituationText(models.Model):
    """A text that the editors put first for a situation; it is shown to whoever may read it."""

    situation = ParentalKey(
        Situation, verbose_name=_("situation"), on_delete=models.CASCADE, related_name="texts"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("texte"), on_delete=models.CASCADE, related_name="+"
    )
    sort_order = models.IntegerField(_("ordre"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("texte choisi")
        verbose_name_plural = _("textes choisis")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["situation", "page"],
                name="text_once_per_situation",
                violation_error_message=_("Ce texte est déjà choisi."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.page_id}"
