"""manage.py purge_needs: destroy what nobody may know any more of searches that found nothing."""

from django.core.management.base import BaseCommand

from search.silent.actions import forget_the_past


class Command(BaseCommand):
    """Run by run_due; safe at any moment."""

    help = __doc__

    def handle(self, *args, **options) -> None:
        """Say how much went, when something did."""
        if gone := forget_the_past():
            self.stdout.write(f"{gone} rows about searches forgotten.")
