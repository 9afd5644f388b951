"""Office files without the names that Office writes into them: author, company, template, last editor.

No Django here (see workshop.py). A package is read part by part and written anew, so that what is counted
is what really comes out of it. The texts themselves are never touched.
"""

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import IO

from .checks import (
    MOST_NESTED,
    ZIP,
    Budget,
    Refusal,
    judge_beginning,
    office_kind,
    open_package,
)
from .pictures import without_notes

PIECE = 64 * 1024
MOST_IN_MEMORY = 24 * 1024 * 1024  # a part that is rewritten; larger ones are copied as they are
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day of the zip format: says nothing
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = b"http://schemas.openxmlformats.org/officeDocument/2006/"
EMPTIED = {
    "docProps/core.xml": _XML
    + b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": _XML + b'<Properties xmlns="' + _PROPERTIES + b'extended-properties"/>',
    "docProps/custom.xml": _XML + b'<Properties xmlns="' + _PROPERTIES + b'custom-properties"/>',
    "meta.xml": _XML
    + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    b' office:version="1.3"/>',
}
# A miniature of the first page, often older than the text; the path of the template, with its owner's name.
DROPPED = re.compile(r"docProps/thumbnail\.\w+|Thumbnails/.*")
_CUT = {
    "_rels/.rels": re.compile(rb"<Relationship\b[^>]*/metadata/thumbnail\"[^>]*/>"),
    "META-INF/manifest.xml": re.compile(rb"<manifest:file-entry\b[^>]*\"Thumbnails/[^>]*/>"),
    "word/settings.xml": re.compile(rb"<(?:\w+:)?attachedTemplate\b[^>]*/>"),
    "word/_rels/settings.xml.rels": re.compile(rb"<Relationship\b[^>]*/attachedTemplate\"[^>]*/>"),
}
NESTED = re.compile(r"(?:.*/)?embeddings/[^/]+\.(?:docx|xlsx|pptx)", re.IGNORECASE)
PICTURE = re.compile(r".*\.(?:jpe?g|png)", re.IGNORECASE)
SIGNATURES = ("_xmlsignatures/", "META-INF/documentsignatures.xml")
# Where a document says who changed or remarked what.
REMARKS = re.compile(r"(?:word|xl|ppt)/(?:comments|threadedComments|persons|people).*", re.IGNORECASE)
TRACKED = re.compile(rb"<w:(?:ins|del) |<text:tracked-changes|<office:annotation[ >]")
SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")


def clean_office(source: Path, target: Path) -> tuple[str, int | None, list[str]]:
    """Write an Office file anew without its metadata; return its kind, its slides if any, what stays.

    What stays: `remarks` (comments or tracked changes, with their authors), `properties` (a signed file is
    left as it is: its signature would break). Refusal for what may not come in.
    """
    with source.open("rb") as given, target.open("wb") as written:
        kind, slides, notes = _rewrite(given, written, Budget(), depth=0)
    if "properties" in notes:
        shutil.copyfile(source, target)
    return kind, slides, sorted(notes)


def _rewrite(given: IO[bytes], written: IO[bytes], budget: Budget, depth: int):
    if depth >= MOST_NESTED:
        raise Refusal("bomb")
    package = open_package(given, budget)
    kind = office_kind(package, budget)
    names = package.namelist()
    notes = {"properties"} if any(name.startswith(SIGNATURES) for name in names) else set()
    if any(REMARKS.fullmatch(name) for name in names):
        notes.add("remarks")
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as fresh:
        for part in sorted(package.infolist(), key=lambda part: part.filename != "mimetype"):
            if part.is_dir() or DROPPED.fullmatch(part.filename):
                continue
            info = zipfile.ZipInfo(part.filename, LONG_AGO)
            # OpenDocument asks for its first part to be legible in the file itself.
            info.compress_type = zipfile.ZIP_STORED if part.filename == "mimetype" else zipfile.ZIP_DEFLATED
            try:
                with package.open(part) as stream:
                    _copy_part(stream, fresh, info, part, budget, notes, depth)
            except (zipfile.BadZipFile, zipfile.zlib.error, OSError, EOFError, ValueError) as error:
                raise Refusal("damaged") from error
    slides = sum(bool(SLIDE.fullmatch(name)) for name in names) if kind == "pptx" else None
    return kind, slides or None, notes


def _copy_part(
    stream, fresh: zipfile.ZipFile, info, part, budget: Budget, notes: set[str], depth: int
) -> None:
    name = part.filename
    head = stream.read(PIECE)
    budget.spend(len(head))
    judge_beginning(name, head)
    if head.startswith(ZIP):
        if not NESTED.fullmatch(name):
            raise Refusal("archive")
        nested, clean = io.BytesIO(_rest(stream, head, budget)), io.BytesIO()
        _kind, _slides, inner = _rewrite(nested, clean, budget, depth + 1)
        notes |= inner - {"properties"}
        fresh.writestr(info, nested.getvalue() if "properties" in inner else clean.getvalue())
        return
    if name in EMPTIED:
        fresh.writestr(info, EMPTIED[name])
        return
    if part.file_size <= MOST_IN_MEMORY and (name in _CUT or PICTURE.fullmatch(name)):
        content = _rest(stream, head, budget)
        fresh.writestr(info, _CUT[name].sub(b"", content) if name in _CUT else without_notes(content))
        return
    with fresh.open(info, "w", force_zip64=False) as out:
        tail = b""
        while head:
            if name.endswith(".xml") and TRACKED.search(tail + head):
                notes.add("remarks")
            tail = head[-32:]
            out.write(head)
            head = stream.read(PIECE)
            budget.spend(len(head))


def _rest(stream, head: bytes, budget: Budget) -> bytes:
    pieces = [head]
    while piece := stream.read(PIECE):
        budget.spend(len(piece))
        pieces.append(piece)
    return b"".join(pieces)
