"""A change that waits for somebody who answers for the sheet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from ..review.querysets import ProposalQuerySet
from .practice import PracticePage
from .revision_note import RevisionNote


class Proposal(models.Model):
    """A change that a member asks for on a published sheet: more than a small correction.

    Readers keep the accepted text. Its author, the keeper of the sheet and moderators see it; they
    answer with a reason. Nobody is kept from writing meanwhile: several proposals may wait, and each
    says which version it started from. Kept once answered, so that its author reads why; it dies with
    the sheet.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        ACCEPTED = "accepted", _("acceptée")
        DECLINED = "declined", _("déclinée")
        WITHDRAWN = "withdrawn", _("retirée par son auteur")

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("fiche"), on_delete=models.CASCADE, related_name="proposals"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    base = models.ForeignKey(
        Revision,
        verbose_name=_("version de départ"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    # The whole sheet as its author would have it: PracticeFields.as_data().
    data = models.JSONField(_("contenu"))
    # Moves with each change of the text: what is accepted is what was read, or nothing.
    version = models.PositiveIntegerField(_("numéro du texte"), default=1)
    significance = models.CharField(_("ampleur"), max_length=7, choices=RevisionNote.Significance.choices)
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True, default="")
    state = models.CharField(
        _("état"), max_length=9, choices=State.choices, default=State.WAITING, db_index=True
    )
    sent_at = models.DateTimeField(_("envoyée le"), db_index=True)
    changed_at = models.DateTimeField(_("texte changé le"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("réponse donnée par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("réponse donnée le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=500, blank=True, default="")
    seen_at = models.DateTimeField(_("réponse lue le"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "author"],
                condition=models.Q(state="waiting"),
                name="one_waiting_proposal_per_author",
                violation_error_message=_("Une proposition de vous attend déjà pour cette fiche."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.state}"
