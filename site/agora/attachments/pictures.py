"""Pictures without what a camera or a telephone wrote into them: place, hour, owner, comments.

No Django here (see workshop.py). A picture that is attached is decoded and written anew from its pixels.
One that lies inside an Office file keeps its pixels untouched; only its notes are cut out.
"""

import io
import struct
import warnings
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .checks import Refusal
from .kinds import MOST_PIXELS

FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
WRITTEN = {
    "png": {"optimize": False},
    "jpg": {"quality": 90, "progressive": True},
    "webp": {"quality": 90},
}
ORIENTATION = 0x0112  # EXIF 2.32, §4.6.4


def clean_picture(source: Path, target: Path, kind: str) -> None:
    """Write a picture anew: upright, in plain colours, with nothing but its pixels.

    Refusal when it is not what it seems, moves, is cut short, or has too many pixels (told by its header,
    before anything is decoded).
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd notes in a file are no matter: they go
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(source, formats=[FORMATS[kind]]) as picture:
                # Telephones put a second picture behind some JPEG (a depth map): only the first one counts.
                if kind != "jpg" and getattr(picture, "is_animated", False):
                    raise Refusal("moving")
                picture.load()
                _written(picture, kind, target)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Refusal("pixels") from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
            raise Refusal("damaged") from error


def _written(picture: Image.Image, kind: str, target: Path) -> None:
    profile = picture.info.get("icc_profile")
    ImageOps.exif_transpose(picture, in_place=True)
    upright = _plain_colours(picture, profile)
    if kind == "jpg" and upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    # The saving codecs take notes from here when they are not told otherwise.
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    upright.getexif().clear()
    upright.save(target, FORMATS[kind], **WRITTEN[kind])


def _plain_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Bring the colours to sRGB, which is what a picture without a profile is taken for."""
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


# --- Inside Office files -------------------------------------------------------------------------


def without_notes(content: bytes) -> bytes:
    """Return a JPEG or PNG with its notes cut out and its pixels untouched; anything else as it is."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg_without_notes(content)
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png_without_notes(content)
    except (struct.error, IndexError, ValueError, SyntaxError, OSError):
        return content  # damaged: its reader will say so
    return content


def _jpeg_without_notes(content: bytes) -> bytes:
    """Drop application segments and comments, but those about reading the colours (ITU T.81, annex B)."""
    kept, at = [b"\xff\xd8"], 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        marker = content[at + 1]
        (length,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + length]
        at += 2 + length
        is_note = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)
        if marker == 0xE2 and segment[4:15] == b"ICC_PROFILE":
            is_note = False
        if marker == 0xE1 and segment[4:8] == b"Exif":
            kept.append(_orientation_only(segment[4:]))
        elif not is_note:
            kept.append(segment)
    return b"".join([*kept, content[at:]])


def _orientation_only(exif: bytes) -> bytes:
    """Return an EXIF segment that only says which side is up; nothing when it is the usual one."""
    told = Image.Exif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told.load(exif)
        turned = told.get(ORIENTATION, 1)
    if turned not in range(2, 9):
        return b""
    fresh = Image.Exif()
    fresh[ORIENTATION] = turned
    body = fresh.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png_without_notes(content: bytes) -> bytes:
    """Drop the chunks of text, time and EXIF (W3C PNG, §11.3)."""
    kept, at = [content[:8]], 8
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        chunk = content[at : at + 12 + length]
        if chunk[4:8] not in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"):
            kept.append(chunk)
        at += 12 + length
    return b"".join(kept)
