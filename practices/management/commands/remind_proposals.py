"""Tell moderators of the proposals that nobody answers."""

from django.core.management.base import BaseCommand

from practices.review.reminders import remind


class Command(BaseCommand):
    """`manage.py remind_proposals`, as often as one likes: each reminder goes out once."""

    help = "Tell moderators, by mail, of proposals that wait since a week, and again since three."

    def handle(self, *args, **options) -> None:
        """Send what is due, and say how many proposals it was about; nothing when there is none."""
        if count := remind():
            self.stdout.write(f"{count} proposals told to moderators.")
