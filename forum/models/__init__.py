"""All the tables of the rooms, of questions and of debates: one Django app, one file per concern."""

from .board import Holder, Perspective, Side, Signature, Statement, Synthesis
from .debates import Argument, Debate, DebateChange, Position
from .doors import OutsideAccess
from .files import RoomFile
from .method import Method, MethodPhase, MethodVersion
from .questions import Duty, Help, Question, QuestionReport, Quiet
from .reports import CardReport, RoomReport
from .rereading import SecondReading
from .room import PhaseRun, Room, RoomEvent, Seat
from .talk import Contribution, RoomDraft

__all__ = [
    "Argument",
    "CardReport",
    "Contribution",
    "Debate",
    "DebateChange",
    "Duty",
    "Help",
    "Holder",
    "Method",
    "MethodPhase",
    "MethodVersion",
    "OutsideAccess",
    "Perspective",
    "PhaseRun",
    "Position",
    "Question",
    "QuestionReport",
    "Quiet",
    "Room",
    "RoomDraft",
    "RoomEvent",
    "RoomFile",
    "RoomReport",
    "Seat",
    "SecondReading",
    "Side",
    "Signature",
    "Statement",
    "Synthesis",
]
