"""Reading lists as their pages show them; sheets come from the picture in memory, with the reader's rights.

A name of its own: it is what the pages say, not how they are asked for.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agora.people.audience import MEMBERS, tokens_of

from ... import facets
from ...catalogue.rows import row_parts
from ...catalogue.sentences import counted
from ...models import ReadingItem, ReadingList


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet of a list: the item, and its title, summary and life as the catalogue draws them."""

    item: ReadingItem
    number: int
    title: str
    small_map: SafeString
    words: SafeString
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list among others: how many of its sheets the reader may open."""

    reading_list: ReadingList
    counted: str
    audience: str
    owner: str


def readable_items(
    user, items: list[ReadingItem], picture: facets.Picture | None = None
) -> list[tuple[ReadingItem, facets.Card]]:
    """Keep the items whose sheet a user may read now, each with its card (no query beside the mark)."""
    picture = picture or facets.picture()
    readable = picture.readable(member=MEMBERS in tokens_of(user))
    found = []
    for item in items:
        position = picture.positions.get(item.practice_id)
        if position is not None and readable >> position & 1:
            found.append((item, picture.cards[position]))
    return found


def rows_of(user, reading_list: ReadingList) -> list[Row]:
    """Return the sheets of a list that a user may read, in the list's order."""
    pairs = readable_items(user, list(reading_list.items.all()))
    return [
        Row(item, number, card.title, *row_parts(card), number == 1, number == len(pairs))
        for number, (item, card) in enumerate(pairs, start=1)
    ]


def list_rows(user, lists) -> list[ListRow]:
    """Return what a page says of several lists (three queries: lists, items, the mark)."""
    picture, rows = facets.picture(), []
    for each in lists:
        count = len(readable_items(user, list(each.items.all()), picture))
        rows.append(ListRow(each, counted(count), audience_said(each), _by(each)))
    return rows


def audience_said(reading_list: ReadingList) -> str:
    """Answer « Qui peut lire ceci ? » for a list."""
    if reading_list.audience == ReadingList.Audience.MEMBERS:
        return _("Les membres des 19 CPAS.")
    cpas = reading_list.owner.cpas
    if reading_list.audience == ReadingList.Audience.CPAS and cpas:
        return _("Les membres du CPAS %(name)s.") % {"name": cpas.name}
    return _("Vous, et personne d’autre.")


def _by(reading_list: ReadingList) -> str:
    owner = reading_list.owner
    return ", ".join(filter(None, [owner.signature, owner.cpas.name if owner.cpas else ""]))
