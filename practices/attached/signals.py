"""Remembers which files each sheet has carried, whoever published it, and hears of withdrawn ones."""

from django.dispatch import receiver
from wagtail.signals import page_published

from agora.attachments.signals import withdrawn

from ..models import CatalogueStamp, PracticePage, SheetFile


@receiver(page_published, sender=PracticePage, dispatch_uid="practices.attached.published")
def remember_files(sender, instance: PracticePage, **kwargs) -> None:
    """Note the files of a version that is published."""
    files = [SheetFile(practice=instance, attachment=file) for file in instance.attachments.all()]
    if files:
        SheetFile.objects.bulk_create(files, ignore_conflicts=True)


@receiver(withdrawn, dispatch_uid="practices.attached.withdrawn")
def show_withdrawal(sender, attachment, **kwargs) -> None:
    """Forget the kept pages that still name the file."""
    CatalogueStamp.renew()
