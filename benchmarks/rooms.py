"""What a full room costs: twelve people and five hundred texts; p50 and p95 of its page, and of the beat.

`python benchmarks/rooms.py [500]`: makes a database of its own in memory, asks as a member who sits there,
and prints milliseconds of wall and of CPU, queries and bytes, in a process that has settled as a server's
does (agora.calm). On a shared machine the CPU says more than the clock, which counts the turns of others too.
Held to: the page at p95 in 150 ms on a quiet machine; the beat, which twelve open pages ask four times a
second together, in a few milliseconds.
"""

import os
import statistics
import sys
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agora.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, get_runner  # noqa: E402
from django.urls import reverse  # noqa: E402

RUNS, PEOPLE = 60, 12
WORDS = "Je comprends la visite refusée comme une question que personne n’a posée à voix haute. " * 6


def room(texts: int):
    """Fill a room with a story, its questions and their answers; return it, and a member who asks."""
    from agora.people.models import Member
    from agora.people.notices import silence
    from agora.vocabulary.models import Cpas, Function, Service
    from forum.models import Contribution, Method
    from forum.phases.actions import advance
    from forum.rooms import actions as rooms

    places = list(Cpas.objects.all())
    trades = list(Function.objects.exclude(slug__in=["chef-service", "direction"]))
    people = [
        Member.objects.create_user(
            f"m{n}@cpas.example",
            first_name=f"Prénom{n}",
            last_name="Nom",
            status=Member.Status.ACTIVE,
            cpas=places[n % len(places)],
            function=trades[n % len(trades)],
            service=Service.objects.first(),
        )
        for n in range(PEOPLE)
    ]
    with silence():
        lead = rooms.open_room(people[0], Method.objects.get(slug="mag"), "Groupe", language="fr")
        for seat in rooms.invite(lead, people[1:]):
            rooms.accept(seat)
        rooms.give_role(lead, lead.room.seats.get(member=people[1]), "rapporteur")
        rooms.start(lead)
        seats = list(lead.room.seats.select_related("member", "room__version__method"))
        for step in range(3):
            seat = lead.room.seats.select_related("member", "room__version__method").get(member=people[0])
            advance(seat, from_step=step, reason="essai")
    runs = {run.number: run for run in lead.room.runs.all()}
    kinds = Contribution.Kind
    rows = []
    for n in range(texts):
        seat = seats[n % PEOPLE]
        kind, run = (kinds.NARRATIVE, runs[2]) if not n else (kinds.QUESTION, runs[3])
        rows.append(
            Contribution(
                room=lead.room, run=run, kind=kind, author=seat.member, mark=seat.mark, text=f"{n} ? {WORDS}"
            )
        )
        if n % 3 == 2:
            rows[-1].kind, rows[-1].parent = kinds.REPLY, rows[-2]
    Contribution.objects.bulk_create(rows)
    return lead.room, people[2]


def measure(client: Client, address: str, runs: int) -> str:
    """Ask for one address; say what it costs."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        queries = len(captured)
    assert answer.status_code == 200, answer.status_code
    wall, spent = [], []
    for _run in range(runs):
        start, cpu = perf_counter(), process_time()
        client.get(address)
        wall.append((perf_counter() - start) * 1000)
        spent.append((process_time() - cpu) * 1000)
    p95, cpu95 = (statistics.quantiles(values, n=20)[-1] for values in (wall, spent))
    return (
        f"p50 {statistics.median(wall):6.1f} ms   p95 {p95:6.1f} ms   "
        f"CPU p50 {statistics.median(spent):6.1f} ms   p95 {cpu95:6.1f} ms   "
        f"{queries} queries   {len(answer.content) / 1000:.0f} kB"
    )


def main() -> None:
    """Print the table."""
    texts = int(sys.argv[1]) if sys.argv[1:] else 500
    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        from agora.calm import settle

        made, member = room(texts)
        settle()
        client = Client()
        client.force_login(member)
        print(f"{PEOPLE} people, {texts} texts")
        for name, runs in (("room", RUNS), ("beat", 4 * RUNS), ("journal", RUNS)):
            print(f"{name:10}", measure(client, reverse(f"forum:{name}", args=[made.pk]), runs))
        first = reverse("forum:room", args=[made.pk]) + "?page=1"
        print(f"{'full leaf':10}", measure(client, first, RUNS))
    finally:
        runner.teardown_databases(old)


if __name__ == "__main__":
    main()
