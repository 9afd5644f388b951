"""Drafts as lists show them: « Mes brouillons », and the last ones on the home page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agora.face.days import first_of_month

from .handlers import Sent, handler_of, kinds
from .models import Draft


@dataclass(frozen=True, slots=True)
class Row:
    """One draft as the list shows it."""

    draft: Draft
    url: str
    title: str
    place: str
    saved: str
    news: str
    what: str  # « Question à poser »; empty for a sheet


def rows_of(drafts: Iterable[Draft]) -> list[Row]:
    """Return the rows of some drafts, those of forms that no longer exist left out."""
    drafts = list(drafts)
    news = {}
    for kind in {draft.kind for draft in drafts}:
        if handler := handler_of(kind):
            news |= handler.news([draft for draft in drafts if draft.kind == kind])
    return [
        Row(
            draft=draft,
            url=handler.url(draft),
            title=handler.name(draft) or _("Sans titre"),
            place=handler.place(draft),
            what=handler.what(draft),
            saved=moment(draft.saved_at),
            news=news.get(draft.pk, ""),
        )
        for draft in drafts
        if (handler := handler_of(draft.kind)) and (draft.title or not handler.is_fleeting)
    ]


def sent_by(user) -> list[Sent]:
    """Return what this person sent through any form and is not done with."""
    return [sent for kind in kinds() if (handler := handler_of(kind)) for sent in handler.sent(user)]


def moment(when) -> str:
    """Return « aujourd’hui à 14:32 », « hier à 9:05 », or « le 3 mars 2026 à 9:05 »."""
    when = timezone.localtime(when)
    hour = date_format(when, "H:i")
    days = (timezone.localdate() - when.date()).days
    if days == 0:
        return _("aujourd’hui à %(hour)s") % {"hour": hour}
    if days == 1:
        return _("hier à %(hour)s") % {"hour": hour}
    return _("le %(day)s à %(hour)s") % {"day": first_of_month(date_format(when, "j F Y")), "hour": hour}
