"""The sheets beside a sheet: the same practice in the other language, and those that are close."""

from dataclasses import dataclass
from itertools import islice

from agora.vocabulary import lists

from .. import facets
from ..addresses import sheet_url
from ..adoption.family import family_numbers
from ..models import PracticePage
from ..wording import inside_sentence, interface_language

RELATED = 3


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
    """Return a few sheets: its family, then those that share a theme and a service, then a theme.

    Those in the same language come first.
    """
    position = picture.positions.get(practice.pk)
    if position is None:
        return []
    here = 1 << position
    mine = {
        name: [value for value, mask in picture.masks[name].items() if mask & here]
        for name in ("theme", "service", "langue")
    }
    others = picture.readable(member=member) & ~here
    if translation:
        others &= ~(1 << picture.positions.get(translation.pk, position))
    close = picture.any_of("theme", mine["theme"]) & others
    closest = close & picture.any_of("service", mine["service"])
    speaking = picture.any_of("langue", mine["langue"])
    family = picture.at(family_numbers(practice, member=member)) & others
    chosen: dict[int, facets.Card] = {}
    for mask in (family & speaking, family, closest & speaking, close & speaking, closest, close):
        found = picture.ordered(mask, facets.DEFAULT_SORT, 0, RELATED)
        chosen |= {card.pk: card for card in found if card.pk not in chosen}
    return [_neighbour(card) for card in islice(chosen.values(), RELATED)]


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
