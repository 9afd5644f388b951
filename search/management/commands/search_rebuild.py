"""manage.py search_rebuild: a whole new index, checked before it takes over; searches go on meanwhile."""

from django.core.management.base import BaseCommand, CommandError

from search import generations
from search.contract import SearchUnavailable
from search.engines import engine


class Command(BaseCommand):
    """Build a new index from the database, check it, let it take over, keep the former one."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """`--if-needed`: do nothing when an index of the present analysis already serves."""
        parser.add_argument(
            "--if-needed", action="store_true", help="only when there is none, or an outdated one"
        )

    def handle(self, *args, if_needed: bool, **options) -> None:
        """Exit 1 when another rebuild runs, when the engine cannot be written or when the gate refuses."""
        health = engine().health()
        if if_needed and health.ready and health.up_to_date:
            self.stdout.write(f"Index up to date: {health.documents} contributions.")
            return
        try:
            report = generations.rebuild(progress=lambda done: self.stdout.write(f"  {done} contributions…"))
        except SearchUnavailable as error:
            raise CommandError(f"The search engine cannot be written: {error}") from error
        if report.busy:
            raise CommandError("Another rebuild is running.")
        if not report.promoted:
            raise CommandError(f"The new index differs from the database and was dropped: {report.drift}")
        self.stdout.write(self.style.SUCCESS(f"Index rebuilt: {report.written} contributions."))
        if report.drift.broken:
            self.stdout.write(self.style.WARNING(f"{report.drift.broken} could not be read; see the log."))
