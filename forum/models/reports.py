"""What somebody asked to look at again in a room, and what was decided there."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import SealedTextField
from .talk import Contribution


class RoomReport(models.Model):
    """Why somebody in a room asked that a text be read again, and what was decided, with its reason.

    Two people of the room read it (reports.permissions says which), without learning who reported; who
    reported reads the decision, its author the reason of a removal. No moderator of the platform ever sees
    it. It names nobody: people are known by their marks, days are kept and hours are not. It dies with the
    text, or when the room is purged. An appeal is the author's, once.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Texte gardé")
        REMOVED = "removed", _("Texte retiré")
        RESTORED = "restored", _("Texte rétabli")

    text = models.ForeignKey(
        Contribution, verbose_name=_("texte"), on_delete=models.CASCADE, related_name="reports"
    )
    mark = models.CharField(_("marque de qui demande"), max_length=40, editable=False)
    reason = models.CharField(_("motif"), max_length=8)
    explanation = SealedTextField(_("en une phrase"), blank=True, default="")
    is_appeal = models.BooleanField(_("recours"), default=False)
    made_on = models.DateField(_("fait le"), default=timezone.localdate)
    outcome = models.CharField(_("décision"), max_length=8, choices=Outcome.choices, blank=True, default="")
    decision = SealedTextField(_("motif de la décision"), blank=True, default="")
    decided_mark = models.CharField(
        _("marque de qui a décidé"), max_length=40, blank=True, default="", editable=False
    )
    decided_on = models.DateField(_("décidé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("signalement dans une salle")
        verbose_name_plural = _("signalements dans une salle")
        ordering = ["made_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "mark", "is_appeal"], name="one_report_per_room_text")
        ]

    def __str__(self) -> str:
        return str(self.pk)
