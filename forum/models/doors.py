"""The only other way into a room: two keys."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import SealedTextField
from .room import Room


class OutsideAccess(models.Model):
    """A demand to read a room from outside (a danger, a court, a complaint), and the two keys it takes.

    One person asks and says why; two others, a moderator and an administrator, each turn a key. Then the one
    who asked reads, and nothing else, until `until`: the texts, and what they asked for besides. Those who
    sit in the room see all of it from the first minute, and the narrator is told. It dies with the room.
    """

    room = models.ForeignKey(
        Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="outside_accesses"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandé par"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    motive = SealedTextField(_("motif"))
    with_outcome = models.BooleanField(_("le tableau, les perspectives et la synthèse"), default=False)
    with_files = models.BooleanField(_("les fichiers joints aux textes"), default=False)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    first_key_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("première clé"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    first_key_at = models.DateTimeField(_("première clé le"), null=True, blank=True)
    second_key_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("seconde clé"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    second_key_at = models.DateTimeField(_("seconde clé le"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(_("heures d’accès"), default=24)
    until = models.DateTimeField(_("ouvert jusqu’au"), null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("refusé par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("accès extérieur")
        verbose_name_plural = _("accès extérieurs")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.room_id}"
