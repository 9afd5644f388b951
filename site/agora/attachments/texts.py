"""The words of a file, page by page, for search. A name of its own: neither checked nor cleaned here.

No Django here (see workshop.py). A page is what a reader calls so: a page of a PDF, a slide, a sheet of a
spreadsheet. A text of Word or OpenDocument has no pages until it is printed: it is one.
Sources: ECMA-376 part 1 (§17.3.3 runs, §18.3 cells, §21.1.2 text of slides), OpenDocument 1.3 part 3.
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as safe_xml

from .checks import TooLong, at_most
from .kinds import PICTURES

MOST_CHARACTERS = 200_000  # of one file: what search indexes of one text
MOST_PAGES = 1_000
MOST_SECONDS = 12  # whatever was read by then is kept
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")
_UNTYPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NUMBER = re.compile(r"(\d+)\.xml$")


def pages_of(path: Path, kind: str) -> list[str]:
    """Return the words of a clean file, one text per page, empty pages included; nothing for a picture.

    Never raises: a page that cannot be read is empty, and what comes after the limits is left out.
    """
    pages: list[str] = []
    left = MOST_CHARACTERS
    try:
        with at_most(MOST_SECONDS):
            for page in islice(_READERS[kind](path), MOST_PAGES):
                pages.append(_tidy(page)[:left])
                left -= len(pages[-1])
                if left <= 0:
                    break
    except TooLong:
        pass
    except Exception:  # noqa: BLE001, S110  a broken corner of a readable file provokes anything
        pass
    return pages if any(pages) else []


def _tidy(text: str) -> str:
    """Return a text without the spaces that only place it on the page, words cut at line ends mended."""
    text = _UNTYPED.sub("", text).replace("\u00ad\n", "").replace("\u00ad", "")
    text = re.sub(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])", "", text)
    return _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()


def _pdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader  # longer to load than most files are to read, and only these need it

    for page in PdfReader(path).pages:
        try:
            yield page.extract_text()
        except TooLong:
            raise
        except Exception:  # noqa: BLE001  one page that cannot be read leaves the others
            yield ""


def _docx(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        parts = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"]
        yield "\n".join(_said(package, part) for part in parts if part in package.namelist())


def _pptx(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for part in _numbered(package, "ppt/slides/slide"):
            yield _said(package, part)


def _xlsx(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in package.namelist():
            root = _root(package, "xl/sharedStrings.xml")
            shared = ["".join(_texts(item)) for item in root if _tag(item) == "si"]
        for part in _numbered(package, "xl/worksheets/sheet"):
            yield "\n".join(filter(None, _cells(_root(package, part), shared)))


def _cells(sheet: Element, shared: list[str]) -> Iterator[str]:
    """Return the words of each row; numbers alone find nothing, so they are left out."""
    for row in (element for element in sheet.iter() if _tag(element) == "row"):
        words = []
        for cell in row:
            if cell.get("t") == "s":
                number = next((value.text for value in cell if _tag(value) == "v"), None)
                if number and number.isdigit() and int(number) < len(shared):
                    words.append(shared[int(number)])
            elif cell.get("t") in ("inlineStr", "str"):
                words.append("".join(_texts(cell)))
        yield " ".join(words)


def _odf(path: Path, page: str = "") -> Iterator[str]:
    """Return the texts of an OpenDocument: the whole, or one for each element of the given name."""
    with zipfile.ZipFile(path) as package:
        root = _root(package, "content.xml")
    body = next((element for element in root if _tag(element) == "body"), root)
    for part in [body] if not page else (element for element in body.iter() if _tag(element) == page):
        yield "".join(_odf_words(part))


_ODF_LINES = {"p", "h", "line-break", "table-row"}
_ODF_SILENT = {"tracked-changes", "annotation", "annotation-end"}


def _odf_words(element: Element) -> Iterator[str]:
    if _tag(element) in _ODF_SILENT:
        return
    if _tag(element) in ("s", "tab"):
        yield " "
    yield element.text or ""
    for child in element:
        yield from _odf_words(child)
        yield child.tail or ""
    if _tag(element) in _ODF_LINES:
        yield "\n"


def _said(package: zipfile.ZipFile, part: str) -> str:
    """Return the text of a part of Word or PowerPoint: what stands in `t`, one line per paragraph."""
    words: list[str] = []
    for element in _root(package, part).iter():
        name = _tag(element)
        if name == "t":
            words.append(element.text or "")
        elif name in ("p", "br"):
            words.append("\n")
        elif name == "tab":
            words.append(" ")
    return "".join(words)


def _texts(element: Element) -> Iterator[str]:
    return (part.text or "" for part in element.iter() if _tag(part) in ("t", "v") and part.text)


def _numbered(package: zipfile.ZipFile, start: str) -> list[str]:
    """Return « slide1.xml », « slide2.xml », « slide10.xml » in the order of their numbers."""
    found = [(int(number[1]), name) for name in package.namelist() if (number := _NUMBER.search(name))]
    return [name for _number, name in sorted(found) if re.fullmatch(rf"{re.escape(start)}\d+\.xml", name)]


def _root(package: zipfile.ZipFile, part: str) -> Element:
    with package.open(part) as stream:
        return safe_xml.parse(stream).getroot()


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


_READERS = {
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "odt": _odf,
    "ods": lambda path: _odf(path, "table"),
    "odp": lambda path: _odf(path, "page"),
    **dict.fromkeys(PICTURES, lambda path: iter(())),
}
