"""Which files may be attached, and how large: the numbers that forms, checks and pages all say.

No Django here: the process that opens strangers' files (workshop.py) reads this too.
"""

from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024  # one file
MOST_FILES = 8  # one sheet
MOST_PIXELS = 30_000_000  # a photograph of 6,500 by 4,600; decoded, 120 MB
MOST_UNPACKED = 150 * 1024 * 1024  # all the parts of an Office file together


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of file: its extension, its media type, whether a browser may show it in place."""

    name: str
    media_type: str
    is_shown_inline: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
KINDS = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", True),
        Kind("docx", _OOXML + "wordprocessingml.document"),
        Kind("xlsx", _OOXML + "spreadsheetml.sheet"),
        Kind("pptx", _OOXML + "presentationml.presentation"),
        Kind("odt", _ODF + "text"),
        Kind("ods", _ODF + "spreadsheet"),
        Kind("odp", _ODF + "presentation"),
        Kind("png", "image/png", True),
        Kind("jpg", "image/jpeg", True),
        Kind("webp", "image/webp", True),
    )
}
PICTURES = ("png", "jpg", "webp")
# What a browser proposes to choose from; it proves nothing.
ACCEPT = ",".join(f".{name}" for name in (*KINDS, "jpeg"))
