"""manage.py search_drain: bring the index up to date with the changes that wait (for cron or a timer)."""

from django.core.management.base import BaseCommand, CommandError

from search import outbox
from search.models import PendingChange


class Command(BaseCommand):
    """Write the waiting changes into the index; build it first if there is none."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """`--retry-parked`: give the changes that were given up another chance."""
        parser.add_argument("--retry-parked", action="store_true", help="try again what was set aside")

    def handle(self, *args, retry_parked: bool, **options) -> None:
        """Exit 1 when the engine does not answer; changes that fail one by one are counted, not fatal."""
        if retry_parked:
            PendingChange.objects.filter(parked=True).update(parked=False, tries=0)
        report = outbox.drain(wait=True)
        self.stdout.write(f"{report.written} written, {report.failed} failed, {report.parked} set aside.")
        if report.unavailable:
            raise CommandError("The search engine does not answer; the changes wait.")
