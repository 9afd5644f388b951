"""The tables of a test database, made once and copied: migrating takes every process fifteen seconds.

`script/test` makes them (`python -m tests.tables`, in the database of DATABASE_URL) while the small checks
run, and says where they are: TEST_TABLES is the path of a file for SQLite, the name of a database for
PostgreSQL (settings/test.py gives it as the template). Without it each process migrates, as ever.
"""

import os
import sqlite3

from django.db import connection
from django.db.models import Field

# Holds the database in memory from before Django asks for it: without any connection it would be gone.
_standing: list[sqlite3.Connection] = []


def begin_with_them() -> None:
    """Fill this process's test database in memory with the tables, if they were made."""
    path = os.environ.get("TEST_TABLES")
    if not path or connection.vendor != "sqlite" or os.environ.get("TEST_DATABASE"):
        return
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True, check_same_thread=False)
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as made:
        made.backup(memory)
    made.close()
    _standing.append(memory)


def draw_quickly() -> None:
    """Let migrations write down once how each field is made, and not at each of the times that they make it.

    They draw the models twenty thousand times over, and a sixth of what that costs was writing this down.
    A field that belongs to no class yet does not change any more.
    """
    anew = Field.clone

    def clone(field: Field) -> Field:
        if hasattr(field, "model"):
            return anew(field)
        if "made_by" not in vars(field):
            field.made_by = field.deconstruct()[2:]
        positions, names = field.made_by
        return type(field)(*positions, **names)

    Field.clone = clone


def make() -> None:
    """Migrate the database of the settings and build the page tree in it."""
    import django

    from agora.calm import hurry

    hurry()
    draw_quickly()
    django.setup()
    from django.core.management import call_command

    from agora.home.tree import build_tree

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable")
    build_tree()
    connection.close()


if __name__ == "__main__":
    make()
