"""Which tokens somebody sees, and which ones have had their day."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT_AFTER = timedelta(days=30)  # so that its owner understands why a program stopped


class ApiTokenQuerySet(models.QuerySet):
    """Tokens, always looked at from somebody or from a day."""

    def visible_to(self, user) -> "ApiTokenQuerySet":
        """Return the tokens of a member; nobody reads those of another."""
        return self.filter(member=user.pk) if getattr(user, "is_validated", False) else self.none()

    def long_expired(self) -> "ApiTokenQuerySet":
        """Return the tokens whose last day is more than a month ago."""
        return self.filter(expires_on__lt=timezone.localdate() - KEPT_AFTER)
