"""Files for the tests of what carries them: stored at once, without the process that checks."""

import hashlib
import uuid

from django.core.files.base import ContentFile

from agora.attachments.models import Attachment, private_storage

CONTENT = b"%PDF-1.7 small\n%%EOF"


def stored(by, name: str = "grille.pdf", **fields) -> Attachment:
    """A file that somebody sent, as `actions.receive` leaves it; its bytes are no real PDF."""
    pk = uuid.uuid4()
    values = {
        "kind": name.rpartition(".")[2],
        "size": len(CONTENT),
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "pages": 2,
        "file": private_storage().save(f"{pk.hex[:2]}/{pk.hex}", ContentFile(CONTENT)),
    } | fields
    return Attachment.objects.create(pk=pk, name=name, uploaded_by=by, **values)
