"""Make the page tree that Agora needs, or what is missing of it."""

from django.core.management.base import BaseCommand

from agora.home.tree import build_tree


class Command(BaseCommand):
    """`manage.py build_tree`: safe to run at any time."""

    help = "Make the home pages, the catalogues and the texts of the house, in French and Dutch."

    def handle(self, *args, **options) -> None:
        """Build and say what stands."""
        tree = build_tree()
        self.stdout.write(f"Tree ready: {', '.join(sorted(tree.homes))}.")
