"""`manage.py purge_attachments`: delete files that nothing has referred to for a week."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from agora.attachments.actions import purge_attachments, sweep


class Command(BaseCommand):
    """Meant for the timer of `run_due`; safe to run at any time."""

    help = "Delete attached files that nothing has referred to for a week, and bytes without a row."

    def handle(self, *args, **options) -> None:
        """Purge, sweep one folder (another one each minute), and say how many files went."""
        gone = purge_attachments()
        swept = sweep(int(timezone.now().timestamp()) // 60)
        self.stdout.write(f"{gone} attachments purged, {swept} lost files swept")
