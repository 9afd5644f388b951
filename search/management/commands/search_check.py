"""manage.py search_check: does the index say what the database says? Counts only, never a text."""

import dataclasses

from django.core.management.base import BaseCommand, CommandError

from search import generations
from search.contract import SearchUnavailable
from search.engines import Seat, seats
from search.models import Tombstone


class Command(BaseCommand):
    """Compare the index with the database, both ways, word by word and reader by reader."""

    help = __doc__

    def handle(self, *args, **options) -> None:
        """Exit 1 on any drift, on changes given up, without an index or with an outdated one."""
        for seat in seats():
            self._check(seat)
        self.stdout.write(self.style.SUCCESS("The index says what the database says."))

    def _check(self, seat: Seat) -> None:
        if seat.name:
            self.stdout.write(f"{seat.name}:")
        health = seat.engine.health()
        if health.trouble:
            raise CommandError(
                f"The search engine does not answer: {health.trouble}. Has it no index left? search_rebuild."
            )
        if not health.ready:
            raise CommandError("There is no index: run search_rebuild.")
        try:
            drift = generations.check(seat)
        except SearchUnavailable as error:
            raise CommandError(f"The search engine does not answer: {error}") from error
        self.stdout.write(f"indexed: {health.documents}")
        for name, count in dataclasses.asdict(drift).items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(f"tombstones: {Tombstone.objects.count()}")
        if not drift.is_clean:
            raise CommandError("The index differs from the database.")
        if not health.up_to_date:
            raise CommandError("The index was made by another analysis: run search_rebuild.")
