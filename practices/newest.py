"""The newest sheets, as short rows for the home page."""

from dataclasses import dataclass
from datetime import datetime

from agora.vocabulary.models import Cpas

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
    visible = PracticePage.objects.visible_to(user)
    if language:
        visible = visible.filter(locale__language_code=language)
    pages = list(
        visible.select_related("locale", "origin")
        .defer("rendered")
        .order_by("-first_published_at", "-pk")[:count]
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


def _name(cpas: Cpas | None) -> str:
    return cpas.name if cpas else ""
