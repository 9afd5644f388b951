"""Who may change the board of a room, hold a side and accept its words."""

from ..methods.definition import ANIMATEUR, RAPPORTEUR, SUBSTITUTE
from ..models import Room, Seat, Side, Statement

KEEPERS = frozenset({ANIMATEUR, SUBSTITUTE, RAPPORTEUR})
AFTER = ("board", "perspectives", "synthesis")  # the board is still reworded while one concludes


def can_change(seat: Seat) -> bool:
    """Whether the holder of a seat places and rewords cards: during the board, and until the room closes."""
    room = seat.room
    if not seat.is_seated or room.state != Room.State.OPEN or room.phase.kind not in AFTER:
        return False
    board = next((phase for phase in room.method.phases if phase.kind == "board"), None)
    return board is not None and seat.role in board.writers


def can_remove(seat: Seat, statement: Statement) -> bool:
    """Whether a card may be taken off, or put back: by who keeps the board, unless a report took it off."""
    mine = can_change(seat) and seat.role in KEEPERS and statement.room_id == seat.room_id
    return mine and not statement.is_withheld


def holds(seat: Seat, side: Side) -> bool:
    """Whether this person holds this side."""
    return any(holder.mark == seat.mark for holder in side.holders.all())


def is_accepted(side: Side) -> bool:
    """Whether those who hold a side accept its present words; a side that nobody holds is not accepted."""
    holders = list(side.holders.all())
    return bool(holders) and all(holder.accepted == side.wording for holder in holders)


def is_closed(statement: Statement) -> bool:
    """Whether a divergence is closed: both sides accept their words. It is never voted."""
    sides = list(statement.sides.all())
    return len(sides) == 2 and all(is_accepted(side) for side in sides)
