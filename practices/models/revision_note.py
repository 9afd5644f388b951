"""Why a version was written."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class RevisionNote(models.Model):
    """Who published one version of a sheet, how big the change is, and why.

    Shown on the history page to whoever may read the sheet. Wagtail keeps the text itself; this row
    also says which revisions were really published (drafts and autosaves have none), and dies with it.
    """

    class Significance(models.TextChoices):
        CREATED = "created", _("première version")
        MINOR = "minor", _("petite correction")
        MEDIUM = "medium", _("précision")
        MAJOR = "major", _("changement important")

    revision = models.OneToOneField(
        Revision, verbose_name=_("version"), on_delete=models.CASCADE, related_name="practice_note"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    significance = models.CharField(_("ampleur"), max_length=7, choices=Significance.choices)
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True, default="")
    published_at = models.DateTimeField(_("publiée le"), db_index=True)
    # An older version that this one brings back.
    restored_from = models.ForeignKey(
        Revision,
        verbose_name=_("version rétablie"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # The proposal that this version publishes, who let it through, and whether they touched its words.
    proposal = models.OneToOneField(
        "practices.Proposal",
        verbose_name=_("proposition"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="note",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("relue par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_amended = models.BooleanField(_("retouchée à la relecture"), default=False)

    class Meta:
        verbose_name = _("note de version")
        verbose_name_plural = _("notes de version")
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.significance} {self.published_at:%Y-%m-%d}"
