"""Everything that must happen in time, in one command for cron or systemd; safe to run at any moment."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

# In this order: what people wait for first.
DUE = (
    "search_drain",
    "keep_rooms",
    "remind_referents",
    "remind_proposals",
    "remind_reviews",
    "remind_followed",
    "purge_drafts",
    "purge_attachments",
    "purge_tokens",
    "purge_needs",
    "clearsessions",
)


class Command(BaseCommand):
    """`manage.py run_due`, every minute: index what waits, remind, clear away what had its day."""

    help = "Drain the search outbox, send reminders, purge drafts that were set aside, clear closed sessions."

    def handle(self, *args, **options) -> None:
        """Run each task; one that fails does not keep the others from running."""
        failed = []
        for name in DUE:
            try:
                call_command(name, stdout=self.stdout, stderr=self.stderr)
            except Exception as error:  # reported below, and the exit code tells
                failed.append(name)
                self.stderr.write(f"{name}: {type(error).__name__}")
        if failed:
            raise SystemExit(1)
