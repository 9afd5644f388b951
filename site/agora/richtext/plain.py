"""Plain words: what is typed, brought to one shape, and what is shown, brought back to words."""

import re
import unicodedata
from collections.abc import Iterator

from markdown_it.token import Token

from .render import markdown, source

# Everything below a space except tab and line feed, DEL, and lone surrogates: nobody types them,
# PostgreSQL refuses the first of them, and UTF-8 cannot hold the last.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Blanks that are not one space already: replacing each of those by itself took longer than all the rest.
_ANY_BLANKS = re.compile(r" [ \t\n\u0085\u2028\u2029]+|[\t\n\u0085\u2028\u2029][ \t\n\u0085\u2028\u2029]*")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def tidy(text: str) -> str:
    """Return a text as typed, with one kind of line end, composed accents and no unprintable character.

    Browsers send CRLF, Macs send decomposed accents: without this, two equal texts would look different.
    """
    return _TRAILING.sub("", _printable(text))


def _printable(text: str) -> str:
    text = unicodedata.normalize("NFC", str(text).replace("\r\n", "\n").replace("\r", "\n"))
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """Return a text on one line, as titles and reasons are kept; no-break spaces stay (« Pourquoi ? »)."""
    return _ANY_BLANKS.sub(" ", _printable(text)).strip(" \u00a0")


def plain(text: str) -> str:
    """Return the words of a text typed in light Markdown, one line per paragraph or list item.

    For search, snippets and mails: the words only, without marks and without the targets of links.
    """
    return "\n".join(line for line in _lines(markdown.parse(source(text))) if line)


def _lines(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield one_line("".join(_words(token.children or [])))


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif not token.nesting:
            yield token.content
