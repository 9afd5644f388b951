"""The published versions of a sheet: read, compared, brought back; and who wrote them.

Drafts and autosaves are revisions too; only those with a note were ever published (see RevisionNote).
"""

from .contributors import Contributors, contributors_of
from .versions import versions_of

__all__ = ["Contributors", "contributors_of", "versions_of"]
