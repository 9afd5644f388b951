"""For the checks: fast, strict, nothing outside the process."""

import tempfile

from .base import *  # noqa: F403
from .base import STORAGES, TEMPLATES

SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = tempfile.mkdtemp(prefix="agora-test-media-")
SEARCH_URL = f"tantivy://{tempfile.mkdtemp(prefix='agora-test-search-')}"


class UndefinedVariable(str):
    """Makes a template that reads a variable nobody gave it fail, instead of printing nothing."""

    def __contains__(self, item: str) -> bool:
        return item == "%s"

    def __mod__(self, missing: object) -> str:
        raise NameError(f"Undefined template variable: {missing}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")
