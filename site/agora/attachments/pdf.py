"""PDF without its author, its programs and the files hidden in it.

No Django here (see workshop.py). pypdf reads it whole; where it can write it anew without harm it does,
otherwise the file stays as it came and its pages say so.
"""

import shutil
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject

from .checks import Refusal, TooLong, at_most

SECONDS_TO_READ = 15
SECONDS_TO_WRITE = 15
END = 2048  # bytes: where the last line of a PDF stands (ISO 32000-1 §7.5.5, and what readers accept)
# Programs and enclosed files, wherever a document or a page may carry them.
OF_THE_DOCUMENT = ("/Metadata", "/AA", "/AF", "/PieceInfo", "/Collection")
OF_A_PAGE = ("/Metadata", "/AA", "/AF", "/PieceInfo", "/LastModified")
OF_THE_NAMES = ("/JavaScript", "/EmbeddedFiles")
SIGNED = 1  # first bit of SigFlags (ISO 32000-1 §12.7.2)


def clean_pdf(source: Path, target: Path) -> tuple[int, list[str]]:
    """Write a PDF anew without its metadata; return its number of pages and what stays.

    What stays: `properties` (author and title, when writing it anew would break a signature or fails).
    Refusal when it is cut short, damaged, locked, or asks for more work than any real document.
    """
    with source.open("rb") as file:
        file.seek(max(file.seek(0, 2) - END, 0))
        if b"%%EOF" not in file.read():
            raise Refusal("damaged")
    try:
        with at_most(SECONDS_TO_READ):
            reader = PdfReader(source)
            if reader.is_encrypted:
                raise Refusal("locked")
            pages = len(reader.pages)
            signed = _is_signed(reader)
    except (TooLong, MemoryError, RecursionError) as error:
        raise Refusal("complicated") from error
    except Refusal:
        raise
    except Exception as error:  # pypdf meets a broken file with whatever the broken place provokes
        raise Refusal("damaged") from error
    if not pages:
        raise Refusal("damaged")
    try:
        if not signed:
            with at_most(SECONDS_TO_WRITE):
                _write_anew(reader, target)
            if _opens(target, pages):
                return pages, []
    except (TooLong, MemoryError, RecursionError, PyPdfError, ArithmeticError, LookupError):
        pass  # left as it came, and said
    except (AttributeError, TypeError, ValueError, OSError):
        pass  # the same: what a broken corner of a readable file provokes
    shutil.copyfile(source, target)
    return pages, ["properties"]


def _is_signed(reader: PdfReader) -> bool:
    form = reader.root_object.get("/AcroForm")
    form = form.get_object() if form is not None else {}
    return bool(int(form.get("/SigFlags", 0)) & SIGNED)


def _write_anew(reader: PdfReader, target: Path) -> None:
    """Cut in the file that was read, then copy what can still be reached from its root, and no more."""
    root = reader.root_object
    _without(root, OF_THE_DOCUMENT)
    opening = root.get("/OpenAction")
    opening = opening.get_object() if opening is not None else None
    if isinstance(opening, DictionaryObject) and opening.get("/S") != "/GoTo":
        del root["/OpenAction"]
    names = root.get("/Names")
    if names is not None:
        _without(names.get_object(), OF_THE_NAMES)
    for page in reader.pages:
        _without(page, OF_A_PAGE)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    with target.open("wb") as file:
        writer.write(file)


def _without(of: DictionaryObject, keys: tuple[str, ...]) -> None:
    for key in keys:
        of.pop(NameObject(key), None)


def _opens(path: Path, pages: int) -> bool:
    with at_most(SECONDS_TO_READ):
        return len(PdfReader(path).pages) == pages
