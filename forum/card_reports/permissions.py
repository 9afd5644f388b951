"""Who may report a card of the board, decide about it, and appeal: always people of that room.

The two who decide are those of texts (reports.permissions). A card has no author: its words are the group's,
anybody changes them. So nobody is left out of the two, and the appeal is anybody's but who removed it.
"""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ..models import CardReport, Room, Seat, Statement
from ..reports.permissions import LIVING, bench_of


def can_report(seat: Seat, card: Statement) -> bool:
    """Whether the holder of a seat may report a card: one that lies on the board of a room that lives."""
    return _is_there(seat, card) and card.removed_at is None


def can_decide(seat: Seat, report: CardReport, seats: list[Seat]) -> bool:
    """Whether the holder of a seat decides about a report: one of the two; for an appeal, not who removed."""
    card = report.card
    if not _is_there(seat, card) or report.outcome or (card.removed_at and not card.is_withheld):
        return False
    but = removed_by(card) if report.is_appeal else ""
    return any(each.pk == seat.pk for each in bench_of(seat.room, seats, but=but))


def can_appeal(seat: Seat, card: Statement) -> bool:
    """Whether the holder of a seat may ask, once for all, that the removal of a card be looked at again."""
    return (
        _is_there(seat, card)
        and card.is_withheld
        and removed_by(card) != seat.mark
        and not any(each.is_appeal for each in card.reports.all())
    )


def reports_in(room: Room) -> QuerySet[CardReport]:
    """Return the reports about the cards of a room, with their cards and the other reports of these."""
    found = CardReport.objects.filter(card__room=room.pk).select_related("card")
    return found.prefetch_related("card__reports")


def get_card_for(seat: Seat, pk: int) -> Statement:
    """Return a card of the board of this room, or Http404."""
    return get_object_or_404(Statement.objects.prefetch_related("sides", "reports"), pk=pk, room=seat.room_id)


def removed_by(card: Statement) -> str:
    """Return the mark of who removed a card."""
    removals = [
        each
        for each in card.reports.all()
        if each.outcome == CardReport.Outcome.REMOVED and not each.is_appeal
    ]
    return max(removals, key=lambda each: (each.decided_on, each.pk)).decided_mark if removals else ""


def _is_there(seat: Seat, card: Statement) -> bool:
    return seat.is_seated and seat.room.state in LIVING and card.room_id == seat.room_id
