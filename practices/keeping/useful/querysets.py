"""Which « utile » count, and which words somebody may read."""

from django.db.models import Count, Q, QuerySet

from agora.people.audience import MEMBERS, tokens_of
from agora.people.models import Member

# A CPAS that found a sheet useful still does when the colleague who said so has left. Somebody whose access
# was closed speaks for nobody any more.
COUNTS = (Member.Status.ACTIVE, Member.Status.LEFT)


def counts(member: int | None) -> dict[str, Count]:
    """Return the counts of « utile »: how many CPAS it served (`cpas`), whether this member said so (`mine`).

    Members without a CPAS do not count: it says how far a practice goes, not how loved it is.
    """
    told = Q(member__status__in=COUNTS)
    return {
        "cpas": Count("member__cpas", distinct=True, filter=told),
        "mine": Count("pk", filter=Q(member=member)),
    }


class UsefulQuerySet(QuerySet):
    """« Utile », read by keepers."""

    def visible_to(self, user) -> "UsefulQuerySet":
        """Keep the words that a user may read: those of the sheets they answer for, signed by members.

        A word is a letter: when its author left or lost access, it is not shown any more.
        """
        if MEMBERS not in tokens_of(user):
            return self.none()
        kept = Q(practice__owner=user.pk) | Q(practice__fallback_owner=user.pk)
        signed = self.filter(member__status=Member.Status.ACTIVE, member__is_active=True)
        return signed.filter(kept, practice__live=True).exclude(word="")
