"""What PostgreSQL is asked is what SQLite was asked (tests/statements.py)."""

from contextlib import suppress

import pytest
from django.db import DataError, connection, transaction

from agora.people.models import Member
from tests.statements import Notes, fewest, shape_of


def test_lists_rows_and_savepoints_of_any_length_are_one_statement():
    asked = 'SELECT "a" FROM "b" WHERE "id" IN ({})'
    assert shape_of(asked.format("%s, %s")) == shape_of(asked.format("%s, %s, %s"))
    assert shape_of("INSERT (a, b) VALUES (%s, %s)") == shape_of("INSERT (a, b) VALUES (%s, %s), (%s, %s)")
    assert shape_of('SAVEPOINT "s12_x1"') == shape_of('SAVEPOINT "s7_x3"')
    assert shape_of(asked) != shape_of(asked.replace("b", "c"))


def test_nothing_that_was_asked_is_left_out_and_the_quick_ones_do_it():
    noted = {
        "slow": (9.0, ["a", "b", "c"]),
        "quick": (0.1, ["a", "b"]),
        "other": (0.1, ["c"]),
        "again": (0.2, ["b"]),
        "asks nothing": (0.0, []),
    }
    assert fewest(noted) == {"quick", "other"}
    assert fewest({"slow": noted["slow"], "other": noted["other"]}) == {"slow", "other"}


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["a" * 300, "a\0b", "Українська", 2**40])
def test_a_value_that_a_database_may_refuse_makes_another_statement(tmp_path, value):
    notes, seen = Notes(tmp_path), []
    field = "pk" if isinstance(value, int) else "first_name"
    for asked in (1 if field == "pk" else "a", value):
        notes._asked = set()
        # A database may refuse the odd value: that is what makes it worth noting.
        with suppress(DataError), transaction.atomic(), connection.execute_wrapper(notes._listen):
            list(Member.objects.filter(**{field: asked}).values_list("pk"))
        seen.append(notes._asked)
    assert len(seen[0]) == len(seen[1]) == 1
    assert seen[0] != seen[1]
