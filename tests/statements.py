"""PostgreSQL is asked every statement that the checks ask of SQLite: once, and not a thousand times.

A plugin for pytest (`-p tests.statements`). While all tests run on one database, it notes the statements of
each (`--note-statements FOLDER`). When they run on another (`--by-statements FOLDER`), it keeps the fewest,
quick ones first, that together ask each statement again, and every test that the notes do not know.

Two databases differ in what they make of a statement, of its values and of what else happens at that moment:

- a statement is its text without the length of its lists;
- values that one of the two may refuse (long, with a NUL, beyond 32 bits, in other letters than Latin ones)
  make another statement of it, and so does a refusal;
- tests of what happens at the same time carry the mark `databases`, and run on each database.

Without notes everything runs: so does `script/test postgresql`, named alone.
"""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

MARK = "databases"
LISTS = re.compile(r"%s(?:, %s)+")
ROWS = re.compile(r"\(%s…?\)(?:, \(%s…?\))*")
NAMES = re.compile(r"\bs\d+_x\d+\b")  # of savepoints
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
        shape = self._known.get(sql) or self._known.setdefault(sql, shape_of(sql))
        rows = params if many else [params]
        traits = "".join(sorted({trait for row in rows for trait in _traits(row)}))
        try:
            answer = execute(sql, params, many, context)
        except Exception as refusal:
            traits += type(refusal).__name__
            raise
        finally:
            self._asked.add(shape + traits)
        return answer


def shape_of(sql: str) -> str:
    """Return what a statement is called: a digest of its text, whatever the length of its lists."""
    text = ROWS.sub("(%s)*", LISTS.sub("%s…", NAMES.sub("s", str(sql))))
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:12]


def _traits(values: Iterable[Any] | dict[str, Any] | None) -> Iterator[str]:
    for value in values.values() if isinstance(values, dict) else values or ():
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
    """Return tests that together ask every noted statement: each time the one that adds most in its time."""
    left = {statement for _cost, asked in noted.values() for statement in asked}
    waiting = {test: (cost + START, set(asked)) for test, (cost, asked) in noted.items() if asked}
    chosen = set()
    while left:
        best = max(sorted(waiting), key=lambda test: len(waiting[test][1] & left) / waiting[test][0])
        left -= waiting.pop(best)[1]
        chosen.add(best)
        waiting = {test: (cost, rest) for test, (cost, asked) in waiting.items() if (rest := asked & left)}
    return chosen


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items: list) -> None:
    """Leave out what asks nothing new of this database."""
    if not (folder := config.getoption("by_statements")):
        return
    noted: dict[str, tuple[float, list[str]]] = {}
    for path in sorted(Path(folder).glob("*.json")):
        noted |= json.loads(path.read_text("utf-8"))
    if not noted:
        return
    chosen = fewest(noted)
    wanted = [
        each.nodeid not in noted or each.nodeid in chosen or each.get_closest_marker(MARK) for each in items
    ]
    config.hook.pytest_deselected(items=[each for each, runs in zip(items, wanted, strict=True) if not runs])
    items[:] = [each for each, runs in zip(items, wanted, strict=True) if runs]
