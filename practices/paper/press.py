"""From the data of a sheet to a tagged PDF (PDF/UA-1), by typst inside this process.

A name of its own: it alone knows the compiler. The compiler sees one folder (ours), our fonts and no others,
and asks nothing of the network. It works for one sheet at a time in each process, so that its memory stays
that of one sheet; finished papers are kept, by what they say, for whoever asks next.
"""

import json
import logging
import threading
from functools import cache
from hashlib import blake2b
from pathlib import Path

import typst
from django.core.cache import caches

from .glyphs import FONTS

HERE = Path(__file__).parent
TEMPLATE = HERE / "sheet.typ"
STANDARD = "ua-1"  # ISO 14289-1: the compiler refuses what a screen reader could not follow
PATIENCE = 15  # seconds that a reader waits for the sheets before
KEPT_FOR = 24 * 60 * 60  # seconds: the day of the print stands on it

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


class NoPaper(Exception):
    """The paper could not be made; why is in the log, and the reader can only try again."""


class Busy(NoPaper):
    """Others wait for their paper before this reader."""


def seal_of(data: dict) -> str:
    """Return the mark of what a paper says: the same mark, the same paper."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return blake2b(f"{_template_mark()}{written}".encode(), digest_size=16).hexdigest()


def kept(seal: str) -> bytes | None:
    """Return the paper with this mark if somebody asked for it before, else None."""
    return caches["paper"].get(seal)


def printed(data: dict, seal: str) -> bytes:
    """Return the PDF that says this, and keep it. Raises Busy, or NoPaper when the compiler fails."""
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise Busy
    try:
        paper = kept(seal) or _compiled(data)
    finally:
        _one_at_a_time.release()
    caches["paper"].set(seal, paper, KEPT_FOR)
    return paper


def _compiled(data: dict) -> bytes:
    try:
        return _compiler().compile(
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf", pdf_standards=[STANDARD]
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # a panic of the compiler is no Exception in Python
        _log.error("No paper for « %s »: %s", data["title"], problem)
        _compiler.cache_clear()
        raise NoPaper from problem


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    # Packages are looked for in a folder that does not exist: nothing is ever fetched.
    nowhere = HERE / "no-packages"
    return typst.Compiler(
        TEMPLATE, root=HERE, font_paths=fonts, package_path=nowhere, package_cache_path=nowhere
    )


@cache
def _template_mark() -> str:
    return blake2b(TEMPLATE.read_bytes(), digest_size=8).hexdigest()
