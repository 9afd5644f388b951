"""A Word document as a sheet could hold it: its title, its texts by section, and what could not come along.

A name of its own because it knows nothing of drafts or pages: bytes go in, plain values come out. Nothing of
the text is dropped but footnotes, comments and what was struck out, and these are told.
"""

import re
import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

import mammoth
from bs4 import BeautifulSoup, Tag

from agora.richtext.convert import from_html
from agora.richtext.plain import one_line

from ..fields import SUMMARY_LENGTH
from .checks import NotReadable, Scan, Wrong, check_document
from .sections import is_phrase, section_for

MOST_NOTES, NOTE_LENGTH = 50, 1_000
HEADING_LENGTH = 120  # characters: longer bold lines are sentences
_TITLE = "agora-title"
_STYLES = f"""
p[style-name='Title'] => h1.{_TITLE}:fresh
p[style-name='Titre'] => h1.{_TITLE}:fresh
p[style-name='Titel'] => h1.{_TITLE}:fresh
"""
_HEADING = re.compile(r"^h[1-6]$")
_NOTE = re.compile(r"^(?:foot|end)note-\d+$")
_NOTE_MARK = re.compile(r"^(?:foot|end)note-ref-\d+$")
_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# What the elements of a document are for those who wrote it, in the order in which they are told.
DROPPED = {
    "images": ("blip", "imagedata"),
    "charts": ("chart",),
    "objects": ("OLEObject", "altChunk"),
    "formulas": ("oMath",),
    "comments": ("commentReference",),
    "struck": ("del", "moveFrom"),
    "margins": ("margins",),
}


@dataclass(slots=True)
class Reading:
    """What was understood of a document.

    texts: light Markdown by section (and `summary`, plain). found: (heading, section) of each heading that
    announced a section. under: (heading, section) of the others, kept as headings inside that section.
    dropped: how many of each thing of DROPPED; notes: the footnotes, as plain text; tables: how many
    became lists; tracked: whether insertions of a review were taken as text.
    """

    title: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    found: list[tuple[str, str]] = field(default_factory=list)
    under: list[tuple[str, str]] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    tables: int = 0
    tracked: bool = False


@dataclass(slots=True)
class _Piece:
    """A heading (empty before the first one) and the HTML up to the next."""

    heading: str = ""
    html: list[str] = field(default_factory=list)


def read_document(file: IO[bytes], *, name: str = "") -> Reading:
    """Return what a Word document says; raise NotReadable when it is none, or is too much.

    `name`: the name of the file, which serves as a title when the document has none.
    """
    scan = check_document(file)
    soup = _html_of(file)
    reading = Reading(tracked=bool(scan.elements["ins"] or scan.elements["moveTo"]))
    reading.dropped = _dropped(scan)
    reading.notes = _take_notes(soup)
    title, pieces = _pieces(soup)
    reading.title = title or _own_title(file) or _from_name(name)
    _place(pieces, reading)
    if not reading.texts:
        raise NotReadable(Wrong.EMPTY)
    return reading


def _html_of(file: IO[bytes]) -> BeautifulSoup:
    try:
        html = mammoth.convert_to_html(
            file,
            style_map=_STYLES,
            include_embedded_style_map=False,  # the file's own rules are none of ours
            convert_image=lambda image: [],
        ).value
    except Exception as error:  # it parses what strangers made: whatever it trips over, the file is at fault
        raise NotReadable(Wrong.BROKEN) from error
    finally:
        file.seek(0)
    return BeautifulSoup(html, "html.parser")


def _dropped(scan: Scan) -> dict[str, int]:
    counts = {name: sum(scan.elements[element] for element in of) for name, of in DROPPED.items()}
    return {name: count for name, count in counts.items() if count}


def _take_notes(soup: BeautifulSoup) -> list[str]:
    """Take the footnotes, and their marks, out of the text; return their words."""
    for mark in soup.find_all("a", id=_NOTE_MARK):
        holder = mark.parent if mark.parent and mark.parent.name == "sup" else mark
        holder.decompose()
    notes = []
    for item in soup.find_all("li", id=_NOTE):
        for back in item.find_all("a", href=re.compile(r"^#(?:foot|end)note-ref-")):
            back.decompose()
        notes.append(one_line(item.get_text(" "))[:NOTE_LENGTH])
        holder = item.parent
        item.decompose()
        if holder is not None and not holder.find(True):
            holder.decompose()
    return [note for note in notes if note][:MOST_NOTES]


# --- Cutting at the headings -----------------------------------------------------------------------


