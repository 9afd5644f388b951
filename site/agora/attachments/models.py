"""Files that members add to what they write."""

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from .kinds import KINDS, Kind
from .querysets import AttachmentQuerySet


def private_storage() -> Storage:
    """Return the storage that no web server serves: files leave it through our checked view only."""
    return storages["attachments"]


class Attachment(models.Model):
    """A file that a member added to a text: a letter to copy, a grid, the photograph of a poster.

    It holds what came out of cleaning.py, never the bytes that were sent. Whoever may read what carries
    it reads it (the rooms above say so, see holders.py); until then only its sender. It dies a week after
    nothing refers to it any more. When it is withdrawn for good its bytes and its name go at once; the row
    stays, so that old versions can say « fichier retiré ».
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("nom"), max_length=100, blank=True, default="")
    kind = models.CharField(_("sorte de fichier"), max_length=4)
    size = models.PositiveIntegerField(_("taille en octets"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    # What could not be taken out or was set right: codes of rows.NOTES.
    notes = models.JSONField(_("remarques"), default=list, blank=True)
    file = models.FileField(_("fichier"), storage=private_storage, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("envoyé par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("envoyé le"), auto_now_add=True, db_index=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("retiré par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("raison du retrait"), max_length=300, blank=True, default="")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pièce jointe")
        verbose_name_plural = _("pièces jointes")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    @property
    def sort(self) -> Kind:
        """What kind of file it is: media type, extension, whether a browser may show it in place."""
        return KINDS[self.kind]


class FileText(models.Model):
    """The words of a file, page by page, as search reads them; nobody sees the row itself.

    Read once, when the file comes in. A file without words (a scan, a photograph) has a row without pages.
    It goes with the file, and at once when the file is withdrawn.
    """

    attachment = models.OneToOneField(
        Attachment,
        verbose_name=_("pièce jointe"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="text",
    )
    pages = models.JSONField(_("texte des pages"), default=list, blank=True)

    class Meta:
        verbose_name = _("texte d’une pièce jointe")
        verbose_name_plural = _("textes des pièces jointes")

    def __str__(self) -> str:
        return str(self.attachment_id)
