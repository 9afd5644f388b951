"""Which cards somebody may see: their own; all of them once the play is over.

A name of its own: it only reads.
"""

from ..methods.definition import Card
from ..models import Room, Seat


def own_card(seat: Seat) -> Card | None:
    """Return the card that somebody holds, with what it hides."""
    return next((card for card in seat.room.method.cards if card.key == seat.card), None)


def is_play_over(room: Room) -> bool:
    """Whether the phases played under the names of the cards are behind."""
    played = [n for n, phase in enumerate(room.method.phases) if phase.signing == "card"]
    return room.state != Room.State.OPEN or not played or room.step > played[-1]


def turned_cards(room: Room, seats: list[Seat]) -> list[tuple[Seat, Card]]:
    """Return who held which card, once the play is over; nothing before."""
    if not is_play_over(room):
        return []
    cards = {card.key: card for card in room.method.cards}
    return [(seat, cards[seat.card]) for seat in seats if seat.card in cards]
