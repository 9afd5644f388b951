"""For the checks: fast, strict, nothing outside the process."""

import atexit
import os
import shutil
import sys
import tempfile

from agora.calm import hurry

from .base import *  # noqa: F403
from .base import DATABASES, ROOT, STORAGES, TEMPLATES

hurry()  # a run is short, and most of what it makes dies at once


def _folder(name: str) -> str:
    """Return a folder of this process alone, gone with it."""
    made, owner = tempfile.mkdtemp(prefix=f"agora-test-{name}-"), os.getpid()
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(made, ignore_errors=True))
    return made


# `TEST_DATABASE=/some/file.sqlite3 pytest --reuse-db …` keeps the migrated database between two runs of a few
# tests (ten seconds each); delete the file after a change of schema.
if kept := os.environ.get("TEST_DATABASE"):
    DATABASES["default"].setdefault("TEST", {})["NAME"] = kept

# Tables that were made for all processes of a run (tests/tables.py): PostgreSQL copies a database.
if (made := os.environ.get("TEST_TABLES")) and "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = made

SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "local", "paper")
}
STATIC_ROOT = _folder("static")
# Wagtail keeps the index of its admin and that of references by tasks, at each of the many saves of a page: a
# third of what making a sheet costs, for what no test of ours asks.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
MEDIA_ROOT = _folder("media")
STORAGES["attachments"]["OPTIONS"]["location"] = _folder("attachments")
SEARCH_URL = f"tantivy://{_folder('search')}"
SEARCH_FALLBACK = ""


class UndefinedVariable(str):
    """Makes one of our templates fail when it prints a variable that nobody gave it.

    Django and Wagtail print undefined variables in their own templates, so the template being
    rendered is looked up from the caller (django.template.base.FilterExpression.resolve).
    """

    def __contains__(self, item: str) -> bool:
        return item == "%s"

    def __mod__(self, missing: object) -> str:
        context = sys._getframe(1).f_locals["context"]
        template = context.render_context.template
        origin = template.origin.name if template else ""
        if origin.startswith(str(ROOT)) and "site-packages" not in origin:
            raise NameError(f"Undefined template variable {missing} in {template.name}")
        return ""


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")
