"""All the tables of the rooms, of questions and of debates: one Django app, one file per concern."""

from .board import Holder, Perspective, Side, Signature, Statement, Synthesis
from .doors import OutsideAccess
from .method import Method, MethodPhase, MethodVersion
from .room import PhaseRun, Room, RoomEvent, Seat
from .talk import Contribution, RoomDraft

__all__ = [
    "Contribution",
    "Holder",
    "Method",
    "MethodPhase",
    "MethodVersion",
    "OutsideAccess",
    "Perspective",
    "PhaseRun",
    "Room",
    "RoomDraft",
    "RoomEvent",
    "Seat",
    "Side",
    "Signature",
    "Statement",
    "Synthesis",
]