def _pieces(soup: BeautifulSoup) -> tuple[str, list[_Piece]]:
    """Return the title, and the document cut at its headings."""
    title, pieces = "", [_Piece()]
    for block in list(soup.children):
        if not isinstance(block, Tag):
            if text := str(block).strip():
                pieces[-1].html.append(f"<p>{BeautifulSoup(text, 'html.parser')}</p>")
            continue
        heading, rest = _announced(block)
        if not heading:
            pieces[-1].html.append(str(block))
            continue
        is_title = _TITLE in (block.get("class") or ())
        is_first = len(pieces) == 1 and not any(map(_has_words, pieces[0].html))
        if not title and (is_title or (is_first and block.name == "h1" and not section_for(heading))):
            title = heading
            continue
        pieces.append(_Piece(heading, rest))
    return title, [piece for piece in pieces if piece.heading or any(map(_has_words, piece.html))]


def _announced(block: Tag) -> tuple[str, list[str]]:
    """Return the heading that a block is (or begins with) and the HTML that goes on after it."""
    words = one_line(block.get_text(" "))
    if not words:
        return "", []
    if _HEADING.match(block.name):
        return words, []
    item = _lone_item(block) if block.name in ("ol", "ul") else block
    if item is None or item.name not in ("p", "li") or len(words) > HEADING_LENGTH:
        return _led_in(block)
    is_bold = _bold_words(item) == words.replace(" ", "")
    if is_phrase(words) or (is_bold and section_for(words)):
        return words, []
    return _led_in(block)


def _led_in(block: Tag) -> tuple[str, list[str]]:
    """Return the heading that a paragraph begins with in bold: « **Contexte :** Les gens attendaient… »."""
    first = next(iter(block.children), None)
    if block.name != "p" or not isinstance(first, Tag) or first.name not in ("strong", "b"):
        return "", []
    heading = one_line(first.get_text(" "))
    after = "".join(str(child) for child in list(block.children)[1:])
    ends = heading.endswith(":") or after.lstrip("\u00a0 ").startswith(":")
    if not ends or not is_phrase(heading):
        return "", []
    rest = after.lstrip("\u00a0 ").removeprefix(":").lstrip("\u00a0 ")
    return heading, [f"<p>{rest}</p>"] if rest else []


def _lone_item(block: Tag) -> Tag | None:
    items = block.find_all("li")
    return items[0] if len(items) == 1 else None


def _bold_words(item: Tag) -> str:
    return "".join("".join(tag.get_text().split()) for tag in item.find_all(["strong", "b"]))


def _has_words(html: str) -> bool:
    return bool(BeautifulSoup(html, "html.parser").get_text().strip())


# --- Putting each piece where it belongs -------------------------------------------------------------


def _place(pieces: list[_Piece], reading: Reading) -> None:
    """Fill the sections: a heading of ours opens one, any other stays a heading in the one that is open."""
    texts: dict[str, list[str]] = {}
    here = "problem"
    announces_problem = any(section_for(piece.heading) == "problem" for piece in pieces)
    for number, piece in enumerate(pieces):
        text = _text_of(piece, reading)
        name = section_for(piece.heading)
        opens_alone = number == 0 and not piece.heading and announces_problem
        if (name == "summary" or opens_alone) and _fits_summary(piece, text, texts, exact=opens_alone):
            texts["summary"] = [one_line(BeautifulSoup("".join(piece.html), "html.parser").get_text(" "))]
            if piece.heading:
                reading.found.append((piece.heading, "summary"))
            continue
        if name and name != "summary":
            here = name
            reading.found.append((piece.heading, name))
        elif piece.heading:
            reading.under.append((piece.heading, here))
        says_more = piece.heading and (name in (None, "summary") or not is_phrase(piece.heading))
        if says_more:
            text = f"### {piece.heading}\n\n{text}".strip()
        if text:
            texts.setdefault(here, []).append(text)
    reading.texts = {name: "\n\n".join(found) for name, found in texts.items()}


def _fits_summary(piece: _Piece, text: str, texts: dict[str, list[str]], *, exact: bool) -> bool:
    """Say whether a piece can be the two sentences of a sheet: one paragraph, short unless so named."""
    is_one = bool(text) and "\n" not in text and len([each for each in piece.html if _has_words(each)]) == 1
    return is_one and "summary" not in texts and (not exact or len(text) <= SUMMARY_LENGTH)


def _text_of(piece: _Piece, reading: Reading) -> str:
    converted = from_html("".join(piece.html))
    reading.tables += converted.tables
    return converted.text


# --- A title when the document shows none --------------------------------------------------------------


def _own_title(file: IO[bytes]) -> str:
    """Return the title in the properties of a file whose parts were checked."""
    try:
        with zipfile.ZipFile(file) as archive:
            root = ElementTree.fromstring(archive.read("docProps/core.xml"))
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        return ""
    finally:
        file.seek(0)
    return one_line(root.findtext(_CORE_TITLE) or "")


def _from_name(name: str) -> str:
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", name.replace("\\", "/").rpartition("/")[2])
    return one_line(re.sub(r"[_]+", " ", stem))[:255]
