"""The only place where HTML from outside becomes HTML that we show.

nh3 is the boundary: whatever is shown went through `clean` last. bleach only finds bare addresses in
already clean HTML (`linkify`), and its result is cleaned again. Why both: docs/decisions/sanitising.md.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from bleach.linkifier import Linker

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "hr"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
REL = "noopener nofollow"

# Blanks, controls and invisible characters (zero width, direction marks, soft hyphen, byte order mark):
# browsers drop some of them, so « java<tab>script: » would become what it looks like. None belongs here.
_INVISIBLE = re.compile(
    r"[\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff\uffa0]"
)
# Only what says that it is an address: bare words that end like a domain (« fini.Il ») stay words.
_BARE_URL = re.compile(
    r"(?<![\w@./-])(?:https?://|www\.)[^\s<>\"'«»“”‘’]*[^\s<>\"'«»“”‘’.,;:!?…*_]", re.IGNORECASE
)


def safe_href(url: str) -> str | None:
    """Return the address if a link may lead there, corrected if it lacks its scheme, else None.

    Allowed: http, https, mailto, and paths of our own site (« /fr/… »). Refused: every other scheme,
    addresses that inherit a scheme (« //evil.example »), and any that hides invisible characters.
    """
    url = url.strip()
    if not url or _INVISIBLE.search(url) or "\\" in url:
        return None
    if url.lower().startswith("www."):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme in {"http", "https"}:
        return url if parts.netloc and "@" not in parts.netloc else None
    if parts.scheme == "mailto":
        return url if "@" in parts.path else None
    is_our_path = not parts.scheme and not parts.netloc and url.startswith("/") and not url.startswith("//")
    return url if is_our_path else None


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "a" and name == "href":
        return safe_href(value)
    if tag == "ol" and name == "start":
        return value if value.isascii() and value.isdigit() and len(value) < 6 else None
    return value


def clean(html: str) -> str:
    """Return the HTML without anything outside the white list; the text of scripts and styles goes too."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel=REL,
    )


def linkify(html: str) -> str:
    """Return clean HTML where bare web addresses have become links (« https://… », « www.… »).

    Mail addresses stay words: a sheet gives a service to ask, never a person's mailbox to harvest.
    """
    if "://" not in html and "www." not in html.lower():
        return html
    return clean(_linker().linkify(html))


@lru_cache(maxsize=1)
def _linker() -> Linker:
    return Linker(callbacks=[_keep_safe], url_re=_BARE_URL, parse_email=False)


def _keep_safe(attrs: Mapping, new: bool = False) -> Mapping | None:
    if not new:
        return attrs
    href = safe_href(attrs["_text"])
    return attrs | {(None, "href"): href} if href else None
