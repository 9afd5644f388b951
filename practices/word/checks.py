"""Whether a file is a Word document that can be opened without harm: by its content, never by its name.

A name of its own because nothing else may touch a file before these bounds were measured: Word documents
are archives, a few kilobytes can hold gigabytes, and the library that reads them trusts what it is given.
"""

import zipfile
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO
from xml.parsers import expat

FILE_BYTES = 10 * 1024 * 1024
MOST_PARTS = 2_000  # files in the archive; a long document with pictures has a hundred
UNPACKED_BYTES = 200 * 1024 * 1024  # of all parts as the archive declares them; pictures are never unpacked
READ_BYTES = 20 * 1024 * 1024  # of the parts that are read: text, notes, styles
MOST_ELEMENTS = 60_000  # in those parts: about a hundred pages, two seconds of work and 60 MB
DEEPEST = 100  # elements inside each other; the reader calls itself once for each
TEXT_LENGTH = 200_000  # characters: ten sections of a sheet, all full

_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of .doc, and of encrypted documents
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_READ = ("word/", "_rels/", "docProps/core.xml", "[Content_Types].xml")
_BINARY = ("word/media/", "word/embeddings/", "word/fonts/", "word/theme/", "word/vbaProject")


class Wrong(StrEnum):
    """Why a file cannot be read; `views` says it in words, with what to do."""

    TOO_HEAVY = "too_heavy"
    EMPTY = "empty"
    OLD = "old"
    ENCRYPTED = "encrypted"
    OTHER = "other"
    BROKEN = "broken"
    TOO_MUCH = "too_much"
    TOO_LONG = "too_long"


class NotReadable(Exception):
    """The file was not opened; `wrong` says why."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(str(wrong))
        self.wrong = wrong


@dataclass(slots=True)
class Scan:
    """What the parts of a document hold, counted without building them: elements by name, characters."""

    elements: Counter[str] = field(default_factory=Counter)
    length: int = 0
    total: int = 0


def check_document(file: IO[bytes]) -> Scan:
    """Measure a file and return what its text holds; raise NotReadable when it must not be opened.

    Reads the parts of the text once, as a stream: memory does not grow with them. The file is left at
    its beginning.
    """
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if size > FILE_BYTES:
        raise NotReadable(Wrong.TOO_HEAVY)
    start = file.read(8)
    if not start:
        raise NotReadable(Wrong.EMPTY)
    if start == _OLD_WORD:
        raise NotReadable(Wrong.ENCRYPTED if _ENCRYPTED in start + file.read() else Wrong.OLD)
    if not start.startswith(b"PK"):
        raise NotReadable(Wrong.OTHER)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            scan = _checked(archive)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, EOFError,
            UnicodeError) as error:  # fmt: skip
        raise NotReadable(Wrong.BROKEN) from error
    finally:
        file.seek(0)
    return scan


def _checked(archive: zipfile.ZipFile) -> Scan:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise NotReadable(Wrong.OTHER)
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable(Wrong.ENCRYPTED)
    read = [part for part in parts if _is_read(part.filename)]
    # zipfile never unpacks more than a part declares.
    if (
        len(parts) > MOST_PARTS
        or len(set(names)) != len(names)
        or sum(part.file_size for part in parts) > UNPACKED_BYTES
        or sum(part.file_size for part in read) > READ_BYTES
    ):
        raise NotReadable(Wrong.TOO_MUCH)
    scan = Scan()
    scan.elements["margins"] = sum(name.startswith(("word/header", "word/footer")) for name in names)
    for part in read:
        with archive.open(part) as stream:
            _scan(stream, scan, counted=part.filename.startswith("word/document"))
    return scan


def _is_read(name: str) -> bool:
    return name.startswith(_READ) and not name.startswith(_BINARY) and name.endswith((".xml", ".rels"))


def _scan(stream: IO[bytes], scan: Scan, *, counted: bool) -> None:
    """Read one part as a stream; NotReadable when it is no XML, declares entities, or is too much."""
    depth = 0
    counts = scan.elements if counted else Counter()
    in_text = False
    fallback: list[int] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, in_text
        depth += 1
        scan.total += 1
        if depth > DEEPEST or scan.total > MOST_ELEMENTS:
            raise NotReadable(Wrong.TOO_MUCH)
        local = name.rpartition(" ")[2]
        if local == "Fallback":  # the same thing again, for readers of another age
            fallback.append(depth)
        if not fallback:
            counts[local] += 1
        in_text = local == "t"

    def end(name: str) -> None:
        nonlocal depth, in_text
        if fallback and fallback[-1] == depth:
            fallback.pop()
        depth -= 1
        in_text = False

    def characters(data: str) -> None:
        if counted and in_text:
            scan.length += len(data)
            if scan.length > TEXT_LENGTH:
                raise NotReadable(Wrong.TOO_LONG)

    def doctype(*_: object) -> None:  # Word never writes one: only attacks on the reader do
        raise NotReadable(Wrong.BROKEN)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise NotReadable(Wrong.BROKEN) from error
