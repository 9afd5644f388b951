"""Which questions somebody reads, and in which order a list shows them."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from agora.people.audience import MEMBERS, tokens_of

LONG_WAIT = timedelta(days=4)


class QuestionQuerySet(models.QuerySet):
    """Questions, as members read them."""

    def visible_to(self, user) -> "QuestionQuerySet":
        """Return what a member reads: all but what was withdrawn or removed; nothing for a visitor."""
        if MEMBERS not in tokens_of(user):
            return self.none()
        return self.shown()

    def shown(self) -> "QuestionQuerySet":
        """Return the questions whose words stand."""
        return self.filter(withdrawn_at__isnull=True, removed_at__isnull=True)

    def unanswered(self) -> "QuestionQuerySet":
        """Return those that wait for a first answer."""
        return self.shown().filter(answers=0, closed_at__isnull=True)

    def waiting_long(self, now=None) -> "QuestionQuerySet":
        """Return those that have waited for four days."""
        return self.unanswered().filter(asked_at__lte=(now or timezone.now()) - LONG_WAIT)


class QuestionManager(models.Manager.from_queryset(QuestionQuerySet)):
    """Gives questions without who asked quietly: `asker` is read in one place (quiet.py)."""

    def get_queryset(self) -> QuestionQuerySet:
        """Leave the sealed column in the database."""
        return super().get_queryset().defer("asker")
