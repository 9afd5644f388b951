"""What may come in, told by what a file holds; neither its name nor what the browser says counts.

No Django here (see workshop.py). Every « no » is a Refusal with a code; refusals.py has the sentences.
Sources of the rules: ECMA-376 part 2 (packages of Office), OASIS OpenDocument 1.3 part 2 (packages),
ISO 32000-1 §7.5 (header and trailer of a PDF).
"""

import signal
import stat
import zipfile
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree as safe_xml
from defusedxml import DefusedXmlException

from .kinds import MOST_UNPACKED

MOST_PARTS = 3_000
MOST_RATIO = 200  # deflate reaches 1,032; the XML of a full spreadsheet stays below 100
RATIO_COUNTS_FROM = 1024 * 1024  # bytes: below, a ratio says nothing
MOST_NESTED = 2  # a chart in a document carries a workbook; nothing carries more
SMALL_XML = 2 * 1024 * 1024

_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
OOXML_MAIN = {
    _MAIN.format("wordprocessingml.document"): "docx",
    _MAIN.format("spreadsheetml.sheet"): "xlsx",
    _MAIN.format("presentationml.presentation"): "pptx",
}
ODF_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
# How a file begins, and what we call it; for those we take, its family.
BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (ZIP, "zip"),
    *((start, "?picture") for start in (b"GIF8", b"BM", b"II*\x00", b"MM\x00*")),
    *((start, "?archive") for start in (b"PK\x05\x06", *ARCHIVES, b"BZh", b"\xfd7zXZ")),
    *((start, "?program") for start in PROGRAMS),
    (b"{\\rtf", "?text"),
)  # fmt: skip


class Refusal(Exception):
    """A file that may not come in; `code` names the reason, `values` fill its sentence."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class TooLong(Exception):
    """A step took more time than any real document asks for."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Interrupt what runs inside after some seconds with TooLong (main thread of a process only)."""

    def interrupt(number, frame):
        raise TooLong

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@dataclass
class Budget:
    """How much may still be unpacked from one file, its nested files included."""

    left: int = MOST_UNPACKED

    def spend(self, count: int) -> None:
        """Count bytes that came out; Refusal when more comes out than any real document holds."""
        self.left -= count
        if self.left < 0:
            raise Refusal("bomb")


def family_of(path: Path) -> str:
    """Return pdf, zip, png, jpg or webp by how a file begins; Refusal for everything else."""
    with path.open("rb") as file:
        head = file.read(1024)
        if not head:
            raise Refusal("empty")
        if b"%PDF-" in head:
            return "pdf"
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return "webp"
        if head[:8] == OLE2:
            raise Refusal("locked" if _holds(file, "EncryptedPackage".encode("utf-16-le")) else "old_office")
    family = next((name for start, name in BEGINNINGS if head.startswith(start)), None)
    if family is None:
        family = "?picture" if head[4:8] == b"ftyp" and _is_picture_brand(head) else _text_family(head)
    if family.startswith("?"):
        raise Refusal(family[1:])
    return family


def _is_picture_brand(head: bytes) -> bool:
    """Tell HEIC and AVIF, the photographs of telephones, from films in the same container."""
    return head[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif", b"avis")


def _text_family(head: bytes) -> str:
    if b"\x00" in head:
        return "?unknown"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        return "?picture" if b"<svg" in start else "?web_page"
    try:
        getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut
    except UnicodeDecodeError:
        return "?unknown"
    return "?text"


def _holds(file: IO[bytes], words: bytes) -> bool:
    """Tell whether some bytes stand anywhere in a file, read by pieces."""
    file.seek(0)
    tail = b""
    while chunk := file.read(256 * 1024):
        if words in tail + chunk:
            return True
        tail = chunk[-len(words) :]
    return False


# --- Packages: what Office and LibreOffice write ------------------------------------------------


def open_package(file: IO[bytes], budget: Budget) -> zipfile.ZipFile:
    """Open a package and judge its table of contents, before anything is unpacked; else Refusal."""
    weight = file.seek(0, 2)
    file.seek(0)
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError) as error:
        raise Refusal("damaged") from error
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise Refusal("bomb")
    if len({part.filename for part in parts}) != len(parts):
        raise Refusal("damaged")
    for part in parts:
        _check_part(part)
    # More packed bytes than the file weighs: parts that lie over each other, the flat kind of bomb.
    if sum(part.file_size for part in parts) > budget.left or sum(p.compress_size for p in parts) > weight:
        raise Refusal("bomb")
    return package


