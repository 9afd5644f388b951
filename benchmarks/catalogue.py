"""What finding in a large catalogue costs: the list with filters, the map, words, a sheet, feeds, filters.

`python benchmarks/catalogue.py [10000 [20]]`: so many sheets, so many versions of each, in a database of its
own in a temporary folder (SQLITE, or DATABASE_URL). Each page is asked by a signed-in member (the feed by its
key) over Django's test client, that is everything but the network. Wall time and CPU time are both printed:
on a machine that does other things, only the second says what the code costs. The empty view is beside.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = int(os.environ.get("ROUNDS", "100"))
FILTERS = 10  # saved by the reader
BATCH = 2000  # rows written at once
QUERY = "theme=accueil-flux&service=ssg&service=accueil"


def environment(folder: str) -> dict[str, str]:
    """Return the environment of a process that writes only in `folder`."""
    paths = [str(ROOT), str(ROOT / "site"), str(ROOT / "benchmarks")]
    database = os.environ.get("DATABASE_URL", f"sqlite:///{folder}/agora.sqlite3")
    return os.environ | {
        "AGORA_VAR": folder,
        "DATABASE_URL": database,
        "SEARCH_URL": f"tantivy://{folder}/search",
        "SITE_URL": "http://127.0.0.1:8199",
        "SECRET_KEY": "benchmark",
        "DJANGO_SETTINGS_MODULE": "pages_settings",
        "PYTHONPATH": os.pathsep.join(paths),
    }


def main(size: int, versions: int) -> None:
    """Make the catalogue, then measure in a process that did not make it."""
    with tempfile.TemporaryDirectory(prefix="agora-catalogue-") as folder:
        env = environment(folder)
        steps = (
            ["manage.py", "migrate", "-v0"],
            ["manage.py", "collectstatic", "--noinput", "-v0"],
            [__file__, "fill", str(size), str(versions), f"{folder}/facts.json"],
            ["manage.py", "search_rebuild"],
            [__file__, "measure", f"{folder}/facts.json"],
        )
        for step in steps:
            loud = step[1:2] == ["measure"]
            output = None if loud else subprocess.DEVNULL
            subprocess.run([sys.executable, *step], env=env, cwd=ROOT, check=True, stdout=output)


# --- Inside Django -----------------------------------------------------------------------------


def fill(size: int, versions: int) -> dict[str, object]:
    """Make the sheets, their versions, and what one reader keeps."""
    from django.db import transaction
    from django.utils import timezone
    from pages_data import READER
    from pages_data import fill as fill_pages

    from agora.people.feed_keys import renew_key
    from agora.people.models import Member
    from practices.keeping.lists.actions import create_list, keep
    from practices.models import PracticePage, SavedFilter

    facts = fill_pages(size)
    with transaction.atomic():
        _versions(versions)
        reader = Member.objects.get(email=READER)
        for number in range(FILTERS):
            SavedFilter.objects.create(
                owner=reader, name=f"Filtre {number}", query=f"cpas={21001 + number}", seen_at=timezone.now()
            )
        reading_list = create_list(reader, "À lire")
        for sheet in PracticePage.objects.filter(live=True, is_showcase=True)[:20]:
            keep(reader, sheet, reading_list)
    return facts | {"key": renew_key(reader), "list_pk": reading_list.pk, "versions": versions}


def _versions(count: int) -> None:
    """Give each sheet `count` versions with the text of a real one, and their notes."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page, Revision

    from practices.models import PracticePage, RevisionNote

    contents = [page.latest_revision.content for page in PracticePage.objects.exclude(latest_revision=None)]
    own, base = (ContentType.objects.get_for_model(model) for model in (PracticePage, Page))
    rows, now = [], timezone.now()
    for place, pk in enumerate(PracticePage.objects.values_list("pk", flat=True)):
        content = contents[place % len(contents)]
        rows += [
            Revision(
                content_type=own,
                base_content_type=base,
                object_id=str(pk),
                content=content,
                created_at=now,
                object_str=content["title"],
            )
            for _ in range(count)
        ]
        if len(rows) >= BATCH:
            _write(rows, RevisionNote, now)
            rows = []
    _write(rows, RevisionNote, now)


