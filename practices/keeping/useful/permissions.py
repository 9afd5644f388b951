"""Who may say that a sheet is useful, and who reads the word that goes with it."""

from agora.people.audience import MEMBERS, tokens_of

from ...models import PracticePage, Useful
from ...permissions import can_read, is_keeper


def can_say_useful(user, practice: PracticePage) -> bool:
    """A member says it of a sheet that they may read and do not keep themselves."""
    return MEMBERS in tokens_of(user) and can_read(user, practice) and not is_keeper(user, practice)


def can_read_word(user, useful: Useful) -> bool:
    """Whoever answers for the published sheet reads the word, as long as its author is a member."""
    practice = useful.practice
    is_letter = bool(useful.word) and useful.member.is_validated
    return is_letter and practice.live and is_keeper(user, practice)
