"""From a file that somebody sent to one that may be kept: judged by its content, without metadata.

No Django here (see workshop.py). Also the names under which files are shown.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from .checks import Refusal, family_of
from .kinds import MOST_BYTES
from .office import clean_office
from .pictures import clean_picture

NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What a clean file is: its kind, its pages or slides where known, what could not be taken out."""

    kind: str
    pages: int | None = None
    notes: list[str] = field(default_factory=list)


def clean(source: Path, target: Path) -> Cleaned:
    """Write at `target` the file that may be kept of `source`; Refusal when none may."""
    if source.stat().st_size > MOST_BYTES:
        raise Refusal("too_big")
    family = family_of(source)
    if family == "pdf":
        # Only a child opens files (workshop.py): the site starts without the weight of what reads a PDF.
        from .pdf import clean_pdf

        return Cleaned("pdf", *clean_pdf(source, target))
    if family == "zip":
        return Cleaned(*clean_office(source, target))
    clean_picture(source, target, family)
    return Cleaned(family)


_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_BLANKS = re.compile(r"\s+")
# What no file system or sentence should meet in a name.
_UNSAFE = re.compile(r'[/\\:*?"<>|]')


def clean_name(name: str, kind: str) -> str:
    """Return the name under which a file is shown: its own words, and the extension of what it is.

    Folders go, and so do control and direction characters, which make « fdp.exe » out of « exe.pdf ».
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", str(name)))[-1]
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " if c in "\t\n\r" else "" for c in last)
    stem = _ENDING.sub("", _BLANKS.sub(" ", _UNSAFE.sub(" ", kept)).strip(" ."))
    stem = stem[: NAME_LENGTH - len(kind) - 1].strip(" .")
    return f"{stem or 'fichier'}.{kind}"
