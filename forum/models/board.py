"""The board of a room, what it leads to, and the synthesis that all sign."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import SealedTextField
from .room import Room
from .talk import Contribution


class Statement(models.Model):
    """A card of the board: something that brings the group together, or something that divides it.

    Those who sit in the room read it. A divergence is not voted: it closes when those who hold each side
    accept its words. It stays with the synthesis when the narrative is purged.
    """

    class Kind(models.TextChoices):
        CONVERGENCE = "convergence", _("ce qui rassemble")
        DIVERGENCE = "divergence", _("ce qui divise")

    room = models.ForeignKey(
        Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="statements"
    )
    kind = models.CharField(_("genre"), max_length=11, choices=Kind.choices)
    words = SealedTextField(_("les mots"))
    seen_in = models.ManyToManyField(
        Contribution, verbose_name=_("vu dans"), blank=True, related_name="statements"
    )
    placed_at = models.DateTimeField(_("posée le"), default=timezone.now)
    changed_at = models.DateTimeField(_("reformulée le"), null=True, blank=True)
    removed_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    # Why two people of the room took it off after a report; who keeps the board then cannot put it back.
    removal_reason = SealedTextField(_("motif du retrait"), blank=True, default="")

    class Meta:
        verbose_name = _("carte du tableau")
        verbose_name_plural = _("cartes du tableau")
        ordering = ["placed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.room_id} {self.kind}"

    @property
    def is_withheld(self) -> bool:
        """Whether it was taken off after a report: its words are shown to nobody but those who decide."""
        return self.removed_at is not None and bool(self.removal_reason)


class Side(models.Model):
    """One side of a divergence: its claim and its reason, in words that its holders accept or not yet.

    Sides are never counted. New words must be accepted again.
    """

    statement = models.ForeignKey(
        Statement, verbose_name=_("divergence"), on_delete=models.CASCADE, related_name="sides"
    )
    place = models.PositiveSmallIntegerField(_("place"))
    claim = SealedTextField(_("ce côté dit"))
    reason = SealedTextField(_("parce que"), blank=True, default="")
    wording = models.PositiveIntegerField(_("numéro de la formulation"), default=1)

    class Meta:
        verbose_name = _("côté d’une divergence")
        verbose_name_plural = _("côtés d’une divergence")
        ordering = ["statement", "place"]
        constraints = [models.UniqueConstraint(fields=["statement", "place"], name="side_once_per_place")]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.place}"


class Holder(models.Model):
    """Somebody who holds a side of a divergence, and which formulation of it they accepted (0: none yet).

    The row knows a mark, not a name; the board never shows who holds what. One side a person.
    """

    side = models.ForeignKey(Side, verbose_name=_("côté"), on_delete=models.CASCADE, related_name="holders")
    mark = models.CharField(_("marque"), max_length=40)
    accepted = models.PositiveIntegerField(_("formulation acceptée"), default=0)

    class Meta:
        verbose_name = _("tenant d’un côté")
        verbose_name_plural = _("tenants d’un côté")
        constraints = [models.UniqueConstraint(fields=["side", "mark"], name="holder_once_per_side")]

    def __str__(self) -> str:
        return str(self.side_id)


class Perspective(models.Model):
    """Something to do: at which level, who carries it, by when; and three months later, what came of it.

    Those who sit in the room read and change it. It stays when the narrative is purged.
    """

    class Level(models.TextChoices):
        POLITICAL = "political", _("politique")
        ORGANISATION = "organisation", _("organisation")
        PRACTICE = "practice", _("pratique")

    room = models.ForeignKey(
        Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="perspectives"
    )
    words = SealedTextField(_("ce que l’on fera"))
    level = models.CharField(_("niveau"), max_length=12, choices=Level.choices)
    carried_by = SealedTextField(_("qui le porte"))
    horizon = models.DateField(_("pour quand"), null=True, blank=True)
    outcome = SealedTextField(_("qu’est-ce que ça a donné ?"), blank=True, default="")
    told_at = models.DateTimeField(_("raconté le"), null=True, blank=True)
    placed_at = models.DateTimeField(_("posée le"), default=timezone.now)
    removed_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("perspective pratique")
        verbose_name_plural = _("perspectives pratiques")
        ordering = ["placed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.room_id} {self.level}"


class Synthesis(models.Model):
    """What the group understood, without the narrative: drafted by the rapporteur, co-signed by each.

    Those who sit in the room read it. It leaves the room, as the draft of a sheet, only when all present
    signed the same text and the narrator did not refuse. It stays when the narrative is purged.
    """

    room = models.OneToOneField(
        Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="synthesis", primary_key=True
    )
    text = SealedTextField(_("texte"), blank=True, default="")
    edition = models.PositiveIntegerField(_("numéro du texte"), default=1)
    changed_at = models.DateTimeField(_("modifiée le"), default=timezone.now)
    submitted_at = models.DateTimeField(_("proposée à la signature le"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refusée par le narrateur le"), null=True, blank=True)
    refusal = SealedTextField(_("raison du refus"), blank=True, default="")
    promoted_at = models.DateTimeField(_("devenue une fiche le"), null=True, blank=True)

    class Meta:
        verbose_name = _("synthèse")
        verbose_name_plural = _("synthèses")

    def __str__(self) -> str:
        return str(self.room_id)


class Signature(models.Model):
    """One person's yes to one text of a synthesis. New words ask for it again. Known by a mark."""

    synthesis = models.ForeignKey(
        Synthesis, verbose_name=_("synthèse"), on_delete=models.CASCADE, related_name="signatures"
    )
    mark = models.CharField(_("marque"), max_length=40)
    edition = models.PositiveIntegerField(_("texte signé"))
    signed_at = models.DateTimeField(_("signé le"), default=timezone.now)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [models.UniqueConstraint(fields=["synthesis", "mark"], name="signature_once")]

    def __str__(self) -> str:
        return str(self.synthesis_id)
