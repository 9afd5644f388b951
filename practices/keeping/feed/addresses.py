"""The address of a feed, with a key or without; a name of its own, like practices.addresses."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


def feed_url(query: str, **own: str) -> str:
    """Return the absolute address of the feed of some filters, with a key or without."""
    rest = "&".join(filter(None, [query, urlencode(own)]))
    address = settings.SITE_URL + reverse("practices:feed")
    return f"{address}?{rest}" if rest else address
