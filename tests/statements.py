"""PostgreSQL is asked every statement that the checks ask of SQLite: once, and not a thousand times.

A plugin for pytest (`-p tests.statements`). While all tests run on one database, it notes the statements of
each (`--note-statements FOLDER`). When they run on another (`--by-statements FOLDER`), it keeps the fewest,
quick ones first, that together ask each statement again, and every test that the notes do not know.

Two databases differ in what they make of a statement, of its values and of what else happens at that moment:

- a statement is its text without the length of its lists; what reads is told apart by what it does (joins,
  conditions, functions, groups, order) and by the kinds of the columns it does it to, not by their names:
  two lists of rows that are found by a number are one statement. What writes keeps its names, since each
  table has limits of its own;
- what kinds of values it is given make another statement of it;
- values that one of the two may refuse (long, with a NUL, beyond 32 bits, in other letters than Latin ones)
  make another statement of it, and so does a refusal;
- tests of what happens at the same time carry the mark `databases`, and run on each database;
- what is asked of SQLite about itself (PRAGMA) is asked of nobody else.

Without notes everything runs: so does `script/test postgresql`, named alone.
"""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

MARK = "databases"
LISTS = re.compile(r"%s(?:, %s)+")
ROWS = re.compile(r"\(%s…?\)(?:, \(%s…?\))*")
ITSELF = re.compile(r"PRAGMA\b")
# Which of many rows are given a value and which are emptied, at once, is another text each time.
CASES = re.compile(r"(?:WHEN \([^()]*\) THEN (?:%s|NULL) )+ELSE NULL")
NAMES = re.compile(r"\bs\d+_x\d+\b")  # of savepoints
READS = re.compile(r"\(?SELECT\b")
COLUMN = re.compile(r'"(\w+)"\."(\w+)"')
NICKNAMES = re.compile(r'"(\w+)" ([TUV]\d+)\b')  # of a table that stands twice in a statement
TABLE = re.compile(r'\b(FROM|JOIN) "\w+"(?: [TUV]\d+\b)?')
NAMED = re.compile(r' AS "\w+"')
PLAIN = re.compile(r"(SELECT )((?::\w+, )*:\w+)(?= FROM)")  # nothing but columns
LIMIT = re.compile(r"\b(LIMIT|OFFSET) \d+")
GATHERS = re.compile(r"\b(?:GROUP BY|DISTINCT|UNION|EXCEPT|INTERSECT)\b")
LATIN = re.compile(r"[\x01-\u024f\u2010-\u2027\u20ac]*")
LONG, BIG = 255, 2**31
START = 0.05  # seconds that any test costs, whatever its own clock says


def pytest_addoption(parser) -> None:
    """Add the folder to write the notes to, and the one to read them from."""
    parser.addoption("--note-statements", metavar="FOLDER", help="note the SQL statements of each test")
    parser.addoption("--by-statements", metavar="FOLDER", help="run what asks each noted statement once")


def pytest_configure(config) -> None:
    """Begin to note, in each process that runs tests."""
    if folder := config.getoption("note_statements"):
        config.pluginmanager.register(Notes(Path(folder)))


