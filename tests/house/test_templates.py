"""Templates: each one is used, says its title, and keeps to what the content security policy allows."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps

from .sources import ROOMS, ROOT, files, name_of, templates, text_of

# Django looks these up by itself, and django-allauth the one of too many tries.
KNOWN_BY_NAME = {"429.html", "400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
EXTENDS = re.compile(r'{%\s*extends\s+"([^"]+)"')
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"[^%]*%}')
TITLE = re.compile(r"{%\s*block\s+title\s*%}(.*?){%\s*endblock", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
NOT_ALLOWED = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.DOTALL),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.DOTALL),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.DOTALL),
    "a javascript: address": re.compile(r"""["']\s*javascript:""", re.IGNORECASE),
    "something from another host": re.compile(
        r"""<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=["']?(?:https?:)?//"""
    ),
}
# Each place where a text is declared safe, and why it is.
DECLARED_SAFE = {
    "site/agora/airlock/gate.py": "a text with its findings marked: every piece of it is escaped",
    "site/agora/face/templatetags/kept.py": "kept parts: drawn by templates, their holes escaped",
    "site/agora/face/templatetags/face.py": "tiles: classes and digits chosen in the same function",
    "site/agora/vocabulary/templatetags/agora_map.py": "the map: numbers, and texts escaped where they enter",
    "site/agora/discussion/templatetags/discussion.py": "messages: escaped as they are drawn",
    "site/agora/richtext/quotes.py": "messages and texts of rooms: escaped as they are drawn",
    "site/agora/richtext/compare.py": "two texts side by side: escaped before the marks are put",
    "site/agora/richtext/prose/show.py": "comparisons: every word is escaped before the marks are put",
    "practices/catalogue/rows.py": "rows: numbers, slugs, and labels escaped where they enter",
    "practices/catalogue/side.py": "filters: the same",
    "practices/languages/beside.py": "the original beside a field: rendered and cleaned by richtext",
    "practices/sheet/facts.py": "short means: cleaned by richtext when they were stored",
    "practices/sheet/texts.py": "sections: cleaned by richtext when they were stored",
    "search/highlight.py": "snippets: every piece is escaped before the marks are put",
}
DECLARED_SAFE_IN_TEMPLATES = {
    "site/agora/templates/mfa/totp/activate_form.html": "the drawing of the key, made by allauth",
}


def _stands_on_base(name: str) -> bool:
    """Tell whether a template is a whole page of ours: it extends base.html, straight or through others."""
    parent = EXTENDS.search(text_of(templates()[name]))
    if parent is None or parent[1] not in templates():
        return False
    return parent[1] == "base.html" or _stands_on_base(parent[1])


PAGES = {name: path for name, path in templates().items() if _stands_on_base(name)}


def test_there_are_pages_to_look_at():
    assert len(PAGES) > 10


def test_no_template_is_unused():
    sources = "\n".join(text_of(p) for p in files(".py", ".html", ".txt", under=ROOMS))
    written = set(re.findall(r"""["']([\w/.-]+\.(?:html|txt|xml))["']""", sources))
    built = [
        _as_pattern(name) for name in re.findall(r"""f["']([\w/.{}-]+\.(?:html|txt|xml))["']""", sources)
    ]
    unused = []
    for name, path in templates().items():
        if name in KNOWN_BY_NAME or _stands_before_a_library_s(name, path) or _in_a_family(name):
            continue
        if name not in written and not any(pattern.fullmatch(name) for pattern in built):
            unused.append(name_of(path))
    assert unused == []


def _as_pattern(name: str) -> re.Pattern:
    """Return what a name with a variable part (f"sheet_{place}.html") can become."""
    return re.compile(r"[\w-]+".join(map(re.escape, re.split(r"{[^}]*}", name))))


def _stands_before_a_library_s(name: str, path: Path) -> bool:
    """Tell whether a library that we use brings a template of this name, which ours replaces."""
    homes = [
        Path(config.path)
        for config in apps.get_app_configs()
        if not str(config.path).startswith(str(ROOT / "site"))
    ]
    homes += [Path(find_spec(package).origin).parent for package in ("allauth", "django")]
    folders = [home / "templates" for home in homes] + [
        Path(find_spec("django").origin).parent / "forms" / "templates"
    ]
    return any((folder / name).exists() and folder / name != path for folder in folders)


def _in_a_family(name: str) -> bool:
    """Tell whether a template is one of those that a library builds the name of: mails of accounts."""
    return bool(re.match(r"(account|mfa)/email/", name))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_says_its_title(name):
    path, seen = PAGES[name], set()
    while name not in seen:
        seen.add(name)
        source = text_of(path)
        title = TITLE.search(source)
        if title and name != "base.html":
            assert title[1].strip(), f"{name}: an empty title"
            return
        parent = EXTENDS.search(source)
        if parent is None or parent[1] not in templates():
            break
        name, path = parent[1], templates()[parent[1]]
    pytest.fail(f"{seen}: no title")


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_keeps_to_the_policy(name):
    source = COMMENT.sub("", text_of(templates()[name]))
    assert [what for what, pattern in NOT_ALLOWED.items() if pattern.search(source)] == []


def test_html_made_in_python_keeps_to_the_policy():
    found = []
    for path in files(".py", under=ROOMS):
        for what in ("a style attribute", "a style element", "an event attribute"):
            if NOT_ALLOWED[what].search(text_of(path)):
                found.append(f"{name_of(path)}: {what}")
    assert found == []


def test_what_templates_declare_safe_is_known():
    unsafe = re.compile(r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off")
    html = {name: path for name, path in templates().items() if name.endswith(".html")}
    declaring = {name_of(path) for path in html.values() if unsafe.search(text_of(path))}
    assert declaring == set(DECLARED_SAFE_IN_TEMPLATES)


def test_what_python_declares_safe_is_known():
    declaring = {
        name_of(path)
        for path in files(".py", under=ROOMS)
        if re.search(r"\bmark_safe\(|\bSafeString\(|\bSafeText\(|__html__", text_of(path))
    }
    assert declaring == set(DECLARED_SAFE)


def _with_includes(source: str) -> str:
    """Return a piece of template with its included parts in place."""
    return INCLUDE.sub(
        lambda m: _with_includes(text_of(templates()[m[1]])) if m[1] in templates() else "", source
    )


def test_every_form_that_posts_carries_its_token():
    bare = []
    for path in templates().values():
        for form in re.findall(r"<form\b.*?</form>", text_of(path), re.DOTALL):
            posts = re.search(r'method="?post', form, re.IGNORECASE)
            if posts and not re.search("csrf_token|csrfmiddlewaretoken", _with_includes(form)):
                bare.append(f"{name_of(path)}: {form[:80]}")
    assert bare == []
