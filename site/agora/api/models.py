"""What opens Agora to the program of one member."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import ApiTokenQuerySet


class Scope(models.TextChoices):
    """What a token may do, beside nothing else."""

    SEARCH = "search:read", _("Chercher")
    IMPORT = "practices:import", _("Importer des fiches")


class ApiToken(models.Model):
    """A member lets a program ask Agora in their name, for some acts and until a day.

    Only its owner sees the row, and the token itself once, when it is made: here stands its digest, so
    that a copy of the database opens nothing. What it opens is what its owner may see or do at that moment.
    It dies when its owner revokes it, leaves, is suspended, or loses the role that it needs; a month after
    its last day its line goes too.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("à qui"),
        on_delete=models.CASCADE,
        related_name="program_tokens",
    )
    name = models.CharField(_("nom"), max_length=60)
    digest = models.CharField(_("empreinte"), max_length=64, unique=True)
    scopes = models.CharField(_("droits"), max_length=80)  # values of Scope, separated by spaces
    created_on = models.DateField(_("créé le"), default=timezone.localdate)
    expires_on = models.DateField(_("valable jusqu’au"))
    last_used_on = models.DateField(_("utilisé pour la dernière fois le"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("jeton")
        verbose_name_plural = _("jetons")
        ordering = ["-created_on", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_set(self) -> frozenset[str]:
        """The acts that the token was made for."""
        return frozenset(self.scopes.split())

    @property
    def scope_labels(self) -> list[str]:
        """The same in words."""
        return [str(scope.label) for scope in Scope if scope.value in self.scope_set]

    @property
    def has_expired(self) -> bool:
        """True from the day after its last one."""
        return self.expires_on < timezone.localdate()
