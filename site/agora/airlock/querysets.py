"""Which vouched texts somebody looks after."""

from django.db.models import QuerySet

from agora.people.audience import tokens_of


class VouchQuerySet(QuerySet):
    """Texts that went because their author vouched for a number."""

    def visible_to(self, user) -> "VouchQuerySet":
        """Keep those that this person judges."""
        return self.filter(judges__in=tokens_of(user))

    def waiting(self) -> "VouchQuerySet":
        """Keep those that nobody looked at."""
        return self.filter(seen_at=None)
