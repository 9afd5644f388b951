"""The engines and the one place that chooses among them (settings.SEARCH_URL)."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ..contract import SearchEngine


def engine() -> SearchEngine:
    """Return the engine of settings.SEARCH_URL; ImproperlyConfigured for an unknown one."""
    return _engine_for(settings.SEARCH_URL)


def home() -> Path:
    """Return the folder where search keeps its locks (and the embedded engine its index)."""
    url = urlsplit(settings.SEARCH_URL)
    return Path(url.netloc + url.path) if url.scheme == "tantivy" else Path(settings.VAR) / "search"


@lru_cache(maxsize=8)
def _engine_for(url: str) -> SearchEngine:
    if urlsplit(url).scheme == "tantivy":
        from .embedded import EmbeddedEngine

        return EmbeddedEngine(home())
    raise ImproperlyConfigured(f"SEARCH_URL: no engine for {urlsplit(url).scheme!r}://")


@contextmanager
def throwaway(name: str, folder: Path) -> Iterator[SearchEngine]:
    """Give an empty index of its own, gone on leaving, on the engine of that name.

    "embedded" lives in `folder`, which the caller removes. ImproperlyConfigured for an unknown engine.
    """
    if name != "embedded":
        raise ImproperlyConfigured(f"No engine for {name!r}")
    from .embedded import EmbeddedEngine

    yield EmbeddedEngine(folder)
