"""The plain text of a message: what is accepted, and how it is shown.

A name of its own beside forms.py: the act of posting, the import of demo content and the thread all
need it, with or without a form.
"""

import re
import unicodedata
from html import escape

from django.core.exceptions import ValidationError
from django.utils.html import urlize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.richtext import quotes

MAX_LENGTH = 3000  # characters; COMMENT_MAX_LENGTH of the library

# Control characters that no keyboard types (NUL among them, which PostgreSQL refuses), and lone
# surrogates, which no encoding accepts. Tab and line feed stay.
_UNTYPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{2,}")
# Whatever Django's urlize may turn into a link contains one of these: without them, and most messages
# have none, the slow search word by word is skipped.
_MAYBE_LINK = re.compile(r"://|@|www\.|\.(?:com|edu|gov|int|mil|net|org)", re.IGNORECASE)


def clean_text(typed: str) -> str:
    """Return the text to keep; ValidationError, in the user's language, when there is none or too much.

    Line ends become one character each, so that the length is the one that people count.
    """
    text = _UNTYPED.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    # Zero-width characters alone are not a message: a reader would see an empty box.
    if not any(unicodedata.category(character)[0] not in "CZ" for character in text):
        raise ValidationError(_("Écrivez au moins un mot avant d’envoyer."), code="empty")
    if (excess := len(text) - MAX_LENGTH) > 0:
        raise ValidationError(
            ngettext(
                "Un message tient en 3 000 caractères ; celui-ci en a %(excess)s de trop."
                " Raccourcissez-le, ou envoyez-le en deux fois.",
                "Un message tient en 3 000 caractères ; celui-ci en a %(excess)s de trop."
                " Raccourcissez-le, ou envoyez-le en deux fois.",
                excess,
            )
            % {"excess": excess},
            code="too_long",
        )
    return text


def text_html(text: str) -> str:
    """Return the HTML of a message: escaped, with its quotes set apart, its addresses as links and its lines
    as typed.
    """
    return quotes.drawn(text, _paragraphs)


def _paragraphs(text: str) -> str:
    html = urlize(text, nofollow=True, autoescape=True) if _MAYBE_LINK.search(text) else escape(text)
    paragraphs = (p.strip("\n").replace("\n", "<br>") for p in _BLANK_LINES.split(html))
    return "".join(f"<p>{p}</p>" for p in paragraphs if p)
