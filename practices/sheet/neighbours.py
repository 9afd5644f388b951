"""The sheets beside a sheet: the same practice in the other language, and those that are close."""

from dataclasses import dataclass

from agora.vocabulary import lists
from search.service import search_service

from .. import facets
from ..addresses import sheet_url
from ..adoption.family import family_numbers
from ..indexing import KIND, SOURCE, words_of
from ..models import PracticePage
from ..wording import inside_sentence, interface_language
from .nearness import closest

RELATED = 3
LOOKED_AT = 24  # sheets that search proposes, some of them the sister or the family


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One related sheet."""

    title: str
    url: str
    language: str
    is_foreign: bool
    said: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The same practice in the other language."""

    pk: int
    language: str
    url: str


def translation_of(practice: PracticePage, *, member: bool) -> Translation | None:
    """Return the sheet in the other language, when the reader may open it."""
    sisters = PracticePage.objects.filter(translation_key=practice.translation_key, live=True)
    if not member:
        sisters = sisters.filter(is_showcase=True)
    found = sisters.exclude(pk=practice.pk).values_list("pk", "locale__language_code", "slug").first()
    return Translation(found[0], found[1], sheet_url(found[2], found[1])) if found else None


def related_to(
    practice: PracticePage, picture: facets.Picture, translation: Translation | None, *, member: bool
) -> list[Neighbour]:
    """Return a few sheets: its family, those in the same language first, then the closest.

    How close two sheets are is told by search; where it does not answer, or knows too few, by
    `practices.sheet.nearness`.
    """
    position = picture.positions.get(practice.pk)
    if position is None:
        return []
    others = picture.readable(member=member) & ~(1 << position)
    if translation:
        others &= ~(1 << picture.positions.get(translation.pk, position))
    family = picture.at(family_numbers(practice, member=member)) & others
    speaking = picture.any_of("langue", [picture.cards[position].language])
    chosen = [
        *picture.ordered(family & speaking, facets.DEFAULT_SORT, 0, RELATED),
        *picture.ordered(family & ~speaking, facets.DEFAULT_SORT, 0, RELATED),
    ][:RELATED]
    count, others = RELATED - len(chosen), others & ~family
    near = _resembling(practice, others, picture, count, member=member) if count else []
    if len(near) < count:
        for place in near:
            others &= ~(1 << place)
        near += closest(position, others, picture, count - len(near))
    return [_neighbour(card) for card in (*chosen, *(picture.cards[place] for place in near))]


def _resembling(
    practice: PracticePage, others: int, picture: facets.Picture, count: int, *, member: bool
) -> list[int]:
    """Return where the sheets stand that search finds closest, among `others` (a mask); none else."""
    themes = frozenset(theme.slug for theme in practice.themes.all())
    uids = search_service().related(
        words_of(practice),
        member=member,
        size=LOOKED_AT,
        kinds=frozenset({KIND}),
        near={"theme": themes, "language": frozenset({practice.locale.language_code})},
        but=frozenset({SOURCE.uid(practice.pk)}),
    )
    places = (picture.positions.get(int(uid.partition(":")[2])) for uid in uids)
    return [place for place in places if place is not None and others >> place & 1][:count]


def _neighbour(card: facets.Card) -> Neighbour:
    maturity = str(PracticePage.Maturity(card.maturity).label)
    origin = lists.cpas_by_ins()[card.origin].name if card.origin else ""
    said = f"{origin}, {inside_sentence(maturity)}" if origin else maturity
    return Neighbour(
        title=card.title,
        url=sheet_url(card.slug, card.language),
        language=card.language,
        is_foreign=card.language != interface_language(),
        said=said,
    )
