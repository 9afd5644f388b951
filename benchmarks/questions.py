"""What the list of questions costs with ten thousand of them: `python benchmarks/questions.py`.

Builds its own database in memory. Prints, for each way of looking at the list, the times of the 50th and the
95th of a hundred answers (the whole request, in one process), processor time of the 95th.
The contract is a p95 of 120 ms; the queries are pinned by tests/forum/test_questions.py.
"""

import os
import random
import sys
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agora.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import get_runner  # noqa: E402
from django.utils import timezone  # noqa: E402

QUESTIONS, RUNS = 10_000, 100
WAYS = (
    "",
    "?page=250",
    "?page=500",
    "?etat=sans-reponse",
    "?etat=longtemps&theme=bilan",
    "?etat=repondues&tri=mouvement",
    "?theme=emploi&langue=nl",
)


def fill() -> object:
    """Write the questions, and return a member who reads them."""
    from agora.people.models import Member
    from agora.vocabulary.models import Cpas, Theme
    from forum.models import Question

    draw, now = random.Random(6), timezone.now()
    places = list(Cpas.objects.all())
    people = [
        Member.objects.create_user(
            f"m{n}@cpas.example",
            first_name=f"Prénom{n}",
            last_name="Nom",
            status="active",
            cpas=places[n % 19],
        )
        for n in range(60)
    ]
    made = []
    for n in range(QUESTIONS):
        at, answers = now - timedelta(hours=n), draw.choice((0, 1, 1, 2, 3))
        made.append(
            Question(
                title=f"Comment faire quand la situation numéro {n} se présente un vendredi soir ?",
                text="Le dossier est ouvert depuis trois mois et personne ne sait à qui demander. " * 3,
                language=draw.choice(("fr", "fr", "nl")),
                author=draw.choice(people),
                asked_at=at,
                moved_at=at + timedelta(hours=answers * 9),
                due_at=at + timedelta(days=3),
                answers=answers,
                helped=int(answers > 1),
            )
        )
    made = Question.objects.bulk_create(made, batch_size=500)
    themes = list(Theme.objects.all())
    link = Question.themes.through
    link.objects.bulk_create(
        [link(question_id=each.pk, theme_id=draw.choice(themes).pk) for each in made], batch_size=500
    )
    return people[0]


def main() -> None:
    """Print the table."""
    from agora.calm import settle
    from agora.home.tree import build_tree

    build_tree()
    browser = Client()
    browser.force_login(fill())
    settle()  # as a server does
    print(f"{'list':<34} {'p50 ms':>7} {'p95 ms':>7} {'CPU p95':>8} {'kB':>6}")
    for way in WAYS:
        address = f"/fr/questions/{way}"
        browser.get(address)
        answer = browser.get(address)
        assert answer.status_code == 200, answer.status_code
        spent, worked = [], []
        for _run in range(RUNS):
            start, work = perf_counter(), process_time()
            browser.get(address)
            spent.append((perf_counter() - start) * 1000)
            worked.append((process_time() - work) * 1000)
        spent.sort()
        worked.sort()
        size = len(answer.content) / 1000
        clock = f"{spent[49]:>7.1f} {spent[94]:>7.1f} {worked[94]:>8.1f}"
        print(f"{way or '(all)':<34} {clock} {size:>6.1f}")


if __name__ == "__main__":
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        main()
    finally:
        runner.teardown_databases(databases)
