"""One place per engine: nobody else knows that tantivy or Elasticsearch exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("library", "doors"),
    [
        ("elasticsearch_dsl", {"search/engines/elastic/dsl.py"}),
        ("elasticsearch", {f"search/engines/elastic/{name}.py" for name in ("client", "engine", "stock")}),
        (
            "tantivy",
            {
                f"search/{name}.py"
                for name in ("engines/embedded", "engines/embedded_query", "engines/embedded_stock")
            },
        ),
    ],
)
def test_a_library_has_its_doors(library, doors):
    imported = re.compile(rf"^\s*(from|import) {library}(?![a-z_])", re.MULTILINE)
    found = {
        str(path.relative_to(ROOT))
        for folder in ("search", "site", "practices", "forum", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
        if imported.search(path.read_text("utf-8"))
    }
    assert found == doors
