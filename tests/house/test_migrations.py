"""Migrations can be trusted: none is missing, each one can be taken back."""

import io
import os
import subprocess
import sys
from functools import cache

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from .sources import ROOT

# From the roof down, and how far back: Wagtail's own tables hang on our people and images from the first
# migration on (and its migrations cannot all be taken back), so those rooms go back to their first one.
BACK_TO = {
    "airlock": "zero",
    "home": "zero",
    "api": "zero",
    "directory": "zero",
    "forum": "zero",
    "practices": "zero",
    "search": "zero",
    "discussion": "zero",
    "drafts": "zero",
    "attachments": "zero",
    "library": "0001",
    "people": "0001",
    "vocabulary": "0001",
}
# One walk back for all rooms together: the state of the models is worked out once, not once a room. While
# it is only walked through, its classes are made at the end of a migration, and not anew at each step of it.
TAKE_BACK = """
import os, sys
sys.path[:0] = sys.argv[1:3]
import django
django.setup()
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
def to_its_end(migration, state, preserve=True):
    drawn = state.__dict__.pop("apps", None)
    after = state.clone() if preserve else state
    if preserve and drawn:
        state.apps = drawn
    for operation in migration.operations:
        operation.state_forwards(migration.app_label, after)
    return after
Migration.mutate_state = to_its_end
from tests.tables import draw_quickly
draw_quickly()
def tables():
    return set(connection.introspection.table_names())
def walk(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets(executor.loader))
def standing(loader):
    return loader.graph.leaf_nodes()
steps = dict(step.split(":") for step in sys.argv[3:])
def first(loader):
    for label, name in steps.items():
        yield label, None if name == "zero" else loader.get_migration_by_prefix(label, name).name
walk(standing)
full = tables()
walk(lambda loader: list(first(loader)))
gone = {label for label, name in steps.items() if name == "zero"}
left = [table for table in full & tables() if table.split("_")[0] in gone]
assert not left, left
walk(standing)
assert tables() == full
"""


@cache
def our_migrations() -> dict[tuple[str, str], Migration]:
    """Return the migrations of our apps, by label and name."""
    ours = {
        config.label for config in apps.get_app_configs() if config.name.split(".")[0] in ("agora", *BACK_TO)
    }
    return {key: each for key, each in MigrationLoader(None).disk_migrations.items() if key[0] in ours}


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_every_step_of_a_migration_says_how_to_take_it_back():
    one_way = [
        f"{label}.{name}: {operation}"
        for (label, name), migration in our_migrations().items()
        for operation in migration.operations
        if not operation.reversible
    ]
    assert one_way == []


@pytest.mark.django_db
def test_migrations_are_taken_back_and_done_again(tmp_path):
    assert {label for label, _name in our_migrations()} == set(BACK_TO)
    if connection.vendor == "sqlite":  # begin with a copy of the tables of this run: they are long to make
        (tmp_path / "agora.sqlite3").write_bytes(connection.connection.serialize())
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "AGORA_VAR")}
    environment |= {"AGORA_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "agora.settings.test"}
    steps = [f"{label}:{target}" for label, target in BACK_TO.items()]
    command = [sys.executable, "-c", TAKE_BACK, str(ROOT), str(ROOT / "site"), *steps]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
