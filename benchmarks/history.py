"""What the history of a sheet costs: its list, one version, two compared, and the worst texts there can be.

`python benchmarks/history.py [10000]`: makes a database of its own (SQLite, in a temporary folder) with that
many sheets of twenty versions each (a gigabyte for ten thousand), then asks each page of many sheets as a
signed-in member, once each, in this process. Prints the median and the 95th percentile of the CPU time, free
of what else the machine does, then the 95th of the wall time; an empty view beside them; the queries. The
promise: p95 at most 200 ms on two cores. Then `prose_changes` alone, on an ordinary text and on texts made
to be slow, beside difflib on the first 400 words of each (more would take minutes).
"""

import copy
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = 20
ASKED = 200  # sheets
LIMIT = 200  # ms
BATCH = 4000


def main(sheets: int) -> None:
    """Run the measures in a database of their own."""
    with tempfile.TemporaryDirectory(prefix="agora-history-") as folder:
        os.environ |= {
            "AGORA_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/agora.sqlite3",
            "SEARCH_URL": f"tantivy://{folder}/search",
            "SITE_URL": "http://127.0.0.1",
            "SECRET_KEY": "benchmark",
            "DJANGO_SETTINGS_MODULE": "pages_settings",
        }
        paths = [str(ROOT), str(ROOT / "site"), str(ROOT / "benchmarks")]
        sys.path[:0] = paths
        os.environ["PYTHONPATH"] = os.pathsep.join(paths)
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)
        import django

        django.setup()
        pages(sheets)
        texts()


# --- Many versions -----------------------------------------------------------------------------


def rewritten(content: dict, number: int) -> dict:
    """Return what Wagtail keeps of a sheet, after a few more changes: words, a paragraph, a move, a fact."""
    chance = random.Random(number)
    content = copy.deepcopy(content)
    for name in ("problem", "steps", "effects", "pitfalls"):
        paragraphs = content[name].split("\n\n")
        place = chance.randrange(len(paragraphs))
        words = paragraphs[place].split(" ")
        words[chance.randrange(len(words))] = f"mot{number}"
        paragraphs[place] = " ".join(words)
        if number % 3 == 0:
            paragraphs.insert(0, f"Un paragraphe de la version {number}, qui dit ce qui a été appris depuis.")
        if number % 4 == 0:
            paragraphs.append(paragraphs.pop(0))
        content[name] = "\n\n".join(paragraphs)
    content["maturity"] = chance.choice(["told", "tried", "followed"])
    content["title"] = f"{content['title'].split(' (')[0]} (version {number})"
    return content


