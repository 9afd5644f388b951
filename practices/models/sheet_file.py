"""Which files a sheet has carried."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agora.attachments.models import Attachment

from .practice import PracticePage


class SheetFile(models.Model):
    """A file that at least one published version of a sheet carries.

    Whoever may read the history of the sheet may open it. Versions are kept as they were, and no
    database finds what lies inside one: hence a row. It dies with the sheet; the file then follows.
    """

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("fiche"), on_delete=models.CASCADE, related_name="files_ever"
    )
    attachment = models.ForeignKey(
        Attachment, verbose_name=_("pièce jointe"), on_delete=models.PROTECT, related_name="sheets_ever"
    )

    class Meta:
        verbose_name = _("fichier d’une fiche")
        verbose_name_plural = _("fichiers d’une fiche")
        constraints = [models.UniqueConstraint(fields=["practice", "attachment"], name="file_once_per_sheet")]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.attachment_id}"
