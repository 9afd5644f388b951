"""What people want to hear about: the searches they follow, and how often a letter may say so."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowedSearch(models.Model):
    """A search that somebody wants to hear about again: its words and filters, and the day of the last look.

    Only its owner sees it. `query`: the address's own words, in one order, so that the same search is
    followed once. It goes when its owner stops following, or with the account.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("à qui"),
        on_delete=models.CASCADE,
        related_name="followed_searches",
    )
    query = models.CharField(_("recherche"), max_length=1000)
    created_at = models.DateTimeField(_("suivie depuis"), auto_now_add=True)
    seen_at = models.DateTimeField(_("regardée le"))

    class Meta:
        verbose_name = _("recherche suivie")
        verbose_name_plural = _("recherches suivies")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "query"],
                name="search_followed_once",
                violation_error_message=_("Vous suivez déjà cette recherche."),
            )
        ]

    def __str__(self) -> str:
        return self.query


class FollowingPace(models.Model):
    """How often somebody accepts a letter about the searches they follow, and when the last one left.

    Only its owner sees it; without a row, once a week. It goes with the account.
    """

    class Pace(models.TextChoices):
        NEVER = "never", _("jamais : je regarde ici")
        DAY = "day", _("au plus une fois par jour")
        WEEK = "week", _("au plus une fois par semaine")

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("à qui"),
        on_delete=models.CASCADE,
        related_name="following_pace",
    )
    pace = models.CharField(_("lettre"), max_length=5, choices=Pace.choices, default=Pace.WEEK)
    sent_at = models.DateTimeField(_("dernière lettre"), null=True, blank=True)

    class Meta:
        verbose_name = _("rythme des lettres sur les recherches suivies")
        verbose_name_plural = _("rythmes des lettres sur les recherches suivies")

    def __str__(self) -> str:
        return self.get_pace_display()
