"""The sheets that a member's page lists: those they keep, those they told first.

A name of its own: it fills a registry of the room of people (agora.people.contributions).
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agora.people import contributions
from agora.people.contributions import MOST, Link

from .models import PracticePage, RevisionNote

LOOKED_AT = 100  # first versions by one person, the latest first


def register() -> None:
    """Put sheets on members' pages (from AppConfig.ready)."""
    contributions.register("practices.kept", _("S’occupe de ces fiches"), kept)
    contributions.register("practices.told", _("A raconté ces fiches"), told)


def kept(person, reader) -> list[Link]:
    """Return the sheets that somebody keeps and the reader may read."""
    return _links(PracticePage.objects.visible_to(reader).filter(owner=person))


def told(person, reader) -> list[Link]:
    """Return the sheets that somebody told first and does not keep (those stand above)."""
    first = RevisionNote.objects.filter(author=person, significance=RevisionNote.Significance.CREATED)
    keys = [int(key) for key in first.values_list("revision__object_id", flat=True)[:LOOKED_AT]]
    return _links(PracticePage.objects.visible_to(reader).filter(pk__in=keys).exclude(owner=person))


def _links(sheets: QuerySet[PracticePage]) -> list[Link]:
    latest: Iterable[PracticePage] = sheets.select_related("locale").order_by("-last_published_at", "-pk")
    return [
        Link(sheet.title, sheet.get_absolute_url(), sheet.locale.language_code) for sheet in latest[:MOST]
    ]
