"""`manage.py airlock_report`: how well the anonymisation gate does on its labelled corpus."""

from django.core.management.base import BaseCommand

from agora.airlock.corpus import Score, measure, read, sizes


class Command(BaseCommand):
    """Print precision and recall of each kind; with `--faults`, each snippet that went wrong."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """Add `--faults` and `--held-out`."""
        parser.add_argument("--faults", action="store_true", help="print what was missed or wrongly found")
        parser.add_argument("--held-out", action="store_true", help="only the snippets kept for checking")

    def handle(self, *args, faults: bool = False, held_out: bool = False, **options) -> None:
        """Measure and print."""
        snippets = [snippet for snippet in read() if snippet.is_held_out or not held_out]
        scores, languages = measure(snippets), sizes(snippets)
        self.stdout.write(f"{len(snippets)} snippets ({languages['fr']} fr, {languages['nl']} nl)")
        self.stdout.write(f"{'':<18}{'recall':>8}{'precision':>11}{'found':>7}{'missed':>8}{'wrong':>7}")
        for kind, score in scores.kinds.items():
            self._line(kind.value, score)
        self._line("all hard", scores.hard)
        self._line("all soft", scores.soft)
        for fault in scores.faults if faults else ():
            self.stdout.write(fault)

    def _line(self, name: str, score: Score) -> None:
        counts = f"{score.found:>7}{score.missed:>8}{score.wrong:>7}"
        self.stdout.write(f"{name:<18}{score.recall:>8.1%}{score.precision:>11.1%}{counts}")