def _check_part(part: zipfile.ZipInfo) -> None:
    name = PurePosixPath(part.filename)
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    if name.is_absolute() or ".." in name.parts or "\\" in part.filename or is_link:
        raise Refusal("damaged")
    if part.flag_bits & 0x1:
        raise Refusal("locked")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refusal("damaged")
    if part.file_size > RATIO_COUNTS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise Refusal("bomb")


def small_part(package: zipfile.ZipFile, name: str, budget: Budget) -> bytes:
    """Return a part that is small in every real document; Refusal when it is missing or is not."""
    try:
        with package.open(name) as part:
            content = part.read(SMALL_XML + 1)
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise Refusal("damaged") from error
    if len(content) > SMALL_XML:
        raise Refusal("bomb")
    budget.spend(len(content))
    return content


def office_kind(package: zipfile.ZipFile, budget: Budget) -> str:
    """Return docx, xlsx, pptx, odt, ods or odp by what a package declares and holds; else Refusal."""
    names = set(package.namelist())
    if "[Content_Types].xml" in names:
        return _ooxml_kind(_xml(small_part(package, "[Content_Types].xml", budget)), names)
    if "mimetype" in names:
        return _odf_kind(package, names, budget)
    raise Refusal("archive")


def _xml(content: bytes) -> Element:
    try:
        return safe_xml.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Refusal("damaged") from error


def _ooxml_kind(types: Element, names: set[str]) -> str:
    declared = [
        (element.get("PartName", "").lstrip("/"), element.get("ContentType", "")) for element in types
    ]
    # Content types have no case (ECMA-376 part 2, §7.2.3.4).
    lowered = " ".join(said.lower() for _name, said in declared)
    if "macroenabled" in lowered or "vbaproject" in lowered or "activex" in lowered:
        raise Refusal("macros")
    found = {OOXML_MAIN[said]: name for name, said in declared if said in OOXML_MAIN}
    if not found:
        is_template = "template.main+xml" in lowered or "slideshow.main+xml" in lowered
        raise Refusal("template" if is_template else "damaged")
    if len(found) > 1 or "_rels/.rels" not in names or not names.issuperset(found.values()):
        raise Refusal("damaged")
    return next(iter(found))


def _odf_kind(package: zipfile.ZipFile, names: set[str], budget: Budget) -> str:
    kind = ODF_TYPES.get(small_part(package, "mimetype", budget).strip())
    if kind is None:
        raise Refusal("template" if "content.xml" in names else "archive")
    if not names >= {"content.xml", "META-INF/manifest.xml"}:
        raise Refusal("damaged")
    manifest = _xml(small_part(package, "META-INF/manifest.xml", budget))
    if any(element.tag.endswith("}encryption-data") for element in manifest.iter()):
        raise Refusal("locked")
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Refusal("macros")
    return kind


def judge_beginning(name: str, head: bytes) -> None:
    """Refuse a part of a package that is a program, an object of another program, or another archive."""
    if "vbaproject" in name.lower():
        raise Refusal("macros")
    if head.startswith(OLE2):
        raise Refusal("embedded")
    if not name.endswith((".xml", ".rels")) and head.startswith(PROGRAMS[:2]):
        raise Refusal("program")
    if head.startswith(ARCHIVES):
        raise Refusal("archive")
