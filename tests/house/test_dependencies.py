"""Each library is pinned, explained and really used."""

import ast
import re
import sys

from .sources import ROOT, python_files, text_of, tree_of

PIN = re.compile(r"^([A-Za-z0-9_.-]+)(\[[a-z,]+\])?==([0-9][A-Za-z0-9.]*)$")
LINE = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
# Where the name to import is not the name to install.
IMPORTED_AS = {
    "fonttools": "fontTools",
    "djangorestframework": "rest_framework",
    "django-allauth": "allauth",
    "django-modelcluster": "modelcluster",
    "django-comments-xtd": "django_comments_xtd",
    "django-csp": "csp",
    "dj-database-url": "dj_database_url",
    "elasticsearch-dsl": "elasticsearch_dsl",
    "markdown-it-py": "markdown_it",
    "PyStemmer": "Stemmer",
    "python-docx": "docx",
    "python-stdnum": "stdnum",
    "beautifulsoup4": "bs4",
    "Django": "django",
    "pillow": "PIL",
    "pytest-django": "pytest_django",
    "axe-playwright-python": "axe_playwright_python",
}
# Imported by us, asked for and pinned by another of our libraries.
BROUGHT_BY_ANOTHER = {
    "cryptography": "django-allauth[mfa]",
    "elastic_transport": "elasticsearch",
    "referencing": "jsonschema",
    "django_comments": "django-comments-xtd",
    "django_filters": "wagtail",
    "django_tasks": "wagtail",
    "modelcluster": "wagtail",
    "modelsearch": "wagtail",
    "taggit": "wagtail",
    "treebeard": "wagtail",
}
# Used by name only, or asked for; dependencies.md says why.
NOT_IMPORTED = {
    "gunicorn": "started by script/server",
    "psycopg": "Django's driver for PostgreSQL",
    "djangorestframework": "Wagtail and django-comments-xtd import it; pinned to the version that suits both",
    "elasticsearch": "the client that elasticsearch-dsl must agree with",
    "elasticsearch-dsl": "asked for by the owner; the engine for several machines is built on it",
    "pytest-django": "a plug-in of pytest",
    "pytest-xdist": "a plug-in of pytest",
    "pytest-randomly": "a plug-in of pytest",
    "import-linter": "a program, run by script/test and tests/house",
    "ruff": "a program",
}


def pins(name: str) -> dict[str, str]:
    """Return the version of each library in a file of requirements."""
    found = {}
    for line in text_of(ROOT / name).splitlines():
        if line and not line.startswith(("#", "-r ")):
            match = PIN.match(line)
            assert match, f"{name}: « {line} » is not an exact pin"
            found[match[1]] = match[3]
    return found


def test_every_library_has_its_line_and_no_line_speaks_of_another():
    explained = LINE.findall(text_of(ROOT / "docs" / "decisions" / "dependencies.md"))
    asked = [*pins("requirements.txt"), *pins("requirements-dev.txt")]
    assert sorted(explained) == sorted(asked)


def imported() -> set[str]:
    """Return the top-level names that our sources import."""
    found = set()
    for path in python_files(migrations=True):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add(node.module.split(".")[0])
    return found


def module_of(name: str) -> str:
    """Return the name under which a library is imported."""
    return IMPORTED_AS.get(name, name.lower().replace("-", "_"))


def test_every_library_is_used():
    asked = {*pins("requirements.txt"), *pins("requirements-dev.txt")} - set(NOT_IMPORTED)
    found = imported()
    named = text_of(ROOT / "site" / "agora" / "settings" / "base.py")
    assert [n for n in sorted(asked) if module_of(n) not in found and f'"{module_of(n)}.' not in named] == []


def test_every_import_is_asked_for():
    asked = {module_of(name) for name in [*pins("requirements.txt"), *pins("requirements-dev.txt")]}
    beside = (path.stem for folder in ("script", "benchmarks") for path in (ROOT / folder).glob("*.py"))
    ours = {"agora", "practices", "forum", "search", "tests", *beside}
    assert imported() - asked - set(BROUGHT_BY_ANOTHER) - ours - set(sys.stdlib_module_names) == set()


def test_what_the_owner_asked_for_is_there():
    asked = pins("requirements.txt")
    assert asked["Django"].startswith("5.2.")
    assert asked["wagtail"].startswith("8.0.")
    assert asked["elasticsearch-dsl"].startswith("8.18.")
    assert asked["django-comments-xtd"].startswith("2.10.")
    assert asked["bleach"].startswith("6.4.")
    assert asked["djangorestframework"].startswith("3.18.")
