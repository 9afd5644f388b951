"""Which debates somebody reads."""

from django.db import models

from agora.people.audience import MEMBERS, tokens_of


class DebateQuerySet(models.QuerySet):
    """Debates."""

    def visible_to(self, user) -> "DebateQuerySet":
        """Return what a member reads: all of them; nothing for a visitor."""
        return self.all() if MEMBERS in tokens_of(user) else self.none()
