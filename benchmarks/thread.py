"""What a discussion costs on a sheet: CPU time and queries of `{% thread_for %}`, from 0 to 200 messages.

`python benchmarks/thread.py`: builds its own database in memory, prints a table. The contract is
at most 3 ms and 3 queries for 50 messages; a trivial view is printed beside it, because machines differ.
« first » is a worker that has never shown these messages, « again » one that has.
"""

import os
import statistics
import sys
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agora.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext, get_runner  # noqa: E402
from django.utils import translation  # noqa: E402

RUNS = 200
TAG = "{% load discussion %}{% thread_for practice %}"
TEXT = (
    "Chez nous, l’accusé de réception remis tout de suite a calmé la file plus que tout le reste.\n\n"
    "Les gens savaient que leur demande existait. Message numéro {}."
)


def milliseconds(call, runs: int = RUNS) -> float:
    """Return the median CPU time of a call."""
    spent = []
    for _run in range(runs):
        start = process_time()
        call()
        spent.append(process_time() - start)
    return statistics.median(spent) * 1000


def people(number: int) -> list:
    """Make members of several CPAS, each with a function."""
    from agora.people.models import Member
    from agora.vocabulary.models import Cpas, Function

    places, trades = list(Cpas.objects.all()), list(Function.objects.all())
    return [
        Member.objects.create_user(
            f"m{n}@cpas.example",
            first_name=f"Prénom{n}",
            last_name="Nom",
            status=Member.Status.ACTIVE,
            cpas=places[n % len(places)],
            function=trades[n % len(trades)],
        )
        for n in range(number)
    ]


def discuss(practice, authors: list, number: int) -> None:
    """Post messages under a sheet, one in three an answer, most of them found useful by some."""
    from datetime import timedelta

    from django.utils import timezone

    from agora.discussion.actions import import_comment, toggle_useful

    roots, start = [], timezone.now() - timedelta(days=30)
    for n in range(number):
        parent = roots[-1] if n % 3 == 2 else None
        author = authors[n % len(authors)]
        comment = import_comment(author, practice, TEXT.format(n), parent, start + timedelta(minutes=n))
        roots += [] if parent else [comment]
        for reader in authors[: n % 7]:
            if reader != author:
                toggle_useful(reader, comment, useful=True)


def main() -> None:
    """Print the table."""
    from agora.discussion import thread
    from agora.home.tree import build_tree
    from practices.actions import PracticeFields, create_practice

    build_tree()
    authors = people(20)
    request = RequestFactory().get("/fr/pratiques/x/")
    request.user = authors[0]
    template = Template(TAG)
    empty = milliseconds(lambda: HttpResponse("").serialize())
    print(f"empty response: {empty:.3f} ms of CPU")
    print(f"{'messages':>8} {'first ms':>9} {'again ms':>9} {'queries':>8} {'kB':>6}")
    for number in (0, 1, 10, 50, 200):
        fields = PracticeFields(
            title=f"Fiche à {number} messages", summary="Une fiche.", problem="Un problème."
        )
        practice = create_practice(fields, by=authors[1], language="fr")
        discuss(practice, authors, number)

        def draw(page=practice) -> str:
            return template.render(Context({"request": request, "practice": page}))

        def draw_first() -> str:
            thread._message.cache_clear()
            return draw()

        html = draw()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            draw()
        first, again = milliseconds(draw_first, 50), milliseconds(draw)
        print(f"{number:>8} {first:>9.2f} {again:>9.2f} {len(queries):>8} {len(html.encode()) / 1000:>6.1f}")


if __name__ == "__main__":
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with translation.override("fr"):
            main()
    finally:
        runner.teardown_databases(databases)
