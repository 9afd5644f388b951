"""The catalogue: sheets, who tries them, how they change, what keeps them true, what readers keep."""

from .adoption import Adoption
from .keeping import ReadingItem, ReadingList, SavedFilter, Useful
from .lineage import CpasContext, Lineage
from .practice import SECTIONS, PracticeIndexPage, PracticePage
from .proposal import Proposal
from .provenance import Provenance
from .revision_note import RevisionNote
from .sheet_file import SheetFile
from .stamp import CatalogueStamp
from .upkeep import Alignment, SentReminder

__all__ = [
    "SECTIONS",
    "Adoption",
    "Alignment",
    "CatalogueStamp",
    "CpasContext",
    "Lineage",
    "PracticeIndexPage",
    "PracticePage",
    "Proposal",
    "Provenance",
    "ReadingItem",
    "ReadingList",
    "RevisionNote",
    "SavedFilter",
    "SentReminder",
    "SheetFile",
    "Useful",
]
