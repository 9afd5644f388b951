"""Files of rooms."""

import base64
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from agora.attachments.kinds import KINDS, Kind

from ..fields import SealedTextField
from .talk import Contribution


class RoomFile(models.Model):
    """A file that somebody added to a text of a room: a letter without its names, a drawing of the situation.

    Whoever reads the text reads it, in a blind phase its author alone; by two keys only who asked for files
    too, and the room sees each of them opened. It knows no person: its owner is the text. It holds what came
    out of cleaning, under a name of ours, sealed in the database like the words, never beside it. It dies
    with the text: withdrawn, or purged.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(
        Contribution, verbose_name=_("texte"), on_delete=models.CASCADE, related_name="files"
    )
    number = models.PositiveSmallIntegerField(_("numéro dans le texte"))
    kind = models.CharField(_("sorte de fichier"), max_length=4)
    size = models.PositiveIntegerField(_("taille en octets"))
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    content = SealedTextField(_("contenu"))

    class Meta:
        verbose_name = _("fichier d’une salle")
        verbose_name_plural = _("fichiers d’une salle")
        ordering = ["text", "number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="room_file_numbered_once_per_text")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """The name under which it is shown and sent; the one it came with is kept nowhere."""
        return f"document-{self.number}.{self.kind}"

    @property
    def sort(self) -> Kind:
        """What kind of file it is: media type, extension, whether a browser may show it in place."""
        return KINDS[self.kind]

    def keep(self, content: bytes) -> None:
        """Put the bytes in, in a form that a column of text can hold."""
        self.size, self.content = len(content), base64.b64encode(content).decode("ascii")

    def opened(self) -> bytes:
        """Return the bytes as they came out of cleaning."""
        return base64.b64decode(self.content)
