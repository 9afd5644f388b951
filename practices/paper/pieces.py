"""The HTML of a sheet, taken apart into pieces that the paper lays out.

A name of its own: it stands between the one renderer of the house (agora.richtext, whose clean HTML it reads)
and the compiler (sheet.typ, which lays the pieces as they come). A piece is a text, or a list
[kind, pieces inside, more]. Nothing here is ever markup again, so there is nothing to escape.
"""

import re
import unicodedata
from html.parser import HTMLParser
from typing import Any

from .glyphs import drawable

Piece = str | list[Any]

LONGEST_WORD = 32  # characters; beyond, a word may be cut anywhere: it would run off the page
DEEPEST = 10  # pieces inside one another; beyond, the words stay and the nesting goes
LONGEST_ADDRESS = 2000  # characters; typst refuses links from 8000 on, and nobody types one
CUT = "\u200b"
_KINDS = {"strong": "strong", "b": "strong", "em": "em", "blockquote": "quote", "p": "p", "ul": "ul"}
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# Asked for by scripts and emoji, drawn by nothing, and nothing is missed without them.
_UNSEEN = re.compile(
    r"[\u00ad\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


def words(text: str) -> list[Piece]:
    """Return one plain text as pieces: what no font draws becomes an empty tile with its name."""
    text = _LONG.sub(_cut, _UNSEEN.sub("", _BLANKS.sub(" ", text)))
    pieces: list[Piece] = []
    known = drawable()
    for character in text:
        if ord(character) in known or character == CUT:
            if pieces and isinstance(pieces[-1], str):
                pieces[-1] += character
            else:
                pieces.append(character)
        elif unicodedata.category(character)[0] != "C":
            pieces.append(["unknown", [], unicodedata.name(character, "?").lower()])
    return pieces


def line(text: str) -> str:
    """Return one plain text for the places that hold nothing else (title, foot of the page)."""
    return "".join(piece if isinstance(piece, str) else "□" for piece in words(text))


def _cut(found: re.Match) -> str:
    word = found[0]
    return CUT.join(word[at : at + LONGEST_WORD // 2] for at in range(0, len(word), LONGEST_WORD // 2))


def pieces_of(html: str, site: str = "") -> list[Piece]:
    """Return clean HTML as pieces. `site`: what our own addresses begin with, since paper leads nowhere."""
    reader = _Reader(site)
    reader.feed(html)
    reader.close()
    return reader.top


class _Reader(HTMLParser):
    """Follows the tags that agora.richtext lets through; of any other only the text is kept."""

    def __init__(self, site: str) -> None:
        super().__init__(convert_charrefs=True)
        self.top: list[Piece] = []
        self._open: list[tuple[str, list[Piece]]] = [("", self.top)]
        self._site = site
        self._level = 1  # the section's own title is a heading of the first level

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a piece."""
        given = dict(attrs)
        if tag == "br":
            self._add(["br", []])
        elif tag == "hr":
            self._add(["rule", []])
        elif tag in ("h3", "h4"):
            # A heading may not skip a level, whatever was typed.
            self._level = min({"h3": 2, "h4": 3}[tag], self._level + 1)
            self._begin(tag, ["heading", [], self._level])
        elif tag == "ol":
            start = given.get("start") or "1"
            self._begin(tag, ["ol", [], int(start) if start.isdigit() else 1])
        elif tag == "a" and given.get("href"):
            href = given["href"]
            if len(href) > LONGEST_ADDRESS:
                self._open.append((tag, self._open[-1][1]))  # its words stay
            else:
                self._begin(tag, ["a", [], f"{self._site}{href}" if href.startswith("/") else href])
        elif tag == "li" and self._open[-1][0] in ("ul", "ol"):
            self._begin(tag, ["li", []])
        elif tag in _KINDS:
            self._begin(tag, [_KINDS[tag], []])

    def handle_endtag(self, tag: str) -> None:
        """Close the piece, and whatever was left open inside."""
        if any(opened == tag for opened, _inside in self._open):
            while self._open[-1][0] != tag:
                self._open.pop()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add text; what only separates blocks in the source is dropped."""
        within = self._open[-1][0]
        if within in ("ul", "ol") or (data.isspace() and "\n" in data and within in ("", "li", "blockquote")):
            return
        for piece in words(data):
            self._add(piece)

    def _begin(self, tag: str, piece: list) -> None:
        if len(self._open) > DEEPEST:
            self._open.append((tag, self._open[-1][1]))
            return
        self._add(piece)
        self._open.append((tag, piece[1]))

    def _add(self, piece: Piece) -> None:
        self._open[-1][1].append(piece)
