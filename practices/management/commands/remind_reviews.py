"""`manage.py remind_reviews`: write to those whose sheets are to be read again; safe to run at any moment."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from practices.shelf.reminders import remind


class Command(BaseCommand):
    """Send each reminder once per sheet and term; `run_due` runs it too."""

    help = "Remind those who keep a sheet that it is to be read again."

    def handle(self, *args, **options) -> None:
        """Send the letters of today, the day it is in Brussels."""
        count = remind(timezone.localdate())
        if count or options["verbosity"] > 1:
            self.stdout.write(f"{count} letters")
