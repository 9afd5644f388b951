"""What keeps sheets true: the two languages in step, and reminders sent once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from .practice import PracticePage


class Alignment(models.Model):
    """The last moment at which the French and the Dutch sheet of one practice said the same.

    Members see what follows from it: a sheet whose sister changed since is « à revoir » (a medium
    change) or « périmée » (a major one). One row per practice told in both languages; it dies when
    one of the two versions is purged, and everything is then to be read again.
    """

    translation_key = models.UUIDField(_("pratique"), primary_key=True)
    french = models.ForeignKey(
        Revision, verbose_name=_("version française"), on_delete=models.CASCADE, related_name="+"
    )
    dutch = models.ForeignKey(
        Revision, verbose_name=_("version néerlandaise"), on_delete=models.CASCADE, related_name="+"
    )
    aligned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accordées par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    aligned_at = models.DateTimeField(_("accordées le"))

    class Meta:
        verbose_name = _("accord de deux langues")
        verbose_name_plural = _("accords de deux langues")

    def __str__(self) -> str:
        return str(self.translation_key)


class SentReminder(models.Model):
    """One reminder about a sheet that has gone out, so that none goes out twice.

    Nobody sees it. `occasion` tells what it was about (« overdue:2026-11-26 », « proposal:12:owner »).
    It dies with the sheet.
    """

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("fiche"), on_delete=models.CASCADE, related_name="reminders"
    )
    occasion = models.CharField(_("occasion"), max_length=60)
    sent_at = models.DateTimeField(_("envoyé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("rappel envoyé")
        verbose_name_plural = _("rappels envoyés")
        constraints = [
            models.UniqueConstraint(fields=["practice", "occasion"], name="one_reminder_per_occasion")
        ]

    def __str__(self) -> str:
        return self.occasion
