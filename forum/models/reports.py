"""What somebody asked to look at again in a room, and what was decided there."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import SealedTextField
from .board import Statement
from .talk import Contribution


class Reported(models.Model):
    """What all reports of a room have in common; no table of its own.

    Two people of the room read one (reports.permissions says which), without learning who reported; who
    reported reads the decision. No moderator of the platform ever sees it. It names nobody: people are known
    by their marks, days are kept and hours are not. It dies with what it is about, or at the purge.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Texte gardé")
        REMOVED = "removed", _("Texte retiré")
        RESTORED = "restored", _("Texte rétabli")

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
        abstract = True
        ordering = ["made_on", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class RoomReport(Reported):
    """Why somebody in a room asked that a text be read again, and what was decided, with its reason.

    Read by the two people of the room who decide and, for its outcome, by who reported; its author reads the
    reason of a removal, and appeals once. It dies with the text, or when the room is purged.
    """

    text = models.ForeignKey(
        Contribution, verbose_name=_("texte"), on_delete=models.CASCADE, related_name="reports"
    )

    class Meta(Reported.Meta):
        verbose_name = _("signalement dans une salle")
        verbose_name_plural = _("signalements dans une salle")
        constraints = [
            models.UniqueConstraint(fields=["text", "mark", "is_appeal"], name="one_report_per_room_text")
        ]


class CardReport(Reported):
    """The same for a card of the board, sides included: its words are the group's, so nobody is its author.

    Read by the same two people and, for its outcome, by who reported. All who sit there read why a card is
    gone, and any of them but who removed it appeals, once for all. It dies with the card or at the purge.
    """

    card = models.ForeignKey(
        Statement, verbose_name=_("carte"), on_delete=models.CASCADE, related_name="reports"
    )

    class Meta(Reported.Meta):
        verbose_name = _("signalement d’une carte")
        verbose_name_plural = _("signalements de cartes")
        constraints = [
            models.UniqueConstraint(fields=["card", "mark", "is_appeal"], name="one_report_per_card"),
            models.UniqueConstraint(
                fields=["card"], condition=models.Q(is_appeal=True), name="one_appeal_per_card"
            ),
        ]
