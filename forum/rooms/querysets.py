"""Which rooms and seats somebody may know of: the database half of permissions.py (a test compares them)."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone


def _is_member(user) -> bool:
    return getattr(user, "is_validated", False)


class RoomQuerySet(QuerySet):
    """Rooms, filtered by who looks. There is no other way in: no role sees a room it has no seat in."""

    def seated(self, user) -> "RoomQuerySet":
        """Keep the rooms where a user sits, who accepted the charter."""
        return self.filter(self._seat_of(user, "seated")) if _is_member(user) else self.none()

    def inviting(self, user) -> "RoomQuerySet":
        """Keep the rooms whose door a user may open: the invitation waits."""
        if not _is_member(user):
            return self.none()
        return self.filter(self._seat_of(user, "invited"), state__in=["gathering", "open"])

    def readable_by(self, user) -> "RoomQuerySet":
        """Keep the rooms whose texts a user may read: seated, or let in by two keys that are still turned."""
        if not _is_member(user):
            return self.none()
        return self.filter(self._seat_of(user, "seated") | self._let_in(user))

    def _seat_of(self, user, state: str) -> Q:
        seats = self.model.seats.rel.related_model.objects
        return Q(Exists(seats.filter(room=OuterRef("pk"), member=user.pk, state=state)))

    def _let_in(self, user) -> Q:
        keys = self.model.outside_accesses.rel.related_model.objects
        turned = keys.filter(
            room=OuterRef("pk"), asked_by=user.pk, until__gt=timezone.now(), ended_at__isnull=True
        )
        return Q(Exists(turned))


class SeatQuerySet(QuerySet):
    """Seats of rooms."""

    def present(self) -> "SeatQuerySet":
        """Keep those who sit there now: the charter accepted, not gone, still members of Agora."""
        return self.filter(state="seated", member__status="active", member__is_active=True)

    def waiting(self) -> "SeatQuerySet":
        """Keep the invitations that nobody answered."""
        return self.filter(state="invited", member__status="active", member__is_active=True)
