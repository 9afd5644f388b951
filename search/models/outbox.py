"""What search still has to do, and what it must hide meanwhile."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingChange(models.Model):
    """One contribution that changed and that the index has not heard of yet.

    Written in the same transaction as the change; dies once every engine acknowledged it.
    Only its number (the primary key) orders it: a later row for the same contribution wins.
    There is a row per engine: `engine` is empty for the one that answers, « fallback » for the one kept warm.
    `generation` names the index under construction that still has to hear of it; empty: the serving one.
    """

    uid = models.CharField(_("contribution"), max_length=80, db_index=True)
    engine = models.CharField(_("moteur"), max_length=20, blank=True, default="")
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)
    parked = models.BooleanField(_("mis de côté après trop d’essais"), default=False)
    created_at = models.DateTimeField(_("depuis"), auto_now_add=True)
    generation = models.CharField(
        _("index en construction"), max_length=80, blank=True, default="", db_index=True
    )

    class Meta:
        verbose_name = _("changement à indexer")
        verbose_name_plural = _("changements à indexer")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.uid


class Tombstone(models.Model):
    """A contribution that fewer people may see than before: hidden from every search at once.

    Written in the same transaction as the narrowing or the deletion, so that no stale window
    exists, even with the engine down; dies when the engine acknowledged the change.
    """

    uid = models.CharField(_("contribution"), max_length=80, unique=True)
    change = models.PositiveBigIntegerField(_("numéro du changement"))

    class Meta:
        verbose_name = _("contribution masquée")
        verbose_name_plural = _("contributions masquées")

    def __str__(self) -> str:
        return self.uid
