"""What somebody said of a number that the gate had stopped."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import VouchQuerySet


class Vouch(models.Model):
    """« This number is nobody's »: said by an author whose text went, and looked at by another.

    It says where the text is and why it went, never what was found. Those who hold the token `judges` see it
    (moderators; in a room, whoever leads it); it goes a month after somebody looked.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dit par"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    judges = models.CharField(_("à regarder par"), max_length=60, db_index=True)
    address = models.CharField(_("adresse"), max_length=400)
    reason = models.CharField(_("motif"), max_length=300)
    said_at = models.DateTimeField(_("dit le"), default=timezone.now)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("regardé par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    seen_at = models.DateTimeField(_("regardé le"), null=True, blank=True)

    objects = VouchQuerySet.as_manager()

    class Meta:
        verbose_name = _("numéro à vérifier")
        verbose_name_plural = _("numéros à vérifier")
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return self.address
