"""Every address of the project, walked from the root of its URL patterns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One pattern: its full name (« practices:sheet »), its path as written, its view."""

    name: str
    path: str
    view: Callable

    @property
    def is_public(self) -> bool:
        """Whether a visitor reaches the view."""
        return not getattr(self.view, "login_required", True)


def routes(language: str = "fr") -> Iterator[Route]:
    """Walk over every route, with its path as it reads in a language."""
    from django.utils import translation

    with translation.override(language):
        yield from list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, names: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path, names + ((pattern.namespace,) if pattern.namespace else ()))
        else:
            yield Route(":".join((*names, pattern.name or path)), path, pattern.callback)
