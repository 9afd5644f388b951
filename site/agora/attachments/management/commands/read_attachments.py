"""manage.py read_attachments: read the words of files that came in before search read them."""

from django.core.management.base import BaseCommand

from agora.attachments.actions import read_again
from agora.attachments.models import Attachment


class Command(BaseCommand):
    """Read the files that have no words yet, one by one; it can be stopped and run again."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """Offer to read everything anew."""
        parser.add_argument("--again", action="store_true", help="read also the files that were read before")

    def handle(self, *args, again: bool = False, **options) -> None:
        """Read, and say how many files have words."""
        files = Attachment.objects.filter(withdrawn_at=None)
        if not again:
            files = files.filter(text=None)
        read = silent = missing = 0
        for pk in list(files.order_by("pk").values_list("pk", flat=True)):
            attachment = Attachment.objects.filter(pk=pk).first()
            if attachment is None:
                continue
            try:
                pages = read_again(attachment)
            except OSError:
                missing += 1
                self.stderr.write(f"{pk}: its bytes cannot be read")
                continue
            read, silent = read + bool(pages), silent + (not pages)
        self.stdout.write(f"with words: {read}, without: {silent}, unreadable: {missing}")
