"""What Agora tells search engines: where they may go, and the pages that everybody may read.

A name of its own beside views.py: nobody reads these two, and they are in no language.
"""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from agora.people.access import public
from practices import facets
from practices.addresses import list_url, sheet_url

from .tree import LANGUAGES, STANDARD_PAGES

MOST = 50_000  # addresses in one map of a site (sitemaps.org)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Lead machines to the open pages, and away from endless filters, keys, accounts and searches."""
    closed = ["/admin/", "/documents/", "/*?"]
    for language in LANGUAGES:
        with translation.override(language):
            names = ("account_login", "account_signup", "search:results")
            closed += [reverse(name) for name in names]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages that need no account, with the day each sheet last changed."""
    entries = [_entry(path, changed) for path, changed in _open_pages()][:MOST]
    body = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *entries,
            "</urlset>\n",
        ]
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _open_pages() -> Iterator[tuple[str, datetime | None]]:
    for language in LANGUAGES:
        yield f"/{language}/", None
        yield list_url(language), None
        for slugs in STANDARD_PAGES.values():
            yield f"/{language}/{slugs[language]}/", None
    picture = facets.picture()
    for card in picture.ordered(picture.showcase, "nouvelles", 0, MOST):
        yield sheet_url(card.slug, card.language), card.changed_at


def _entry(path: str, changed: datetime | None) -> str:
    when = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(settings.SITE_URL + path)}</loc>{when}</url>"
