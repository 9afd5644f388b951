"""The reading page of a sheet, piece by piece: texts, facts, neighbours, and the face they make together."""

from .face import face_of
from .personal import personal_of
from .texts import number_steps, parts_of, reading_minutes

__all__ = ["face_of", "number_steps", "parts_of", "personal_of", "reading_minutes"]
