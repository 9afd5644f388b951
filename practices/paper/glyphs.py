"""Which characters the fonts of the paper can draw.

A name of its own: a tagged PDF may not hold a character without a shape, and the compiler refuses the whole
sheet for one of them. So what cannot be drawn is known beforehand and stands on paper as an empty tile.
"""

from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


@cache
def drawable() -> frozenset[int]:
    """Return the code points that at least one of our fonts draws."""
    from fontTools.ttLib import TTFont  # slow to load, and only the first paper of a process asks

    found: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)
