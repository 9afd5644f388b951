"""Remembers which files each sheet has carried, whoever published it, and hears of withdrawn ones."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published

from agora.attachments.models import Attachment
from agora.attachments.signals import was_read, withdrawn
from search import outbox

from ..models import CatalogueStamp, PracticePage, SheetFile
from .indexing import uids


@receiver(page_published, sender=PracticePage, dispatch_uid="practices.attached.published")
def remember_files(sender, instance: PracticePage, **kwargs) -> None:
    """Note the files of a version that is published."""
    files = [SheetFile(practice=instance, attachment=file) for file in instance.attachments.all()]
    if files:
        SheetFile.objects.bulk_create(files, ignore_conflicts=True)


@receiver(withdrawn, dispatch_uid="practices.attached.withdrawn")
def show_withdrawal(sender, attachment, **kwargs) -> None:
    """Forget the kept pages that still name the file, and hide it from every search."""
    CatalogueStamp.renew()
    outbox.narrow(*uids([attachment.pk]))


@receiver(was_read, dispatch_uid="practices.attached.read")
def find_words(sender, attachment, **kwargs) -> None:
    """Tell search of the words of a file that was read after it came in."""
    outbox.enqueue(*uids([attachment.pk]))


@receiver(post_delete, sender=Attachment, dispatch_uid="practices.attached.deleted")
def after_deletion(sender, instance: Attachment, **kwargs) -> None:
    """Hide a file that is no more."""
    outbox.narrow(*uids([instance.pk]))