def _write(rows: list, note_model, now) -> None:
    from wagtail.models import Revision

    made = Revision.objects.bulk_create(rows, batch_size=100)
    notes = [note_model(revision=each, significance="medium", published_at=now) for each in made]
    note_model.objects.bulk_create(notes, batch_size=100)


def measure(facts: dict) -> None:
    """Ask each page ROUNDS times and print what it took."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import Revision

    from practices import facets
    from practices.models import PracticePage

    member, visitor = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    member.cookies["sessionid"] = facts["session"]
    pages = {
        "empty view": (visitor, "/empty/"),
        "list": (member, "/fr/pratiques/"),
        "list, three filters": (member, f"/fr/pratiques/?{QUERY}"),
        "list, page 40 by title": (member, "/fr/pratiques/?tri=titre&page=40"),
        "list, words and a filter": (member, "/fr/pratiques/?mots=premier+accueil&theme=accueil-flux"),
        "list, visitor": (visitor, "/fr/pratiques/"),
        "map, one filter": (member, "/fr/pratiques/?vue=carte&theme=bilan"),
        "sheet": (member, facts["sheet"]),
        "feed with a key": (visitor, f"/fr/pratiques.atom?{QUERY}&cle={facts['key']}"),
        f"my {FILTERS} filters": (member, "/fr/mes-filtres/"),
        "a list of 20 sheets": (member, f"/fr/listes/{facts['list_pk']}/"),
        "home": (member, "/fr/"),
    }
    count, versions = PracticePage.objects.filter(live=True).count(), Revision.objects.count()
    print(f"{count} sheets, {versions} versions, {connection.vendor}; {ROUNDS} readings of each page, in ms")
    print(f"{'':<26}{'wall p50':>9}{'p95':>8}{'CPU p50':>9}{'p95':>8}{'queries':>9}{'bytes':>9}")
    from practices.keeping.feed import views as feed_views

    feed_views.MOST_BY_KEY = ROUNDS * 2  # its limit is not what is measured
    for name, (client, path) in pages.items():
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked = len(queries)
        wall, spent = _asked(client, path)
        print(
            f"{name:<26}{wall[0]:>9.1f}{wall[1]:>8.1f}{spent[0]:>9.1f}{spent[1]:>8.1f}"
            f"{asked:>9}{len(answer.content):>9}"
        )
    _picture(facets)


def _asked(client, path: str) -> tuple[tuple[float, float], tuple[float, float]]:
    wall, spent = [], []
    for _ in range(ROUNDS):
        began, began_cpu = time.perf_counter(), time.process_time()
        client.get(path)
        wall.append((time.perf_counter() - began) * 1000)
        spent.append((time.process_time() - began_cpu) * 1000)
    return _middle_and_tail(wall), _middle_and_tail(spent)


def _middle_and_tail(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def _picture(facets) -> None:
    """Print what the picture in memory weighs, and what a change of any sheet costs the next reader."""
    import tracemalloc

    started = time.process_time()
    facets.take("benchmark")
    spent = (time.process_time() - started) * 1000
    tracemalloc.start()
    kept = facets.take("benchmark")
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"picture of {len(kept.cards)} sheets: {spent:.0f} ms of CPU, {size / 2**20:.1f} MiB")


if __name__ == "__main__":
    if sys.argv[1:2] in (["fill"], ["measure"]):
        import django

        django.setup()
        if sys.argv[1] == "fill":
            made = fill(int(sys.argv[2]), int(sys.argv[3]))
            Path(sys.argv[4]).write_text(json.dumps(made))
        else:
            measure(json.loads(Path(sys.argv[2]).read_text()))
    else:
        wanted = [int(argument) for argument in sys.argv[1:]] + [10_000, 20][len(sys.argv) - 1 :]
        main(*wanted)
