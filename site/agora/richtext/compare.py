"""Two versions of one text, with the words that differ marked in each."""

import re
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_PIECES = re.compile(r"\s+|[^\s\w]|\w+")
MOST_PIECES = 3000  # above, the two are shown without marks: comparing would take seconds


def mark_differences(one: str, other: str) -> tuple[SafeString, SafeString]:
    """Return both texts escaped, line ends as <br>, the words that the other does not have in <mark>."""
    left, right = _PIECES.findall(one), _PIECES.findall(other)
    if len(left) > MOST_PIECES or len(right) > MOST_PIECES:
        return _shown([(one, False)]), _shown([(other, False)])
    sides: tuple[list, list] = ([], [])
    codes = SequenceMatcher(None, left, right).get_opcodes()
    for kind, start, end, first, last in codes:
        sides[0].append(("".join(left[start:end]), kind != "equal"))
        sides[1].append(("".join(right[first:last]), kind != "equal"))
    return _shown(sides[0]), _shown(sides[1])


def _shown(runs: list[tuple[str, bool]]) -> SafeString:
    html = "".join(
        f"<mark>{escape(text)}</mark>" if marked and text.strip() else escape(text) for text, marked in runs
    )
    return mark_safe(html.replace("\n", "<br>"))  # noqa: S308 (escaped above)
