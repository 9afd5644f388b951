"""Template tags of the page frame."""

from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, ResolverMatch, get_script_prefix, reverse
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

LINK = '<a href="{}" lang="{}" hreflang="{}"{}>{}</a>'


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> SafeString:
    """Link this page in both languages.

    A page that exists only in one language (a sheet without a sister) says so by giving `alternates`
    in its context: the other language then leads to the list of such things, with a line saying so.
    """
    current = translation.get_language() or "fr"
    here = format_html_join("", ' aria-current="{}"', [("true",)])
    links = (
        (_address(context, code, current), code, code, here if code == current else "", name)
        for code, name in settings.LANGUAGES
    )
    return format_html_join("", LINK, links)


def _address(context: template.Context, code: str, current: str) -> str:
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None:
        return _reversed("home", code, get_script_prefix())
    if code == current:
        return request.get_full_path()
    alternates = context.get("alternates")
    if alternates is not None:
        elsewhere = f"{_reversed('practices:list', code, get_script_prefix())}?only_in={current}"
        return alternates.get(code) or elsewhere
    if match.view_name == "wagtail_serve":
        return _reversed("home", code, get_script_prefix())
    return _translated(match, request.get_full_path(), code)


def _translated(match: ResolverMatch, here: str, code: str) -> str:
    """Return the address of what stands here in another language; `translate_url` would look for it again."""
    with translation.override(code):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return here
    return urlunsplit(("", "", path, urlsplit(here).query, ""))


@lru_cache(maxsize=64)
def _reversed(name: str, code: str, _prefix: str) -> str:
    with translation.override(code):
        return reverse(name)
