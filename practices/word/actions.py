"""What can be done with a Word document: begin a draft. Nothing is published, no file kept."""

import uuid
from typing import IO

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agora.drafts.actions import DraftTooLarge, save_draft
from agora.drafts.models import Draft

from ..drafting import KIND
from ..models import PracticePage
from ..permissions import can_write
from .checks import NotReadable, Wrong
from .reading import Reading, read_document

# The field of a draft that tells where it comes from; no form sends it, so only this module writes it.
MARK = "_word"


def begin_from_document(user, file: IO[bytes], *, name: str, language: str) -> Draft:
    """Make a draft of a new sheet from a Word document, and return it.

    `name`: the name of the file, for a document without a title. Raises PermissionDenied, and NotReadable
    when the file is no Word document, or too much.
    """
    if not can_write(user):
        raise PermissionDenied(_("Écrire une fiche demande un compte validé."))
    reading = read_document(file, name=name)
    data = reading.texts | {
        "title": reading.title,
        "kind": str(PracticePage.Kind.SHEET),
        "_step": 1,
        MARK: _told(reading),
    }
    try:
        return save_draft(user, pk=uuid.uuid4(), kind=KIND, language=language, data=data).draft
    except DraftTooLarge as error:
        raise NotReadable(Wrong.TOO_LONG) from error


def _told(reading: Reading) -> dict:
    return {
        "found": reading.found[:60],
        "under": reading.under[:60],
        "dropped": reading.dropped,
        "notes": reading.notes,
        "tables": reading.tables,
        "tracked": reading.tracked,
    }
