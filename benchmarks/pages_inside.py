"""The half of benchmarks/pages.py that runs inside Django: fills the catalogue, counts queries and bytes."""

import gzip
import json
import re
import sys
import time
from pathlib import Path

import django

django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from pages_data import fill  # noqa: E402

from practices import facets  # noqa: E402
from practices.models import CatalogueStamp  # noqa: E402

ASSET = re.compile(rb'(?:href|src)="/static/([^"]+)"')
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


def look(facts: dict[str, str]) -> dict[str, object]:
    """Return, for each page, its queries and bytes once warm; the cost of a cold sheet; the first view."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = facts["session"]
    seen: dict[str, object] = {}
    for name in ("sheet", "list", "search"):
        client.get(facts[name])
        with CaptureQueriesContext(connection) as queries:
            page = client.get(facts[name]).content
        seen[name] = {"queries": len(queries), "bytes": len(page), "gzip": len(gzip.compress(page, 6))}
    seen["first_view"] = first_view(client.get(facts["sheet"]).content)
    started = time.process_time()
    facets.take("benchmark")
    seen["picture"] = (time.process_time() - started) * 1000
    seen["cold"] = cold(client, facts["sheet"])
    return seen


def first_view(page: bytes) -> int:
    """Return the bytes of a page with all it loads, as sent (text compressed, fonts as they are)."""
    total = len(gzip.compress(page, 6))
    for name in {match.decode() for match in ASSET.findall(page)}:
        body = Path(finders.find(HASH.sub("", name))).read_bytes()
        total += len(body) if name.endswith("woff2") else len(gzip.compress(body, 6))
    return total


def cold(client: Client, path: str) -> float:
    """Return the CPU milliseconds of a sheet whose HTML was forgotten, the picture being up to date."""
    spent = []
    for _ in range(10):
        CatalogueStamp.renew()
        facets.picture()
        started = time.process_time()
        client.get(path)
        spent.append(time.process_time() - started)
    return sorted(spent)[len(spent) // 2] * 1000


if __name__ == "__main__":
    answer = fill(int(sys.argv[2])) if sys.argv[1] == "fill" else look(json.loads(sys.argv[2]))
    print(json.dumps(answer))
