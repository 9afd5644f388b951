"""Which characters the fonts of the paper can draw.

A name of its own: a tagged PDF may not hold a character without a shape, and the compiler refuses the whole
sheet for one of them. So what cannot be drawn is known beforehand and stands on paper as an empty tile.
"""

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
_FORMAT_4, _FORMAT_12 = 4, 12


@cache
def drawable() -> frozenset[int]:
    """Return the code points that at least one of our fonts draws."""
    found: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        found |= _characters(path.read_bytes())
    return frozenset(found)


def _characters(font: bytes) -> set[int]:
    """Read the character map of a TrueType font (table `cmap` of the OpenType specification)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sLLL", font, 12 + 16 * rank) for rank in range(count))
    start = next(offset for tag, _checksum, offset, _length in tables if tag == b"cmap")
    found: set[int] = set()
    for rank in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">HHL", font, start + 4 + 8 * rank)[2]
        kind = struct.unpack_from(">H", font, at)[0]
        if kind == _FORMAT_4:
            found |= _segments(font, at)
        elif kind == _FORMAT_12:
            found |= _groups(font, at)
    return found


def _segments(font: bytes, at: int) -> set[int]:
    size = struct.unpack_from(">H", font, at + 6)[0]  # twice the number of segments
    numbers = [f">{size // 2}{sign}" for sign in "HHhH"]
    places = (at + 14, at + 16 + size, at + 16 + 2 * size, at + 16 + 3 * size)
    ends, starts, deltas, offsets = (
        struct.unpack_from(form, font, place) for form, place in zip(numbers, places, strict=True)
    )
    found = set()
    for rank, (end, start, delta, offset) in enumerate(zip(ends, starts, deltas, offsets, strict=True)):
        for code in range(start, end + 1):
            glyph = code + delta
            if offset:
                where = places[3] + 2 * rank + offset + 2 * (code - start)
                glyph = struct.unpack_from(">H", font, where)[0]
                glyph = glyph + delta if glyph else 0
            if glyph & 0xFFFF and code != 0xFFFF:
                found.add(code)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">L", font, at + 12)[0]
    groups = (struct.unpack_from(">LLL", font, at + 16 + 12 * rank) for rank in range(count))
    return {code for first, last, glyph in groups for code in range(first, last + 1) if glyph}
