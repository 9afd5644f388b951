"""What time does to rooms."""

from django.core.management.base import BaseCommand

from forum.keeping.actions import pass_over


class Command(BaseCommand):
    """`manage.py keep_rooms` (part of `run_due`): open blind phases that are due, purge, ask after."""

    help = "Open due blind phases, purge the narratives whose time has come, ask after perspectives."

    def handle(self, *args, **options) -> None:
        """Pass once, and say what was done in numbers."""
        report = pass_over()
        self.stdout.write(
            f"Rooms purged: {report.purged} ({report.texts} texts). Blind phases opened: {report.unsealed}. "
            f"Rooms asked after: {report.asked}."
        )
