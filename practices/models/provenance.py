"""Where a practice comes from, when colleagues found it together before anybody wrote it down."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .practice import PracticePage


class Provenance(models.Model):
    """A sheet was born of an intervision room, or of a question asked on Agora and what colleagues answered.

    Whoever reads the sheet, in either language, reads it there: the method, the month, how many CPAS sat at
    the table; never who, nor which room or question, which no column leads back to. The name of the method
    is the one that it bore. It stays through every edit, outlives the room, and dies with the sheet.
    """

    class Source(models.TextChoices):
        ROOM = "room", _("salle d’intervision")
        QUESTION = "question", _("question à des collègues")

    sheet = models.OneToOneField(
        PracticePage, verbose_name=_("fiche"), on_delete=models.CASCADE, related_name="provenance"
    )
    source = models.CharField(_("née de"), max_length=8, choices=Source.choices)
    method_fr = models.CharField(_("méthode"), max_length=120, blank=True, default="")
    method_nl = models.CharField(_("méthode, en néerlandais"), max_length=120, blank=True, default="")
    month = models.DateField(_("mois, son premier jour"))
    cpas = models.PositiveSmallIntegerField(_("CPAS autour de la table"), default=0)

    class Meta:
        verbose_name = _("provenance d’une fiche")
        verbose_name_plural = _("provenances des fiches")

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.source}"