def add_versions() -> None:
    """Give every published sheet twenty versions, written row by row."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page, Revision

    from agora.people.models import Member
    from practices.models import PracticePage, RevisionNote

    kind, base = (ContentType.objects.get_for_model(model) for model in (PracticePage, Page))
    authors = list(Member.objects.filter(status="active").values_list("pk", flat=True)[:8])
    originals = [
        sheet.live_revision.content
        for sheet in PracticePage.objects.filter(live_revision__isnull=False, kind="sheet")[:12]
    ]
    series = []
    for content in originals:
        states = [content]
        for number in range(1, VERSIONS):
            states.append(rewritten(states[-1], number))
        series.append(states)
    RevisionNote.objects.all().delete()
    pks = list(PracticePage.objects.filter(live=True).order_by("pk").values_list("pk", flat=True))
    now = timezone.now()
    for start in range(0, len(pks), BATCH // VERSIONS):
        revisions = []
        for pk in pks[start : start + BATCH // VERSIONS]:
            for number, content in enumerate(series[pk % len(series)]):
                revisions.append(
                    Revision(
                        content_type=kind,
                        base_content_type=base,
                        object_id=str(pk),
                        created_at=now - timedelta(days=VERSIONS - number),
                        content=content | {"pk": pk},
                    )
                )
        revisions = Revision.objects.bulk_create(revisions)
        RevisionNote.objects.bulk_create(
            RevisionNote(
                revision=revision,
                author_id=authors[rank % len(authors)],
                significance="minor",
                published_at=revision.created_at,
            )
            for rank, revision in enumerate(revisions)
        )
        last = [each for each in revisions if each.created_at > now - timedelta(days=1, hours=1)]
        PracticePage.objects.bulk_update(
            [PracticePage(pk=int(each.object_id), live_revision=each) for each in last], ["live_revision"]
        )


def pages(sheets: int) -> None:
    """Print what each page of the history takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from pages_data import fill

    from practices.addresses import compare_url, history_url, restore_url, version_url
    from practices.models import PracticePage, RevisionNote

    started = time.perf_counter()
    session = fill(sheets)["session"]
    add_versions()
    count = RevisionNote.objects.count()
    print(f"{sheets} sheets, {count} versions, made in {time.perf_counter() - started:.0f} s", flush=True)
    browser = Client(headers={"host": "127.0.0.1"})
    browser.cookies["sessionid"] = session
    chosen = PracticePage.objects.filter(live=True, locale__language_code="fr").order_by("slug")
    chosen = random.Random(1).sample(list(chosen.values_list("pk", "slug")), ASKED)
    numbers = {
        pk: list(
            RevisionNote.objects.filter(revision__object_id=str(pk))
            .order_by("pk")
            .values_list("revision", flat=True)
        )
        for pk, _slug in chosen
    }
    addresses = {
        "history": [history_url(slug, "fr") for _pk, slug in chosen],
        "one version": [version_url(slug, "fr", numbers[pk][3]) for pk, slug in chosen],
        "the last two compared": [compare_url(slug, "fr") for _pk, slug in chosen],
        "first and last compared": [
            compare_url(slug, "fr", numbers[pk][0], numbers[pk][-1]) for pk, slug in chosen
        ],
        "restore, before": [restore_url(slug, "fr", numbers[pk][0]) for pk, slug in chosen],
        "empty view": ["/empty/"] * ASKED,
    }
    print(f"\n{'':<26}{'p50 ms':>8}{'p95 ms':>8}{'wall p95':>10}{'queries':>9}{'kB':>6}")
    for name, urls in addresses.items():
        for url in urls[:5]:
            browser.get(url)
        spent, waited = [], []
        for url in urls:
            start, began = time.process_time(), time.perf_counter()
            response = browser.get(url)
            spent.append((time.process_time() - start) * 1000)
            waited.append((time.perf_counter() - began) * 1000)
            if response.status_code != 200:
                raise RuntimeError(f"{url}: {response.status_code}")
        with CaptureQueriesContext(connection) as queries:
            size = len(browser.get(urls[0]).content)
        middle, high = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
        wall = statistics.quantiles(waited, n=20)[-1]
        verdict = "" if high <= LIMIT else "   ABOVE the promise"
        print(
            f"{name:<26}{middle:>8.1f}{high:>8.1f}{wall:>10.1f}{len(queries):>9}{size / 1000:>6.0f}{verdict}",
            flush=True,
        )


# --- One comparison ----------------------------------------------------------------------------


def texts() -> None:
    """Print what one comparison takes, on ordinary and on hostile texts of at most 20,000 characters."""
    from difflib import SequenceMatcher

    from agora.richtext.prose import prose_changes

    prose = "Le lundi matin, l’équipe relit le tableau et note ce qui manque encore. " * 40
    ordinary = "\n\n".join(prose[number * 300 :][:600] for number in range(8))
    cases = {
        "ordinary, 4,800 characters": (
            ordinary,
            ordinary.replace("matin", "soir").replace("équipe", "collègue", 3),
        ),
        "every paragraph rewritten": ("a\n\n" * 6666, "b\n\n" * 6666),
        "one word again and again": ("a\n\n" * 6666, "a\n\n" * 5000 + "b"),
        "words that alternate": ("a b " * 5000, "b a c " * 3333),
        "items": ("- a b c\n" * 2500, "1. a d c\n" * 2222),
        "marks left open": ("*a **a " * 2800, "[" * 20_000),
        "links": ("[a](http://b.be/1) " * 1050, "[a](http://b.be/2) " * 1050),
    }
    print(f"\n{'':<32}{'prose_changes ms':>18}{'difflib, words ms':>20}")
    for name, (old, new) in cases.items():
        old, new = old[:20_000], new[:20_000]
        start = time.process_time()
        prose_changes(old, new)
        spent = (time.process_time() - start) * 1000
        words = old.split()[:400], new.split()[:400]
        start = time.process_time()
        SequenceMatcher(None, *words, autojunk=False).get_opcodes()
        print(f"{name:<32}{spent:>18.0f}{(time.process_time() - start) * 1000:>20.0f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
