"""What time does to questions that wait."""

from django.core.management.base import BaseCommand

from forum.questions.letters import remind


class Command(BaseCommand):
    """`manage.py remind_referents` (part of `run_due`): write to who is on duty for questions that wait."""

    help = "Remind referents the working day before an answer is owed, and their stand-ins after it."

    def handle(self, *args, **options) -> None:
        """Pass once, and say what was done in numbers."""
        self.stdout.write(f"Letters about questions that wait: {remind()}.")
