"""What somebody is writing and has not sent yet."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """A text under way: the form's fields exactly as typed, kept on the server as one types.

    Only its author sees it. It dies when the text is published, or a day after being discarded.
    `kind` names the form (« practice »), `target` what is being changed (a page id, empty for
    something new), `base` the revision the author started from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("auteur"), on_delete=models.CASCADE, related_name="drafts"
    )
    kind = models.CharField(_("formulaire"), max_length=40)
    target = models.CharField(_("objet"), max_length=40, blank=True, default="")
    base = models.CharField(_("version de départ"), max_length=40, blank=True, default="")
    language = models.CharField(_("langue"), max_length=2)
    title = models.CharField(_("titre"), max_length=255, blank=True, default="")
    data = models.JSONField(_("contenu"), default=dict)
    sequence = models.PositiveIntegerField(_("numéro d’enregistrement"), default=0)
    # For each field, which save wrote it last: [sequence, window that sent it, number the window gave it].
    stamps = models.JSONField(_("numéros par champ"), default=dict, editable=False)
    created_at = models.DateTimeField(_("commencé le"), auto_now_add=True)
    saved_at = models.DateTimeField(_("enregistré le"), auto_now=True)
    discarded_at = models.DateTimeField(_("écarté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("brouillon")
        verbose_name_plural = _("brouillons")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "target"],
                condition=models.Q(discarded_at__isnull=True) & ~models.Q(target=""),
                name="one_open_draft_per_object",
                violation_error_message=_("Un brouillon de ce texte est déjà ouvert."),
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.pk)
