"""What people write in a room."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import SealedTextField
from ..talk.querysets import ContributionQuerySet
from .room import PhaseRun, Room, Seat


class Contribution(models.Model):
    """One text of a room: a proposal, a preference, the narrative, a question, an interpretation…

    Those who sit in the room read it, except in a blind phase, where its author alone does until the phase
    opens, and except a narrative that waits for its second reading (talk.querysets is the one way to these
    rows). Under a pseudonym, `author` is empty for ever: the row then knows its writer by `mark` only. It is
    purged with the room's narrative, or withdrawn by its author; a withdrawn text is emptied at once and
    leaves a line in its place. So does a text that the room removed after a report, but its words wait in
    `withheld`, for its author and those who decide an appeal.
    """

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("proposition")
        PREFERENCE = "preference", _("préférence")
        NARRATIVE = "narrative", _("récit")
        QUESTION = "question", _("question")
        REPLY = "reply", _("réponse")
        INTERPRETATION = "interpretation", _("interprétation")
        ANSWER = "answer", _("réponse du narrateur")
        WORD = "word", _("parole")

    # Drawn, not counted: addresses and anchors must not tell in which order a blind phase was written.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(
        Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="contributions"
    )
    run = models.ForeignKey(
        PhaseRun, verbose_name=_("phase"), on_delete=models.CASCADE, related_name="contributions"
    )
    kind = models.CharField(_("genre"), max_length=14, choices=Kind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("au sujet de"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    mark = models.CharField(_("marque de l’auteur"), max_length=40, db_index=True, editable=False)
    signed = SealedTextField(_("signé"), blank=True, default="")
    text = SealedTextField(_("texte"), blank=True, default="")
    # Drawn at writing: the order in which a blind phase is read, which must not tell who wrote first. For the
    # same reason the hour of such a text is not kept: `written_at` is then the beginning of the day.
    shuffle = models.PositiveIntegerField(_("ordre tiré au sort"), default=0)
    written_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    edited_at = models.DateTimeField(_("modifié le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    moved_at = models.DateTimeField(_("déplacé le"), null=True, blank=True)
    removed_at = models.DateTimeField(_("retiré par la salle le"), null=True, blank=True)
    removal_reason = SealedTextField(_("motif du retrait"), blank=True, default="")
    withheld = SealedTextField(_("mots retirés"), blank=True, default="")
    is_chosen = models.BooleanField(_("récit retenu"), default=False)
    # A narrative that waits for its second reading: until then its author and that reader alone read it.
    is_held = models.BooleanField(_("attend sa seconde lecture"), default=False)
    # Why a number is nobody's, said in a blind phase; whoever leads is asked to look once the phase opens.
    vouched = SealedTextField(_("motif donné pour un numéro"), blank=True, default="")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("texte d’une salle")
        verbose_name_plural = _("textes d’une salle")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=models.Q(is_chosen=True), name="one_chosen_story_per_room"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.kind}"

    @property
    def is_gone(self) -> bool:
        """Whether a line stands in its place: taken back by its author, or removed by the room."""
        return self.withdrawn_at is not None or self.removed_at is not None


class RoomDraft(models.Model):
    """What somebody is writing in a room and has not sent yet, sealed like the rest.

    Only its author sees it, in every phase. It dies when the text is sent, with the phase that no longer
    takes it, or with the room. One per person, phase and text answered.
    """

    seat = models.ForeignKey(Seat, verbose_name=_("place"), on_delete=models.CASCADE, related_name="drafts")
    run = models.ForeignKey(PhaseRun, verbose_name=_("phase"), on_delete=models.CASCADE, related_name="+")
    about = models.CharField(_("au sujet de"), max_length=40, blank=True, default="")
    text = SealedTextField(_("texte"), blank=True, default="")
    sequence = models.PositiveIntegerField(_("numéro d’enregistrement"), default=0)
    saved_at = models.DateTimeField(_("enregistré le"), auto_now=True)

    class Meta:
        verbose_name = _("brouillon d’une salle")
        verbose_name_plural = _("brouillons d’une salle")
        constraints = [
            models.UniqueConstraint(fields=["seat", "run", "about"], name="one_room_draft_per_place")
        ]

    def __str__(self) -> str:
        return str(self.seat_id)
