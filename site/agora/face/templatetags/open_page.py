"""`{% open_page title summary alternates %}`: what a page that everybody may read tells machines.

A description for search engines, its one address, the same page in the other language, and the few words
that a messenger shows beside a link. No third party is named, no picture is loaded.
"""

from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

register = template.Library()

LONGEST = 200  # characters of a description
REGIONS = {"fr": "fr_BE", "nl": "nl_BE"}


@register.simple_tag(takes_context=True)
def open_page(
    context: template.Context, title: str, summary: str = "", alternates: Mapping[str, str] | None = None
) -> SafeString:
    """Write the tags of the page being shown; its query (filters, page) is not part of its address.

    `alternates`: language code → path of the same page; computed where it is not given.
    """
    path, language = context["request"].path, (get_language() or "fr")[:2]
    if alternates is None:
        alternates = {code: translate_url(path, code) for code in REGIONS if code != language}
    return _tags(settings.SITE_URL, path, language, title, summary, tuple(alternates.items()))


@lru_cache(maxsize=1000)
def _tags(
    site: str, path: str, language: str, title: str, summary: str, alternates: tuple[tuple[str, str], ...]
) -> SafeString:
    others = {code: other for code, other in alternates if other != path}
    languages = {language: path, **others} if others else {}
    own, said = site + path, Truncator(summary or title).chars(LONGEST)
    links = format_html_join(
        "\n",
        '<link rel="alternate" hreflang="{}" href="{}">',
        ((code, site + other) for code, other in languages.items()),
    )
    return format_html(
        '<meta name="description" content="{said}">\n<link rel="canonical" href="{own}">\n{links}\n'
        '<meta property="og:type" content="{kind}"><meta property="og:site_name" content="Agora CPAS·OCMW">'
        '<meta property="og:title" content="{title}"><meta property="og:description" content="{said}">'
        '<meta property="og:url" content="{own}"><meta property="og:locale" content="{region}">',
        said=said,
        own=own,
        links=links,
        kind="article" if summary else "website",
        title=title,
        region=REGIONS.get(language, REGIONS["fr"]),
    )
