"""Fill a new installation with fictional content."""

from django.core.management.base import BaseCommand

from agora.home.demo import PASSWORD, load_demo


class Command(BaseCommand):
    """`manage.py load_demo`: fictional members, sheets and messages; safe to run again."""

    help = "Load the fictional demo content (people, practices, comments)."

    def handle(self, *args, **options) -> None:
        """Load, with one line of progress a step."""
        loaded = load_demo(self.stdout.write)
        self.stdout.write(
            f"{loaded.practices} practices, {loaded.members} people, {loaded.comments} messages. "
            f"Everybody's pass phrase is {PASSWORD}"
        )
