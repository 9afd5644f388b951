"""How the tests of the import load their files."""

import json

import pytest

from practices.importing import import_file

from .import_samples import as_csv


@pytest.fixture
def author(tree, make_member):
    return make_member(email="auteur@cpas.example")


@pytest.fixture
def load(tmp_path, author):
    """Import rows (or raw bytes) as JSON Lines, or as CSV, and return the report."""

    def importing(*rows, name: str = "fiches.jsonl", **options):
        path = tmp_path / name
        if len(rows) == 1 and isinstance(rows[0], bytes):
            path.write_bytes(rows[0])
        elif name.endswith(".csv"):
            path.write_bytes(as_csv(rows))
        else:
            path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in rows), "utf-8")
        return import_file(path, **options)

    return importing
