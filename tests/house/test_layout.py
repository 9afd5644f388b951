"""The plan of the house: folders, floors, sizes, names."""

import os
import re
import subprocess
import sys

import pytest

from .sources import ROOMS, ROOT, files, functions, name_of, python_files, text_of, tree_of

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
# The one style sheet of the design language: its parts lean on each other, and readers look them up by name.
LONG_ON_PURPOSE = {"site/agora/static/agora/agora.css"}


def test_site_is_a_folder_and_never_a_package():
    # The standard library owns the module `site`: a package would take its place under some debuggers.
    assert not (ROOT / "site" / "__init__.py").exists()


def test_imports_run_downwards_only():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as r; r(['--no-cache'])"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_stands_on_a_floor():
    rooms = {p.parent.name for p in (ROOT / "site" / "agora").glob("*/__init__.py")} - {"settings"}
    contract = text_of(ROOT / "pyproject.toml").split("[[tool.importlinter.contracts]]", 1)[1]
    assert [room for room in sorted(rooms) if f"agora.{room}" not in contract] == []


def test_no_file_is_too_long_to_be_read():
    sources = files(".py", ".js", ".css", ".html") + files("", under=[ROOT / "script"])
    long = {name_of(path): text_of(path).count("\n") for path in sources if "migrations" not in path.parts}
    assert {
        name: lines for name, lines in long.items() if lines > MOST_LINES and name not in LONG_ON_PURPOSE
    } == {}


def test_no_function_is_too_long_to_be_read():
    long = []
    for path in python_files():
        for function in functions(tree_of(path)):
            lines = function.end_lineno - function.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                long.append(f"{name_of(path)}: {function.name} ({lines} lines)")
    assert long == []


def test_no_colour_depends_on_the_language():
    # The browser tests examine the contrast of a page in one language: docs/decisions/testing.md.
    rule, language = re.compile(r"([^{}]+)\{([^{}]*)\}"), re.compile(r":lang\(|\[(?:href)?lang\b")
    seen = re.compile(r"(?:^|[;\s-])(?:color|background|fill|stroke|opacity|filter|font)\b")
    sheets = {name_of(path): re.sub(r"/\*.*?\*/", "", text_of(path), flags=re.S) for path in files(".css")}
    rules = [(name, *found) for name, text in sheets.items() for found in rule.findall(text)]
    spoken = [one for one in rules if language.search(one[1])]
    assert spoken, "the search for rules of one language finds none: is it still right?"
    assert [one for one in spoken if seen.search(one[2])] == []


def test_no_file_has_a_name_that_says_nothing():
    nothing = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff"}
    assert [name_of(path) for path in python_files() if path.stem in nothing] == []


def test_the_tests_mirror_the_rooms():
    rooms = {path.parent.name for path in (ROOT / "site" / "agora").glob("*/__init__.py")}
    rooms |= {room.name for room in ROOMS} | {"house", "access", "browser", "script"}
    folders = {
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert folders - rooms == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "site" / "agora" / "settings").glob("*.py")), ids=lambda p: p.name
)
def test_settings_stay_short(path):
    assert text_of(path).count("\n") < 250
