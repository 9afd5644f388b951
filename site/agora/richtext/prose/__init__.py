"""What changed between two versions of a text, told as prose: one function, `prose_changes`.

Its own names because it is a small machine in four parts: `blocks` (a text as paragraphs and words), `align`
(which paragraph became which), `words` (which words changed inside one), `show` (HTML and sentences).
Why so and not otherwise: docs/decisions/history.md.
"""

from .difference import ProseDiff, prose_changes

__all__ = ["ProseDiff", "prose_changes"]
