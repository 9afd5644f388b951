"""`manage.py purge_drafts`: forget drafts that were set aside more than a day ago."""

from django.core.management.base import BaseCommand

from agora.drafts.actions import purge_drafts


class Command(BaseCommand):
    """Meant for a daily timer; safe to run at any time."""

    help = "Forget drafts that were set aside more than a day ago."

    def handle(self, *args, **options) -> None:
        """Purge, and say how many drafts went."""
        self.stdout.write(f"{purge_drafts()} drafts purged")
