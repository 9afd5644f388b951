"""Move the texts of rooms to the first key."""

from django.core.management.base import BaseCommand, CommandError

from forum.keeping.seals import reseal_all
from forum.keys import Unreadable


class Command(BaseCommand):
    """`manage.py reseal_rooms`: after a new key was put first in ROOM_KEYS; then the old ones may go."""

    help = "Seal every text of the rooms with the first key of ROOM_KEYS."

    def handle(self, *args, **options) -> None:
        """Seal again, and count."""
        try:
            count = reseal_all()
        except Unreadable as error:
            raise CommandError("Some texts were sealed with a key that ROOM_KEYS does not list.") from error
        self.stdout.write(f"Sealed again: {count} texts. Keys other than the first one may be thrown away.")
