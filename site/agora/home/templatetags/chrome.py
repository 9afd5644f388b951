"""Template tags of the page frame."""

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import translation

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, object]]:
    """Return the addresses of this page in both languages.

    A page that exists only in one language (a sheet without a sister) says so by giving `alternates`
    in its context: the other language then leads to the list of such things, with a line saying so.
    """
    request = context.get("request")
    current = translation.get_language() or "fr"
    links = []
    for code, name in settings.LANGUAGES:
        url = _address(context, request, code, current)
        links.append({"code": code, "name": name, "url": url, "current": code == current})
    return links


def _address(context: template.Context, request, code: str, current: str) -> str:
    with translation.override(code):
        home = reverse("home")
        fallback = f"{reverse('practices:list')}?only_in={current}"
    match = getattr(request, "resolver_match", None)
    if match is None:
        return home
    if code == current:
        return request.get_full_path()
    alternates = context.get("alternates")
    if alternates is not None:
        return alternates.get(code) or fallback
    if match.view_name == "wagtail_serve":
        return home
    return translate_url(request.get_full_path(), code)
