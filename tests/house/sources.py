"""Where the house keeps what: the files that the consistency tests read."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    ROOT / name for name in ("site", "practices", "search", "training", "forum") if (ROOT / name).is_dir()
]
OUTSIDE = {
    ".git",
    ".venv",
    ".venv-dev",
    "var",
    "screenshots",
    "node_modules",
    "__pycache__",
    "static-collected",
}
CACHES = (".pytest_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", ".mypy_cache")


def files(*endings: str, under: list[Path] | None = None) -> list[Path]:
    """Return our files with these endings (all of them without endings), under some folders or everywhere."""
    kept = (path for path in _everything() if not endings or path.suffix in endings)
    return [path for path in kept if under is None or any(path.is_relative_to(folder) for folder in under)]


@cache
def _everything() -> tuple[Path, ...]:
    """Walk through the folders once; not into those of others: there are thirty thousand files in them."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in OUTSIDE and name not in CACHES]
        found += [Path(folder, name) for name in names]
    return tuple(sorted(path for path in found if path.is_file()))


def name_of(path: Path) -> str:
    """Return a path as one writes it in a list: relative to the root."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """Read a source once."""
    return path.read_text("utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """Parse a Python source once."""
    return ast.parse(text_of(path), str(path))


def python_files(*, tests: bool = True, migrations: bool = False) -> list[Path]:
    """Return our Python sources."""
    kept = []
    for path in files(".py"):
        parts = path.relative_to(ROOT).parts
        if (tests or parts[0] != "tests") and (migrations or "migrations" not in parts):
            kept.append(path)
    return kept


@cache
def templates() -> dict[str, Path]:
    """Return our templates by the name under which they are loaded."""
    found = {}
    for path in files(".html", ".txt", ".xml", under=ROOMS):
        if "templates" in path.parts:
            name = Path(*path.parts[path.parts.index("templates") + 1 :]).as_posix()
            found[name] = path
    return found


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Walk over every function of a module, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
