"""Migrations can be trusted: none is missing, each one can be taken back."""

import io
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command
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
TAKE_BACK = """
import os, sys
sys.path[:0] = sys.argv[1:3]
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
full = set(connection.introspection.table_names())
for step in sys.argv[3:]:
    call_command("migrate", *step.split(":"), verbosity=0)
left = full & set(connection.introspection.table_names())
gone = {step.split(":")[0] for step in sys.argv[3:] if step.endswith(":zero")}
assert not [table for table in left if table.split("_")[0] in gone], left
call_command("migrate", verbosity=0)
assert set(connection.introspection.table_names()) == full
"""


def our_labels() -> set[str]:
    """Return the labels of our apps that have migrations."""
    ours = {
        config.label for config in apps.get_app_configs() if config.name.split(".")[0] in ("agora", *BACK_TO)
    }
    return {label for label, _name in MigrationLoader(None).disk_migrations if label in ours}


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
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        if label in our_labels()
        for operation in migration.operations
        if not operation.reversible
    ]
    assert one_way == []


def test_migrations_are_taken_back_and_done_again(tmp_path):
    assert our_labels() == set(BACK_TO)
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "AGORA_VAR")}
    environment |= {"AGORA_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "agora.settings.test"}
    steps = [f"{label}:{target}" for label, target in BACK_TO.items()]
    command = [sys.executable, "-c", TAKE_BACK, str(ROOT), str(ROOT / "site"), *steps]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
