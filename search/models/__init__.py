"""All the rows of search: what waits for the index, what people follow and ask for, where a search begins."""

from .following import FollowedSearch, FollowingPace
from .outbox import PendingChange, Tombstone
from .silent import NeedVoice, SilentNeed
from .situation import Situation, SituationText
from .wanted import SheetRequest

__all__ = [
    "FollowedSearch",
    "FollowingPace",
    "NeedVoice",
    "PendingChange",
    "SheetRequest",
    "SilentNeed",
    "Situation",
    "SituationText",
    "Tombstone",
]
