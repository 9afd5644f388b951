"""Tell people that a search they follow finds something new."""

from django.core.management.base import BaseCommand

from search.following.letters import send_due


class Command(BaseCommand):
    """`manage.py remind_followed`, as often as one likes: each person at their own pace."""

    help = "Send, by mail, one letter to each person whose followed searches find something new."

    def handle(self, *args, **options) -> None:
        """Send what is due, and say how many letters left; nothing when there was none."""
        if count := send_due():
            self.stdout.write(f"{count} letters about followed searches.")
