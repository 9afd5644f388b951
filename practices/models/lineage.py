"""Where a practice comes from, and what a CPAS is like: what adapting and comparing need."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agora.vocabulary.models import Circumstance, Cpas

from .practice import PracticePage


class Lineage(models.Model):
    """One sheet says that it adapts another one, and what became there of each key function.

    Whoever may read both sheets sees it, on both. It stays when the origin is archived, and dies with
    either sheet. `functions`: [{"text", "fate": kept | changed | dropped, "note"}], the texts as they
    stood in the origin when it was adapted.
    """

    class Fate(models.TextChoices):
        KEPT = "kept", _("gardée")
        CHANGED = "changed", _("changée")
        DROPPED = "dropped", _("laissée")

    variant = models.OneToOneField(
        PracticePage, verbose_name=_("variante"), on_delete=models.CASCADE, related_name="lineage"
    )
    origin = models.ForeignKey(
        PracticePage, verbose_name=_("fiche d’origine"), on_delete=models.CASCADE, related_name="variants"
    )
    functions = models.JSONField(_("fonctions"), default=list, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("déclaré par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("adaptée le"), auto_now_add=True)

    class Meta:
        verbose_name = _("filiation")
        verbose_name_plural = _("filiations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(variant=models.F("origin")),
                name="nothing_adapts_itself",
                violation_error_message=_("Une fiche ne peut pas s’adapter elle-même."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} → {self.variant_id}"


class CpasContext(models.Model):
    """What one CPAS is like: the circumstances that the transferability mirror compares.

    Members see it; anybody of the CPAS may set it right, and it says when that was. It speaks of an
    institution, never of a worker. The size comes from the register of the 19 and is not asked again.
    """

    cpas = models.OneToOneField(
        Cpas, verbose_name=_("CPAS"), on_delete=models.CASCADE, primary_key=True, related_name="context"
    )
    circumstances = models.ManyToManyField(
        Circumstance, verbose_name=_("circonstances"), blank=True, related_name="+"
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décrit par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("décrit le"), auto_now=True)

    class Meta:
        verbose_name = _("contexte d’un CPAS")
        verbose_name_plural = _("contextes des CPAS")

    def __str__(self) -> str:
        return self.cpas_id
