"""The published versions of a sheet: what the pages of its history say of each.

A name of its own because lists, comparisons and old versions all tell the same: when, by whom, how big, why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.attachments.rows import attachments_among
from agora.people.models import Member

from ..addresses import compare_url, restore_url, version_url
from ..fields import PracticeFields
from ..models import PracticePage, RevisionNote
from ..wording import capitalised, day, interface_language

BIGGEST_ID = 2**63 - 1  # SQLite fails on more where PostgreSQL finds nothing


@dataclass(frozen=True, slots=True)
class Line:
    """One version as the pages of the history name it.

    `changes_url`: what it changed, empty for the first version.
    """

    number: int
    when: str
    by: str
    size: str
    reason: str
    more: tuple[str, ...]
    url: str
    changes_url: str
    restore_url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it was, the sentence that says so, and its line."""

    practice: PracticePage
    said: str
    line: Line


def versions_of(practice: PracticePage) -> QuerySet[RevisionNote]:
    """Return the notes of the published versions of a sheet, newest first, with their authors."""
    return (
        RevisionNote.objects.filter(revision__in=practice.revisions.all())
        .select_related("author__cpas")
        .order_by("-published_at", "-pk")
    )


def numbers_of(practice: PracticePage) -> list[int]:
    """Return the numbers of the published versions of a sheet, oldest first."""
    return list(versions_of(practice).reverse().values_list("revision_id", flat=True))


def told(notes: QuerySet[RevisionNote]) -> QuerySet[RevisionNote]:
    """Return notes with all that a line says of them."""
    return notes.select_related("author__cpas", "reviewer__cpas", "restored_from__practice_note")


def lines(notes: Sequence[RevisionNote], practice: PracticePage, before: int | None = None) -> list[Line]:
    """Return the lines of these notes, which follow each other, newest first.

    `before`: the number of the version before the last of them; None when that one is the first of all.
    """
    earlier = [note.revision_id for note in notes[1:]] + [before]
    return [line_of(note, practice, previous) for note, previous in zip(notes, earlier, strict=True)]


def line_of(note: RevisionNote, practice: PracticePage, previous: int | None = None) -> Line:
    """Return one version as the pages name it; `previous`: the number of the version before it."""
    language, number = interface_language(), note.revision_id
    return Line(
        number=number,
        when=moment(note),
        by=by(note),
        size=capitalised(note.get_significance_display()),
        reason=note.reason,
        more=tuple(_more(note)),
        url=version_url(practice.slug, language, number),
        changes_url=compare_url(practice.slug, language, previous, number) if previous else "",
        restore_url=restore_url(practice.slug, language, number),
        is_current=number == practice.live_revision_id,
    )


def version_of(practice: PracticePage, number: int) -> Version | None:
    """Return a published version by the number of its revision; None for another page's or an unpublished."""
    note = note_of(practice, number)
    if note is None:
        return None
    said = _("Version du %(moment)s, %(by)s.") % {"moment": moment(note), "by": by(note)}
    return Version(practice.with_content_json(note.revision.content), said, line_of(note, practice))


def note_of(practice: PracticePage, number: int) -> RevisionNote | None:
    """Return the note of a published version, with its revision; None when there is none on this sheet."""
    if not 0 < number <= BIGGEST_ID:
        return None
    return told(versions_of(practice)).filter(revision_id=number).select_related("revision").first()


def fields_of_version(note: RevisionNote) -> PracticeFields:
    """Return what a version says; its revision must have been read with it."""
    return PracticeFields.of_content(note.revision.content)


def fields_to_restore(note: RevisionNote) -> PracticeFields:
    """Return what a version would say again today: files that were withdrawn since stay away."""
    fields = fields_of_version(note)
    if not fields.attachments:
        return fields
    files = attachments_among(fields.attachments)
    return replace(fields, attachments=tuple(str(file.pk) for file in files if not file.withdrawn_at))


def moment(note: RevisionNote) -> str:
    """Return « 3 mars 2026 à 14:32 »."""
    when = timezone.localtime(note.published_at)
    return _("%(day)s à %(time)s") % {"day": day(when), "time": f"{when:%H:%M}"}


def by(note: RevisionNote) -> str:
    """Name the author as members see it: « par Samira B., Forest »; nobody's name once they left."""
    if (who := _who(note.author)) is None:
        return _("par quelqu’un qui a quitté Agora")
    return _("par %(who)s") % {"who": who}


def _who(person: Member | None) -> str | None:
    if person is None or person.status == Member.Status.LEFT:
        return None
    return ", ".join(filter(None, [person.signature, person.cpas.name if person.cpas else ""]))


def _more(note: RevisionNote):
    """Yield what else is known of a version: which one it brings back, who let it through."""
    old = note.restored_from and getattr(note.restored_from, "practice_note", None)
    if old:
        yield _("Reprend la version du %(moment)s.") % {"moment": moment(old)}
    if who := _who(note.reviewer):
        said = _("Relue et retouchée par %(who)s.") if note.is_amended else _("Relue par %(who)s.")
        yield said % {"who": who}
