"""Plain words: what is typed, brought to one shape, and what is shown, brought back to words."""

import re
import unicodedata

# Everything below a space except tab and line feed, DEL, and lone surrogates: nobody types them,
# PostgreSQL refuses the first of them, and UTF-8 cannot hold the last.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def tidy(text: str) -> str:
    """Return a text as typed, with one kind of line end, composed accents and no unprintable character.

    Browsers send CRLF, Macs send decomposed accents: without this, two equal texts would look different.
    """
    text = unicodedata.normalize("NFC", str(text).replace("\r\n", "\n").replace("\r", "\n"))
    return _TRAILING.sub("", _UNPRINTABLE.sub("", text))
