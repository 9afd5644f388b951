"""Who brings an old version back at once, and who asks for it."""

from ..models import PracticePage, RevisionNote
from ..review.permissions import can_publish_directly


def can_restore(user, practice: PracticePage) -> bool:
    """Bringing a version back is a big change like another: at once for those who answer for the sheet.

    Everybody else who may edit takes it up as a draft (`restore_as_draft`) and sends that as any change.
    """
    return can_publish_directly(user, practice, RevisionNote.Significance.MAJOR)
