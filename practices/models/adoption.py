"""What became of a practice in each CPAS."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agora.vocabulary.models import Cpas

from .practice import PracticePage


class Adoption(models.Model):
    """One CPAS says what it did with a practice: adopted, adapted, trying, stopped.

    Whoever may read the sheet sees it. One row per sheet and CPAS; changing one's mind changes the
    row. It speaks of a CPAS, never of a worker, and dies with the sheet.
    """

    class State(models.TextChoices):
        ADOPTED = "adopted", _("Adopté")
        ADAPTED = "adapted", _("Adapté")
        TRYING = "trying", _("À l’essai")
        STOPPED = "stopped", _("Arrêté")

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("fiche"), on_delete=models.CASCADE, related_name="adoptions"
    )
    cpas = models.ForeignKey(Cpas, verbose_name=_("CPAS"), on_delete=models.PROTECT, related_name="adoptions")
    state = models.CharField(_("état"), max_length=8, choices=State.choices)
    since = models.DateField(_("depuis"))
    note = models.CharField(_("en une phrase"), max_length=300, blank=True, default="")
    changed = models.TextField(_("ce que nous avons changé"), max_length=600, blank=True, default="")
    stop_reason = models.TextField(_("pourquoi nous avons arrêté"), max_length=600, blank=True, default="")
    # A service and a function, never a name nor a number: persons change.
    contact = models.CharField(_("à qui demander chez nous"), max_length=120, blank=True, default="")
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("déclaré par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "cpas"],
                name="one_adoption_per_cpas",
                violation_error_message=_("Ce CPAS s’est déjà déclaré pour cette fiche."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cpas_id} {self.state}"
