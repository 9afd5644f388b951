"""Write the documents of the relevance benchmark: what the registered sources make of the demo content.

`python benchmarks/relevance/freeze.py`: loads the demo into a database in memory, reads every source as a
rebuild would, and writes documents.jsonl beside this file under names that last (see NAMES). Run it when the
demo or a source changes on purpose: figures from before and after do not compare any more.
"""

import json
import os
import sys
from datetime import UTC
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agora.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.test.utils import get_runner  # noqa: E402
from django.utils import translation  # noqa: E402

from agora.home import demo  # noqa: E402
from agora.home.tree import build_tree  # noqa: E402
from search import documents, outbox  # noqa: E402
from search.contract import TERM_FACETS, ContributionDoc  # noqa: E402

WHERE = Path(__file__).parent / "documents.jsonl"
DATED = ("practice", "comment")  # the other kinds carry the day on which the demo was loaded
FACETS = [facet for facet in TERM_FACETS if facet not in ("kind", "language")]


def comment_keys() -> dict[tuple[str, str], str]:
    """Return (practice, text) → key of each message of the demo."""
    found = {}
    for name in demo.COMMENT_FILES:
        for line in (demo.FOLDER / name).read_text("utf-8").splitlines():
            row = json.loads(line) if line.strip() else None
            if row:
                found[row["practice"], " ".join(row["text"].split())] = row["key"]
    return found


KEYS = comment_keys()
# Kind of a source → how its objects are named in the benchmark; None: not of the demo, left out.
NAMES = {
    "practice": lambda page: page.external_id,
    "comment": lambda row: KEYS.get(
        (getattr(row.content_object, "external_id", ""), " ".join(row.comment.split()))
    ),
    "person": lambda member: f"person:{member.email}",
    "word": lambda page: f"{page.listing}:{page.key}" + ("@nl" if page.language == "nl" else ""),
    "page": lambda page: f"help:{page.slug}" + ("@nl" if page.locale.language_code == "nl" else ""),
    "file": lambda row: f"file:{row.name}",
}


def line_of(name: str, doc: ContributionDoc) -> dict:
    """Return a document as the benchmark keeps it."""
    row = {"id": name, "kind": doc.kind, "language": doc.language, "title": doc.title}
    row |= {"summary": doc.summary, "body": doc.body, "audience": sorted(doc.audience)}
    row |= {"facets": {facet: list(doc.values(facet)) for facet in FACETS if doc.values(facet)}}
    if doc.kind in DATED:
        row["updated"] = doc.updated.astimezone(UTC).isoformat(timespec="seconds")
    if doc.above:
        row |= {"above": doc.above, "above_language": doc.above_language or doc.language}
    return row | {"weight": doc.weight}


def freeze() -> None:
    """Load, read, write, and say how many of each kind."""
    runner = get_runner(settings)(verbosity=0, interactive=False)
    kept = runner.setup_databases()
    try:
        with translation.override("fr"):
            build_tree()
            outbox.drain = lambda *args, **options: None  # nothing is searched here
            demo.load_demo(print)
            rows = dict(_rows())
    finally:
        runner.teardown_databases(kept)
    lines = [json.dumps(rows[name], ensure_ascii=False) for name in sorted(rows)]
    WHERE.write_text("\n".join(lines) + "\n", "utf-8")
    kinds = [row["kind"] for row in rows.values()]
    print({kind: kinds.count(kind) for kind in sorted(set(kinds))}, len(rows))


def _rows():
    for source in documents.sources():
        name_of = NAMES.get(source.kind)
        if name_of is None:
            print(f"No name for the kind {source.kind!r}: left out")
            continue
        for obj in source.queryset().iterator(chunk_size=100):
            doc = source.build(obj)
            if doc is not None and (name := name_of(obj)):
                yield name, line_of(name, doc)


if __name__ == "__main__":
    freeze()
