"""Which reading lists somebody may read: the database half of permissions.py (a test holds them together)."""

from django.db.models import Q, QuerySet

from agora.people.audience import MEMBERS, tokens_of
from agora.people.models import Member


class ReadingListQuerySet(QuerySet):
    """Reading lists, filtered by who looks."""

    def visible_to(self, user) -> "ReadingListQuerySet":
        """Keep the lists that a user may open: their own, and what members share with them."""
        if MEMBERS not in tokens_of(user):
            return self.none()
        return self.filter(Q(owner=user.pk) | self._shared(user))

    def shared_with(self, user) -> "ReadingListQuerySet":
        """Keep the lists of others that a user may open."""
        return self.visible_to(user).exclude(owner=user.pk)

    def _shared(self, user) -> Q:
        """Say which lists of others are open: their owner must be a member today."""
        audience = Q(audience="members")
        if user.cpas_id:
            audience |= Q(audience="cpas", owner__cpas=user.cpas_id)
        return audience & Q(owner__status=Member.Status.ACTIVE, owner__is_active=True)
