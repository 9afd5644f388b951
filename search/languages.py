"""Which of the two languages a text is in, by its small words.

A name of its own: a room knows the language of its pages, not of what people write under them or attach.
"""

from . import analysis
from .contract import Lang

READ = 4000  # characters that are enough to tell
MARGIN = 3  # small words more than the other language has, before we believe it


def guessed(text: str, otherwise: Lang) -> Lang:
    """Return the language of a text, `otherwise` when it is too short or too mixed to tell."""
    french = dutch = 0
    for token in analysis.tokens(text[:READ]):
        is_french = analysis.is_stop_word(token.surface, "fr")
        is_dutch = analysis.is_stop_word(token.surface, "nl")
        french += is_french and not is_dutch
        dutch += is_dutch and not is_french
    if abs(french - dutch) < MARGIN:
        return otherwise
    return "fr" if french > dutch else "nl"
