"""What is written in the sources: docstrings, no secret, no left-over, nothing of anybody's own machine."""

import ast
import re

import pytest

from .sources import ROOT, files, functions, name_of, python_files, text_of, tree_of

# What a framework calls by this name needs no word of ours when it does only what the name says.
KNOWN = {"Meta", "Media", "add_arguments", "ready", "dispatch", "form_valid", "to_python", "prepare_value"}
SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a token": r"\b(?:ghp|gho|glpat|pypi|xox[abp]|sk)[-_][A-Za-z0-9]{20,}|\bAKIA[0-9A-Z]{16}\b",
    "a password in an address": r"\b\w+://[^/\s:@{}<>$]+:[^/\s:@{}<>$*]+@",
}
# Written in two halves, so that this file does not find itself.
WORKPLACE = [
    "/wo" + "rk/",
    "/fa" + "rm/",
    "/ro" + "ot/",
    "/ho" + r"me/\w",
    r"/tm" + r"p/\w",
    "/opt/wh" + "eels",
    "/Us" + "ers/",
    "C:" + r"\\\\",
    r"\bClau" + "de\b",
    "Anthr" + "opic",
    "Chat" + "GPT",
    r"\bL" + r"LM\b",
]
LEFT_OVER = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|NotImplemented" + "Error|lorem ip" + "sum", re.IGNORECASE
)
# Pages saved from elsewhere, as they come: what a paste from Word carries is the point of them.
SAMPLES = "samples"
TEXTS = [
    path
    for path in files()
    if path.suffix not in {".woff2", ".png", ".jpg", ".ico", ".mo", ".docx", ".pdf", ".pyc"}
]


def readable() -> list[tuple[str, str]]:
    """Return (name, text) of everything that can be read as text."""
    found = []
    for path in TEXTS:
        try:
            found.append((name_of(path), text_of(path)))
        except UnicodeDecodeError:
            continue
    return found


def test_there_is_something_to_read():
    assert len(readable()) > 100


@pytest.mark.parametrize("path", python_files(tests=False), ids=name_of)
def test_what_others_may_call_says_what_it_does(path):
    tree = tree_of(path)
    silent = (
        [] if ast.get_docstring(tree) or not text_of(path).strip() or _bare(path) else ["the module itself"]
    )
    inner = {child for function in functions(tree) for child in ast.walk(function) if child is not function}
    private = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and n.name.startswith("_")]
    inner |= {child for hidden in private for child in ast.walk(hidden)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node in inner:
            continue
        if node.name.startswith("_") or node.name in KNOWN or ast.get_docstring(node):
            continue
        if isinstance(node, ast.ClassDef) and _says_itself(node):
            continue
        silent.append(node.name)
    assert silent == []


def _bare(path) -> bool:
    """Tell whether a file only exists for Django to find it (an app's declaration, a package)."""
    return path.name in {"apps.py", "__init__.py"} or "migrations" in path.parts


def _says_itself(node: ast.ClassDef) -> bool:
    """Tell whether a class is a list of choices or an app's declaration, which its own lines explain."""
    bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
    return bool(bases & {"TextChoices", "IntegerChoices", "AppConfig"})


@pytest.mark.parametrize("what", SECRETS)
def test_no_secret_is_written_down(what):
    assert [name for name, text in readable() if re.search(SECRETS[what], text)] == []


def test_nothing_of_anybody_s_own_machine_is_written_down():
    pattern = re.compile("|".join(WORKPLACE))
    found = []
    for name, text in readable():
        if SAMPLES not in name.split("/"):
            found += [f"{name}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_nothing_is_left_for_later():
    code = [path for path in files(".py", ".js", ".html", ".css", ".sh") if "tests" not in path.parts]
    assert [f"{name_of(p)}: {m[0]}" for p in code for m in LEFT_OVER.finditer(text_of(p))] == []


def test_no_secret_file_is_kept():
    names = {path.name for path in files()}
    assert names & {".env", "secret-key", "id_rsa", "db.sqlite3", "agora.sqlite3"} == set()


def test_the_workshop_is_ignored_by_git():
    ignored = text_of(ROOT / ".gitignore").splitlines()
    assert {".venv/", "var/", "*.mo", "/screenshots/"} <= set(ignored)
