"""manage.py purge_tokens: forget the tokens whose last day is more than a month ago."""

from django.core.management.base import BaseCommand

from agora.api.actions import purge_tokens


class Command(BaseCommand):
    """Run by run_due; safe at any moment."""

    help = __doc__

    def handle(self, *args, **options) -> None:
        """Say how many went, when some did."""
        if count := purge_tokens():
            self.stdout.write(f"{count} expired tokens forgotten.")
