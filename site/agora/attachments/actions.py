"""What can be done with files: take one in, withdraw one for good, clear away what nothing refers to."""

import hashlib
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.richtext.plain import one_line

from . import holders, workshop
from .checks import Refusal
from .cleaning import Cleaned, clean_name
from .kinds import KINDS, MOST_BYTES
from .models import Attachment, FileText, private_storage
from .permissions import can_upload, can_withdraw
from .refusals import sentence
from .signals import was_read, withdrawn

MOST_A_DAY = 60  # files that one person sends in a day; nobody's disk is theirs to fill
MOST_BYTES_A_DAY = 200 * 1024 * 1024
KEPT_DAYS = 7  # a file that nothing refers to
REASON_LENGTH = 300
SAME = {"jpeg": "jpg", "jpe": "jpg"}
logger = logging.getLogger(__name__)


def receive(upload: UploadedFile, by) -> Attachment:
    """Check a file that was sent, clean it, keep it, and return its row; only `by` sees it for now.

    Raises PermissionDenied, and ValidationError with a sentence (its code is the one of the Refusal).
    """
    if not can_upload(by):
        raise PermissionDenied(_("Joindre un fichier demande un compte validé."))
    with _in_a_sentence():
        _check_pace(by)
    with taken_in(upload) as (path, cleaned, pages):
        return _kept(path, cleaned, pages, upload.name or "", by)


@contextmanager
def taken_in(upload: UploadedFile) -> Iterator[tuple[Path, Cleaned, list[str]]]:
    """Check a file that was sent and clean it; give its clean copy, what it is, and its words by page.

    The copy goes when the block ends: whoever keeps files keeps theirs. ValidationError with a sentence (its
    code is the one of the Refusal).
    """
    with _in_a_sentence(), TemporaryDirectory(prefix="agora-attachment-") as folder:
        source, target = Path(folder, "sent"), Path(folder, "clean")
        _write_down(upload, source)
        cleaned = workshop.work(source, target)
        yield target, cleaned, workshop.words(target, cleaned.kind)


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        raise ValidationError(sentence(refusal.code), code=refusal.code) from refusal


def _check_pace(by) -> None:
    since = timezone.now() - timedelta(days=1)
    sent = Attachment.objects.filter(uploaded_by=by, uploaded_at__gte=since)
    total = sent.aggregate(files=Count("pk"), size=Sum("size"))
    if total["files"] >= MOST_A_DAY or (total["size"] or 0) >= MOST_BYTES_A_DAY:
        raise Refusal("too_fast")


def _write_down(upload: UploadedFile, path: Path) -> None:
    """Copy what was sent, by pieces, and not further than a file may weigh."""
    written = 0
    with path.open("wb") as file:
        for chunk in upload.chunks():
            written += len(chunk)
            if written > MOST_BYTES:
                raise Refusal("too_big")
            file.write(chunk)
    if not written:
        raise Refusal("empty")


def _kept(target: Path, cleaned: Cleaned, pages: list[str], name: str, by) -> Attachment:
    pk = uuid.uuid4()
    ending = PurePosixPath(name.lower()).suffix.lstrip(".")
    notes = list(cleaned.notes)
    if SAME.get(ending, ending) not in ("", cleaned.kind):
        notes.append("renamed")
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        # The name in the storage tells nothing of the one it is shown under.
        stored = private_storage().save(f"{pk.hex[:2]}/{pk.hex}", File(file))
    try:
        with transaction.atomic():
            attachment = Attachment.objects.create(
                pk=pk,
                name=clean_name(name, cleaned.kind),
                kind=KINDS[cleaned.kind].name,
                size=target.stat().st_size,
                sha256=digest,
                pages=cleaned.pages,
                notes=notes,
                file=stored,
                uploaded_by=by,
            )
            FileText.objects.create(attachment=attachment, pages=pages)
        return attachment
    except BaseException:
        private_storage().delete(stored)
        raise


@transaction.atomic
def withdraw(attachment: Attachment, by, reason: str) -> Attachment:
    """Erase a file for good, everywhere: its bytes and its name go, its row says that it was there.

    Raises PermissionDenied, and ValidationError (by field) without a reason.
    """
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if not can_withdraw(by, attachment):
        raise PermissionDenied(_("Vous ne pouvez pas retirer ce fichier."))
    reason = one_line(reason)
    if not reason:
        raise ValidationError({"reason": _("Dites en quelques mots pourquoi.")})
    if len(reason) > REASON_LENGTH:
        raise ValidationError({"reason": _("Trois cents caractères au plus. Raccourcissez un peu.")})
    stored = attachment.file.name
    attachment.name, attachment.file, attachment.sha256 = "", "", ""
    attachment.withdrawn_at, attachment.withdrawn_by = timezone.now(), by
    attachment.withdrawal_reason = reason
    attachment.save()
    FileText.objects.filter(attachment=attachment).delete()
    withdrawn.send(Attachment, attachment=attachment)
    logger.warning("Attachment %s withdrawn by member %s", attachment.pk, by.pk)
    # Bytes go once the row says so for certain: a file without a row is swept up one day.
    transaction.on_commit(lambda: private_storage().delete(stored))
    return attachment


def read_again(attachment: Attachment) -> int:
    """Read the words of a file that is here already; return how many pages have some.

    For commands: files that came in before search read them, or before it read them better.
    """
    if attachment.withdrawn_at or not attachment.file:
        return 0
    with TemporaryDirectory(prefix="agora-attachment-") as folder:
        copy = Path(folder, "clean")
        with attachment.file.open("rb") as stored:
            copy.write_bytes(stored.read())
        pages = workshop.words(copy, attachment.kind)
    with transaction.atomic():
        # Withdrawn meanwhile: its words must not come back.
        if Attachment.objects.select_for_update().filter(pk=attachment.pk, withdrawn_at=None).exists():
            FileText.objects.update_or_create(attachment=attachment, defaults={"pages": pages})
            was_read.send(Attachment, attachment=attachment)
    return sum(map(bool, pages))


def purge_attachments() -> int:
    """Delete the files that nothing has referred to for a week; return how many went."""
    loose = Attachment.objects.filter(uploaded_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    for holder in holders.all_of_them():
        loose = loose.exclude(holder.kept())
    return sum(_purged(pk) for pk in loose.values_list("pk", flat=True))


@transaction.atomic
def _purged(pk: uuid.UUID) -> bool:
    """Delete one file unless something refers to it, asked again under the lock."""
    attachment = Attachment.objects.select_for_update().filter(pk=pk).first()
    if attachment is None or any(holder.held([attachment]) for holder in holders.all_of_them()):
        return False
    stored = attachment.file.name
    attachment.delete()
    if stored:
        transaction.on_commit(lambda: private_storage().delete(stored))
    return True


def sweep(shelf: int) -> int:
    """Delete the bytes without a row in one of the 256 folders: what a process that died left behind.

    Those of the last day stay: their row may be under way. Returns how many went.
    """
    storage, folder = private_storage(), f"{shelf % 256:02x}"
    try:
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:
        return 0
    known = set(Attachment.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
    yesterday = timezone.now() - timedelta(days=1)
    lost = [name for name in names if name not in known and storage.get_modified_time(name) < yesterday]
    for name in lost:
        storage.delete(name)
    return len(lost)
