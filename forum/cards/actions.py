"""Dealing the role cards: at random, one each; only its holder reads what a card hides."""

from secrets import SystemRandom

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Room, Seat
from ..rooms.actions import locked
from ..rooms.events import note
from ..rooms.permissions import can_lead


@transaction.atomic
def deal(by: Seat) -> int:
    """Deal a card to each person present; dealt again, all change. Return how many were dealt.

    PermissionDenied for who does not lead, or outside the phase of the cards; ValidationError when the method
    has fewer cards than the room has people.
    """
    room = locked(by.room)
    if not can_lead(by) or room.state != Room.State.OPEN or room.phase.kind != "cards":
        raise PermissionDenied
    seats = list(room.seats.present())
    cards = [card.key for card in room.method.cards]
    if len(cards) < len(seats):
        raise ValidationError(_("Cette méthode a moins de cartes que la salle n’a de personnes."))
    SystemRandom().shuffle(cards)
    for seat, card in zip(seats, cards, strict=False):
        seat.card = card
        seat.save(update_fields=["card"])
    note(room, "dealt", by=by.member, step=room.step)
    return len(seats)
