"""Calling somebody in a room (« @Frêne »): who can be called, and who hears of it.

A name of its own: it is neither a form nor an act on one text.

- One calls by the names that stand under the texts that one reads: a pseudonym, a card, a name. The list
  does not come from the seats: it would lose a tree the day when somebody leaves, and tell whose tree it was.
  Where one signs with one's name, the people of the room are there too.
- In a blind phase nobody is told: a letter would say that somebody wrote. The call stands in the text and is
  read with it when the phase opens.
- Whoever is called by name has a letter. A pseudonym or a card called sends it to the whole room: a letter to
  one person would tell those who sit beside them. It says « something new in a room », never that one was
  called, nor by whom.
"""

from collections.abc import Iterable

from agora.richtext import quotes

from ..models import Contribution, PhaseRun, Room, Seat
from ..rooms.actions import tell, tell_others
from .names import name_under

NAMED = ("name", "choice")  # ways of signing a phase in which people stand under their own name


def names_for(seat: Seat, texts: Iterable[Contribution], seats: Iterable[Seat]) -> list[str]:
    """Return the names that the holder of a seat may call, given the texts they read and who is present."""
    found = {name_under(text) for text in texts if text.mark != seat.mark and _has_name(text)}
    if seat.room.phase.signing in NAMED:
        found |= {each.member.signature for each in seats if each.pk != seat.pk}
    return sorted(found, key=str.casefold)


def _has_name(text: Contribution) -> bool:
    return bool(text.signed) or (text.author is not None and text.author.is_validated)


def known_to(seat: Seat, words: str) -> list[str]:
    """Return the names that the holder of a seat may call, if a text calls or quotes at all (two queries)."""
    if "@" not in words and ">" not in words:
        return []
    texts = Contribution.objects.readable_by(seat).standing().select_related("author")
    present = seat.room.seats.present().select_related("member")
    return names_for(seat, texts, present)


def called_in(seat: Seat, words: str) -> list[str]:
    """Return the names that a text by the holder of a seat calls, for its preview and its letters."""
    return quotes.called(words, known_to(seat, words)) if "@" in words else []


def tell_called(seat: Seat, text: Contribution, words: str, before: str = "") -> None:
    """Send the letters for the names that a text calls and did not call `before`; in its transaction.

    None while the group does not read it: in a blind phase, or before the second reading of a narrative.
    """
    if is_silent(text.run) or text.is_held:
        return
    names = set(called_in(seat, words)) - set(called_in(seat, before))
    if not names:
        return
    room: Room = seat.room
    present = list(room.seats.present().select_related("member"))
    people = [each for each in present if each.pk != seat.pk and each.member.signature in names]
    trees = set(
        Contribution.objects.readable_by(seat).standing().filter(author=None).values_list("signed", flat=True)
    )
    if names & trees:
        tell_others(room, seat)
        return
    for each in people:
        tell(room, each)


def is_silent(run: PhaseRun) -> bool:
    """Whether nobody is told of a call: while the phase is sealed."""
    return run.is_sealed and run.unsealed_at is None


def calls(row: Contribution, seat: Seat) -> bool:
    """Whether a text that the holder of a seat reads calls them, by their name or by their tree."""
    if row.mark == seat.mark or "@" not in row.text:
        return False
    return bool(quotes.called(row.text, [seat.pseudonym, seat.member.signature]))
