"""For the checks: fast, strict, nothing outside the process."""

import sys
import tempfile

from .base import *  # noqa: F403
from .base import ROOT, STORAGES, TEMPLATES

SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "local", "paper")
}
STATIC_ROOT = tempfile.mkdtemp(prefix="agora-test-static-")
# Wagtail keeps the index of its admin and that of references by tasks, at each of the many saves of a page: a
# third of what making a sheet costs, for what no test of ours asks.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
MEDIA_ROOT = tempfile.mkdtemp(prefix="agora-test-media-")
STORAGES["attachments"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="agora-test-attachments-")
SEARCH_URL = f"tantivy://{tempfile.mkdtemp(prefix='agora-test-search-')}"


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
