"""manage.py search_rebuild: a whole new index, checked before it takes over; searches go on meanwhile."""

from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError

from search import generations
from search.contract import SearchUnavailable
from search.engines import Seat, seats


class Command(BaseCommand):
    """Build a new index from the database, check it, let it take over, keep the former one."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """`--if-needed`: do nothing when an index of the present analysis already serves; `--rollback`."""
        parser.add_argument(
            "--if-needed", action="store_true", help="only when there is none, or an outdated one"
        )

        parser.add_argument(
            "--rollback", action="store_true", help="serve the former index again, brought up to date first"
        )

    def handle(self, *args, if_needed: bool, rollback: bool, **options) -> None:
        """Exit 1 when another rebuild runs, when the engine cannot be written or when the gate refuses."""
        if rollback:
            self._tell_rollback(self._done(generations.rollback))
            return
        for seat in seats():
            if seat.name:
                self.stdout.write(f"{seat.name}:")
            self._rebuild(seat, if_needed)

    @staticmethod
    def _done(act: Callable[[], generations.RebuildReport]) -> generations.RebuildReport:
        try:
            report = act()
        except SearchUnavailable as error:
            raise CommandError(f"The search engine cannot be written: {error}") from error
        if report.busy:
            raise CommandError("Another rebuild is running.")
        return report

    def _rebuild(self, seat: Seat, if_needed: bool) -> None:
        if if_needed and not generations.is_needed(seat.engine):
            count = seat.engine.health().documents
            self.stdout.write(f"Index up to date: {count} contributions.")
            return

        def tell(done: int) -> None:
            self.stdout.write(f"  {done} contributions…")

        report = self._done(lambda: generations.rebuild(seat, progress=tell))
        if not report.promoted:
            raise CommandError(f"The new index differs from the database and was dropped: {report.drift}")
        self.stdout.write(self.style.SUCCESS(f"Index rebuilt: {report.written} contributions."))
        if report.drift.broken:
            self.stdout.write(self.style.WARNING(f"{report.drift.broken} could not be read; see the log."))

    def _tell_rollback(self, report: generations.RebuildReport) -> None:
        if report.promoted:
            text = f"The former index serves again; {report.written} contributions were brought up to date."
            self.stdout.write(self.style.SUCCESS(text))
        elif report.drift == generations.Drift():
            raise CommandError("There is no former index to go back to.")
        else:
            raise CommandError(f"The former index differs from the database: {report.drift}")
