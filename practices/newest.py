"""The newest sheets, and one worth reading, for the home page: chosen from the picture in memory."""

from dataclasses import dataclass
from datetime import datetime

from agora.people.audience import MEMBERS, tokens_of
from agora.vocabulary.models import Cpas

from . import facets
from .models import Adoption, PracticePage


@dataclass(frozen=True, slots=True)
class NewSheet:
    """One row: what it is, where it comes from, which CPAS (INS codes) have tried it."""

    title: str
    summary: str
    url: str
    language: str
    kind_label: str
    origin: str
    published_at: datetime | None
    tried_by: tuple[str, ...]


def newest_for(user, count: int, language: str | None = None) -> list[NewSheet]:
    """Return the `count` sheets published last among those that a user (or a visitor) may read.

    `language` ("fr" or "nl") keeps those written in it; both languages without it.
    """
    picture = facets.picture()
    mask = picture.readable(member=MEMBERS in tokens_of(user))
    if language:
        mask &= picture.any_of("langue", [language])
    chosen = [card.pk for card in picture.ordered(mask, "nouvelles", 0, count)]
    visible = PracticePage.objects.visible_to(user).filter(pk__in=chosen)
    pages = sorted(
        visible.select_related("locale", "origin").defer("rendered"), key=lambda page: chosen.index(page.pk)
    )
    tried: dict[int, list[str]] = {}
    adoptions = Adoption.objects.filter(practice__in=pages).exclude(state=Adoption.State.STOPPED)
    for practice, cpas in adoptions.values_list("practice_id", "cpas_id"):
        tried.setdefault(practice, []).append(cpas)
    return [
        NewSheet(
            title=page.title,
            summary=page.summary,
            url=page.get_absolute_url(),
            language=page.locale.language_code,
            kind_label=page.get_kind_display(),
            origin=_name(page.origin),
            published_at=page.first_published_at,
            tried_by=tuple(tried.get(page.pk, ())),
        )
        for page in pages
    ]


def worth_reading(member, language: str) -> facets.Card | None:
    """Return the sheet tried by most CPAS among those that a member's own CPAS neither told nor tried.

    In one language ("fr" or "nl"); under the themes that the member follows, where they follow some. None
    when nothing is left.
    """
    picture = facets.picture()
    mask = picture.everything & picture.any_of("langue", [language])
    if member.cpas_id:
        mask &= ~(picture.any_of("cpas", [member.cpas_id]) | picture.any_of("essayee", [member.cpas_id]))
    if themes := list(member.themes.values_list("slug", flat=True)):
        mask &= picture.any_of("theme", themes)
    return next(iter(picture.ordered(mask, "essayees", 0, 1)), None)


def _name(cpas: Cpas | None) -> str:
    return cpas.name if cpas else ""