class Notes:
    """What each test of this process asked of the database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, tuple[float, list[str]]] = {}
        self._asked: set[str] = set()
        self._known: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item) -> Iterator[None]:
        """Listen during one test, its preparation included."""
        self._asked, begun = set(), time.process_time()
        if item.get_closest_marker(MARK):
            self._asked.add(item.nodeid)  # nothing else asks that
        if self._listen not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._listen)
        done = yield
        self.tests[item.nodeid] = (round(time.process_time() - begun, 3), sorted(self._asked))
        return done

    def pytest_sessionfinish(self) -> None:
        """Write the notes of this process."""
        if self.tests:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{os.getpid()}.json").write_text(json.dumps(self.tests), "utf-8")

    def _listen(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if ITSELF.match(sql):
            return execute(sql, params, many, context)
        shape = self._known.get(sql) or self._known.setdefault(sql, shape_of(sql))
        rows = params if many else [params]
        traits = " ".join(sorted({trait for row in rows for trait in _traits(row)}))
        try:
            answer = execute(sql, params, many, context)
        except Exception as refusal:
            traits += type(refusal).__name__
            raise
        finally:
            self._asked.add(shape + traits)
        return answer


def shape_of(sql: str) -> str:
    """Return what a statement is called: a digest of what it does."""
    text = ROWS.sub("(%s)*", LISTS.sub("%s…", CASES.sub("WHEN…", NAMES.sub("s", str(sql)))))
    if READS.match(text):
        text = _kinds_for_names(text)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:12]


def _kinds_for_names(text: str) -> str:
    """Return a reading with the kinds of its columns in the place of their names."""
    nicknames = {nickname: table for table, nickname in NICKNAMES.findall(text)}
    kinds = _kinds()

    def kind(found: re.Match) -> str:
        table, column = found.groups()
        return kinds.get((nicknames.get(table, table), column), found[0])

    bare = re.sub(r"\b([TUV]\d+)\.", r'"\1".', text)  # nicknames stand without quotes
    bare = LIMIT.sub(r"\1", bare)
    text = NAMED.sub("", TABLE.sub(r"\1 :table", COLUMN.sub(kind, bare)))
    # Databases differ in which columns may be read beside groups, and in how rows are held to be the same.
    return text if GATHERS.search(text) else PLAIN.sub(r"\1:columns", text)


@cache
def _kinds() -> dict[tuple[str, str], str]:
    return {
        (model._meta.db_table, field.column): ":"
        + re.sub(r"\(.*|\W", "", field.db_type(connection) or "none")
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
    }


def _traits(values: Iterable[Any] | dict[str, Any] | None) -> Iterator[str]:
    for value in values.values() if isinstance(values, dict) else values or ():
        yield type(value).__name__
        if isinstance(value, str):
            if len(value) > LONG:
                yield "l"
            if "\0" in value:
                yield "0"
            if not LATIN.fullmatch(value[: 4 * LONG]):
                yield "u"
        elif isinstance(value, int) and abs(value) >= BIG:
            yield "b"


def fewest(noted: dict[str, tuple[float, list[str]]]) -> set[str]:
    """Return tests that together ask every noted statement, quick ones rather than slow ones."""
    tests = {test: (cost + START, frozenset(asked)) for test, (cost, asked) in noted.items() if asked}
    chosen = _covering(set().union(*(asked for _cost, asked in tests.values())), tests)
    # A slow one, chosen early for much, may be needed for little in the end: others ask that for less.
    for slow in sorted(chosen, key=lambda test: (-tests[test][0], test)):
        others = chosen - {slow}
        missed = tests[slow][1].difference(*(tests[other][1] for other in others))
        instead = _covering(missed, {test: each for test, each in tests.items() if test != slow})
        if instead is not None and sum(tests[test][0] for test in instead) < tests[slow][0]:
            chosen = others | instead
    return chosen


def _covering(wanted: Set[str], tests: dict[str, tuple[float, frozenset[str]]]) -> set[str] | None:
    """Return tests that ask all that is wanted, each time what adds most in its time; None if it cannot."""
    left, chosen = set(wanted), set()
    waiting = {test: (cost, rest) for test, (cost, asked) in tests.items() if (rest := asked & left)}
    while left:
        if not waiting:
            return None
        best = max(sorted(waiting), key=lambda test: len(waiting[test][1]) / waiting[test][0])
        left -= waiting.pop(best)[1]
        chosen.add(best)
        waiting = {test: (cost, rest) for test, (cost, asked) in waiting.items() if (rest := asked & left)}
    return chosen


def pytest_ignore_collect(collection_path: Path, config) -> bool | None:
    """Leave out a file of which everything is noted and nothing was chosen: reading it takes a while."""
    noted, chosen = _of(config)
    name = collection_path.relative_to(config.rootpath).as_posix() if noted else ""
    return True if name in _files(noted) - _files(chosen) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items: list) -> None:
    """Leave out what asks nothing new of this database."""
    noted, chosen = _of(config)
    wanted = [each.nodeid not in noted or each.nodeid in chosen for each in items]
    config.hook.pytest_deselected(items=[each for each, runs in zip(items, wanted, strict=True) if not runs])
    items[:] = [each for each, runs in zip(items, wanted, strict=True) if runs]


def _of(config) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tests that the notes of this run speak of, and those of them to run; none without notes."""
    return _noted_and_chosen(config.getoption("by_statements") or "")


@cache
def _noted_and_chosen(folder: str) -> tuple[frozenset[str], frozenset[str]]:
    noted: dict[str, tuple[float, list[str]]] = {}
    for path in sorted(Path(folder).glob("*.json")) if folder else ():
        noted |= json.loads(path.read_text("utf-8"))
    return frozenset(noted), frozenset(fewest(noted))


@cache
def _files(tests: frozenset[str]) -> frozenset[str]:
    return frozenset(test.partition("::")[0] for test in tests)
