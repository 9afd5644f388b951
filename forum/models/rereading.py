"""Second readings: one person reads before others do, and says whether somebody could be recognised."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agora.airlock.second_reader import LENGTH, Answer, Verdict

from ..fields import SealedTextField
from .room import Room
from .talk import Contribution


class SecondReading(models.Model):
    """« Pourrait-on reconnaître cette personne dans le quartier ? », asked of one person of a room.

    About a narrative (`text`), which the others do not read before the answer is no; or about one edition of
    the synthesis, which does not leave the room before. Whoever leads may pass over it with a motive, which
    the room reads in its journal. Those who sit there see who asked whom and what came of it; what should be
    blurred is read by the author, and by whoever drafts the synthesis. The row goes with its text, and what
    it says of somebody is emptied with the narratives.
    """

    room = models.ForeignKey(Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="readings")
    text = models.ForeignKey(
        Contribution,
        verbose_name=_("texte"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="readings",
    )
    edition = models.PositiveIntegerField(_("numéro du texte de la synthèse"), default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandée par"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandée à"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    answer = models.CharField(_("réponse"), max_length=8, choices=Answer.choices, blank=True, default="")
    to_blur = SealedTextField(_("à flouter"), max_length=LENGTH, blank=True, default="")
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("passée outre par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    passed_because = SealedTextField(_("motif"), blank=True, default="")
    passed_at = models.DateTimeField(_("passée outre le"), null=True, blank=True)

    class Meta:
        verbose_name = _("seconde lecture")
        verbose_name_plural = _("secondes lectures")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["text"],
                condition=models.Q(answered_at__isnull=True, passed_at__isnull=True),
                name="one_open_reading_per_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the answer is still awaited."""
        return self.answered_at is None and self.passed_at is None

    @property
    def verdict(self) -> Verdict:
        """The answer, as the anonymisation gate reads it."""
        return Verdict(self.answer, self.to_blur)

    @property
    def lets_through(self) -> bool:
        """Whether the text may go to its readers: nobody was recognised, or whoever leads passed over it."""
        return self.passed_at is not None or self.verdict.lets_through
