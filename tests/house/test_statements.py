"""What PostgreSQL is asked is what SQLite was asked (tests/statements.py)."""

import json
from contextlib import suppress

import pytest
from django.db import DataError, connection, transaction

from agora.people.models import Member
from tests.statements import Notes, fewest, pytest_ignore_collect, shape_of


def test_lists_rows_and_savepoints_of_any_length_are_one_statement():
    asked = 'SELECT "a" FROM "b" WHERE "id" IN ({})'
    assert shape_of(asked.format("%s, %s")) == shape_of(asked.format("%s, %s, %s"))
    assert shape_of("INSERT (a, b) VALUES (%s, %s)") == shape_of("INSERT (a, b) VALUES (%s, %s), (%s, %s)")
    assert shape_of('SAVEPOINT "s12_x1"') == shape_of('SAVEPOINT "s7_x3"')
    assert shape_of(asked) != shape_of(asked.replace("WHERE", "ORDER BY"))


def test_what_reads_is_told_apart_by_what_it_does_and_what_writes_by_its_names():
    asked = 'SELECT "{0}"."id" AS "pk" FROM "{0}" WHERE "{0}"."id" = %s LIMIT {1}'
    people, words = "people_member", "vocabulary_theme"
    assert shape_of(asked.format(people, 1)) == shape_of(asked.format(words, 21))
    assert shape_of(asked.format(words, 1)) != shape_of(asked.replace(" = ", " > ").format(words, 1))
    by_name = f'SELECT "{words}"."id" FROM "{words}" WHERE "{words}"."slug" = %s'
    assert shape_of(by_name) != shape_of(by_name.replace("slug", "position"))
    distinct = by_name.replace("SELECT", "SELECT DISTINCT")
    assert shape_of(distinct) != shape_of(distinct.replace('"id"', '"slug"'))
    inner = (
        f'SELECT "{words}"."id" FROM "{words}" WHERE EXISTS(SELECT 1 FROM "{words}" U0 WHERE U0."{{}}" = %s)'
    )
    assert shape_of(inner.format("slug")) != shape_of(inner.format("position"))
    written = 'DELETE FROM "{}" WHERE "id" = %s'
    assert shape_of(written.format(people)) != shape_of(written.format(words))


def test_many_rows_changed_at_once_are_one_statement_whichever_are_emptied():
    asked = 'UPDATE "a" SET "b" = CASE {}ELSE NULL END WHERE "a"."id" IN (%s, %s)'
    given, emptied = 'WHEN ("a"."id" = %s) THEN %s ', 'WHEN ("a"."id" = %s) THEN NULL '
    assert shape_of(asked.format(given + given)) == shape_of(asked.format(given + emptied + given))
    assert shape_of(asked.format(given)) != shape_of(asked.format(given).replace('"b"', '"c"'))


@pytest.mark.django_db
@pytest.mark.databases
def test_what_sqlite_is_asked_about_itself_and_marked_tests_have_a_place_of_their_own(request, tmp_path):
    notes = Notes(tmp_path)
    with connection.execute_wrapper(notes._listen), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys")
        assert notes._asked == set()
        cursor.execute("SELECT 1")
        assert len(notes._asked) == 1
    listening = notes.pytest_runtest_protocol(request.node)
    next(listening)
    connection.execute_wrappers.remove(notes._listen)
    assert notes._asked == {request.node.nodeid}
    with suppress(StopIteration):
        listening.send(None)


def test_a_file_without_anything_to_run_is_not_even_read(tmp_path, pytestconfig, monkeypatch):
    noted = {"tests/a.py::one": (0.1, ["a"]), "tests/b.py::two": (0.2, ["a"]), "tests/b.py::three": (0.1, [])}
    (tmp_path / "1.json").write_text(json.dumps(noted), "utf-8")
    monkeypatch.setattr(pytestconfig.option, "by_statements", str(tmp_path), raising=False)
    root = pytestconfig.rootpath / "tests"
    read = [name for name in ("a.py", "b.py", "c.py") if not pytest_ignore_collect(root / name, pytestconfig)]
    assert read == ["a.py", "c.py"]  # of the third nothing is known


def test_nothing_that_was_asked_is_left_out_and_the_quick_ones_do_it():
    noted = {
        "slow": (9.0, ["a", "b", "c"]),
        "quick": (0.1, ["a", "b"]),
        "other": (0.1, ["c"]),
        "again": (0.2, ["b"]),
        "asks nothing": (0.0, []),
    }
    assert fewest(noted) == {"quick", "other"}
    assert fewest({"slow": noted["slow"], "other": noted["other"]}) == {"slow"}


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
