"""Who brings an old version back at once, and who asks for it."""

from ..models import PracticePage
from ..permissions import can_edit, can_keep


def can_restore(user, practice: PracticePage) -> bool:
    """Bringing a version back is a big change like another: at once for those who answer for the sheet.

    Everybody else who may edit takes it up as a draft (`restore_as_draft`) and sends that as any change.
    """
    return can_edit(user, practice) and can_keep(user, practice)
