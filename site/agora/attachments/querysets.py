"""Which files somebody may read: the one place that says so, by what the rooms above hold."""

from django.db import models
from django.db.models import Q

from agora.people.audience import MEMBERS, tokens_of

from . import holders


class AttachmentQuerySet(models.QuerySet):
    """Files, filtered by who looks."""

    def visible_to(self, user) -> "AttachmentQuerySet":
        """Keep what a user (or a visitor) may read: what hangs on something they read, and their own."""
        allowed = Q(uploaded_by=user) if MEMBERS in tokens_of(user) else Q(pk__in=[])
        for holder in holders.all_of_them():
            allowed |= holder.readable(user)
        return self.filter(allowed)
