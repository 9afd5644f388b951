"""The place in a form where files are added: what it shows, and what it takes from what was sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from .actions import receive
from .cleaning import clean_name
from .kinds import ACCEPT, MOST_BYTES, MOST_FILES
from .models import Attachment
from .permissions import can_withdraw
from .refusals import sentence
from .rows import Row, attachments_among, rows_of

SHOWN_NAME = 60  # characters of a refused file's name in a sentence


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files of one form: those that are kept, and a sentence for each that is not."""

    kept: tuple[Attachment, ...] = ()
    refusals: tuple[str, ...] = ()


def take(uploads: Iterable[UploadedFile], by, *, already: int) -> Taken:
    """Receive the files that a form sent, one by one, whatever becomes of the others.

    `already`: how many the text carries before these.
    """
    kept: list[Attachment] = []
    refusals: list[str] = []
    for upload in uploads:
        if already + len(kept) >= MOST_FILES:
            refusals.append(refused(upload, sentence("too_many")))
            break
        try:
            kept.append(receive(upload, by))
        except ValidationError as error:
            refusals.append(refused(upload, error.messages[0]))
    return Taken(tuple(kept), tuple(refusals))


def refused(upload: UploadedFile, said: str) -> str:
    """Return « « lettre.doc » : … », so that one knows which file is meant."""
    name = clean_name(upload.name or "", "x")[:-2]
    ending = (upload.name or "").rpartition(".")[2][:5] if "." in (upload.name or "") else ""
    shown = f"{name[:SHOWN_NAME]}.{ending}" if ending.isalnum() else name[:SHOWN_NAME]
    return _("« %(name)s » : %(said)s") % {"name": shown, "said": said}


@dataclass(frozen=True, slots=True)
class Tray:
    """What the template `attachments/field.html` shows: the files so far, and what may be added.

    `rows`: with the address where each may be withdrawn for good, when this person may. `refusals`: of
    what was just sent. `errors`: about the list itself.
    """

    rows: list[tuple[Row, str]]
    refusals: Sequence[str] = ()
    errors: Sequence[str] = ()
    accept: str = ACCEPT
    most_bytes: int = MOST_BYTES
    most_files: int = MOST_FILES
    megabytes: int = field(default=MOST_BYTES // (1024 * 1024))


def tray_of(
    texts: Iterable[str], user: Any, *, refusals: Sequence[str] = (), errors: Sequence[str] = ()
) -> Tray:
    """Return the tray of a text that carries the files with these numbers."""
    attachments = attachments_among(texts)
    addresses = [
        reverse("attachments:withdraw", kwargs={"pk": one.pk}) if can_withdraw(user, one) else ""
        for one in attachments
    ]
    rows = list(zip(rows_of(attachments), addresses, strict=True))
    return Tray(rows, refusals, errors)
