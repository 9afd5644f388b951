"""The catalogue: sheets, who tries them, and why each version was written."""

from .adoption import Adoption
from .practice import SECTIONS, PracticeIndexPage, PracticePage
from .revision_note import RevisionNote
from .stamp import CatalogueStamp

__all__ = ["SECTIONS", "Adoption", "CatalogueStamp", "PracticeIndexPage", "PracticePage", "RevisionNote"]
