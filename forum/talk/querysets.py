"""Which texts of a room somebody may read. The blind phases are blind here, and so everywhere.

Views, counts, notices, search inside a room and exports all start from `readable_by` or
`readable_from_outside`: nothing else selects contributions for a page.
"""

from django.db.models import Q, QuerySet

OPEN = (Q(run__is_sealed=False) | Q(run__unsealed_at__isnull=False)) & Q(is_held=False)

# Not brought along with a text: who decides about it, and its author, ask for these.
WITHHELD = ("withheld", "removal_reason")


class ContributionQuerySet(QuerySet):
    """Texts of rooms, filtered by who looks."""

    def readable_by(self, seat) -> "ContributionQuerySet":
        """Keep the texts that the holder of a seat may read: those of open phases, their own, and a narrative
        that they are asked to read before the others.

        Nothing for who does not sit there any more.
        """
        if not seat.is_seated:
            return self.none()
        asked = self.model._meta.get_field("readings").related_model.objects.filter(
            room=seat.room_id, reader=seat.member_id, answered_at__isnull=True, passed_at__isnull=True
        )
        held = Q(is_held=True, pk__in=asked.values("text"))
        return self.filter(OPEN | Q(mark=seat.mark) | held, room=seat.room_id).defer(*WITHHELD)

    def readable_from_outside(self, room) -> "ContributionQuerySet":
        """Keep the texts that two keys open: what the whole room reads, nothing still sealed or held."""
        return self.filter(OPEN, room=room.pk).defer(*WITHHELD)

    def of(self, seat) -> "ContributionQuerySet":
        """Keep what the holder of a seat wrote, under a name or a pseudonym."""
        return self.filter(room=seat.room_id, mark=seat.mark)

    def standing(self) -> "ContributionQuerySet":
        """Keep what its author did not withdraw and the room did not remove."""
        return self.filter(withdrawn_at__isnull=True, removed_at__isnull=True)

    def in_reading_order(self) -> "ContributionQuerySet":
        """Order a blind phase by the draw, everything else by the hour."""
        return self.select_related("author", "author__cpas", "run").order_by(
            "run__number", "shuffle", "written_at", "pk"
        )
