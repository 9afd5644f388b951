"""The published versions of a sheet: what its history page lists, and one version as it was.

Drafts and autosaves are revisions too; only those with a note were ever published (see RevisionNote).
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.models import Member

from .addresses import version_url
from .models import PracticePage, RevisionNote
from .wording import capitalised, day, interface_language

BIGGEST_ID = 2**63 - 1  # SQLite fails on more where PostgreSQL finds nothing


@dataclass(frozen=True, slots=True)
class Line:
    """One version in the list: when, by whom, how big the change was, why."""

    when: str
    by: str
    size: str
    reason: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it was, and the sentence that says so."""

    practice: PracticePage
    said: str
    is_current: bool


def versions_of(practice: PracticePage) -> QuerySet[RevisionNote]:
    """Return the notes of the published versions of a sheet, newest first, with their authors."""
    return (
        RevisionNote.objects.filter(revision__in=practice.revisions.all())
        .select_related("author__cpas")
        .order_by("-published_at", "-pk")
    )


def lines(notes: list[RevisionNote], practice: PracticePage) -> list[Line]:
    """Return the lines of the history page for these notes."""
    language = interface_language()
    return [
        Line(
            when=_moment(note),
            by=_by(note),
            size=capitalised(note.get_significance_display()),
            reason=note.reason,
            url=version_url(practice.slug, language, note.revision_id),
            is_current=note.revision_id == practice.live_revision_id,
        )
        for note in notes
    ]


def version_of(practice: PracticePage, number: int) -> Version | None:
    """Return a published version by the number of its revision; None for another page's or an unpublished."""
    if number > BIGGEST_ID:
        return None
    note = versions_of(practice).filter(revision_id=number).select_related("revision", "author__cpas").first()
    if note is None:
        return None
    said = _("Version du %(moment)s, %(by)s.") % {"moment": _moment(note), "by": _by(note)}
    return Version(note.revision.as_object(), said, note.revision_id == practice.live_revision_id)


def _moment(note: RevisionNote) -> str:
    moment = timezone.localtime(note.published_at)
    return _("%(day)s à %(time)s") % {"day": day(moment), "time": f"{moment:%H:%M}"}


def _by(note: RevisionNote) -> str:
    """Name the author as members see it: « par Samira B., Forest »; nobody's name once they left."""
    author = note.author
    if author is None or author.status == Member.Status.LEFT:
        return _("par quelqu’un qui a quitté Agora")
    place = author.cpas.name if author.cpas else ""
    return _("par %(who)s") % {"who": ", ".join(filter(None, [author.signature, place]))}
