"""Sheets from a file: each row is checked, then created, changed, left alone or refused with its reasons.

A name of its own beside actions.py: an import strings acts together (create, change, open to all, declare
an adoption) and reports on them; the command line uses it, and so may an API. See docs/import.md.

Safe to run again: rows are known by their `external_id`. A row whose content the sheet has now, or had in
an earlier version (somebody corrected it on the site since), changes nothing. What members declared on the
site about their CPAS is never touched. Each row stands or falls alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from agora.gathering import gathered
from agora.people.models import Member

from .actions import create_practice, publish_version, set_showcase
from .adoption.actions import declare_imported
from .fields import PracticeFields
from .history import versions_of
from .import_files import Row, read_rows
from .import_rows import COLUMNS, LIST_COLUMNS, RowRefused, Told, checked
from .models import CatalogueStamp, PracticePage, RevisionNote
from .permissions import can_edit

BATCH = 10  # rows per transaction: the site writes in between, on a busy machine too


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one row; `reasons` are sentences, one per thing to repair (or to know)."""

    number: int
    external_id: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """What became of all the rows of a file, in order."""

    verdicts: list[Verdict] = field(default_factory=list)

    def _count(self, outcome: Outcome) -> int:
        return sum(verdict.outcome is outcome for verdict in self.verdicts)

    @property
    def created(self) -> int:
        """How many sheets were created."""
        return self._count(Outcome.CREATED)

    @property
    def changed(self) -> int:
        """How many sheets have a new version, or new adoptions."""
        return self._count(Outcome.CHANGED)

    @property
    def unchanged(self) -> int:
        """How many rows brought nothing new."""
        return self._count(Outcome.UNCHANGED)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return self._count(Outcome.REFUSED)

    def __str__(self) -> str:
        said = _(
            "Créées : %(created)d. Changées : %(changed)d. "
            "Sans changement : %(unchanged)d. Refusées : %(refused)d."
        ) % {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
        }
        refusals = [v for v in self.verdicts if v.outcome is Outcome.REFUSED]
        return "\n".join([said, *(f"{v.number} {v.external_id} {' '.join(v.reasons)}" for v in refusals)])


def import_file(path: Path, *, as_member: Member | None = None, dry_run: bool = False) -> Report:
    """Import a file of sheets (JSON Lines, or CSV when its name ends so) and report on each row.

    `as_member` signs the rows without author, and all changes; by default the author of the row does.
    With `dry_run` everything is tried and undone. Raises FileRefused when the file is no text at all.
    """
    rows = read_rows(Path(path), columns=COLUMNS, lists=LIST_COLUMNS)
    return import_rows(rows, as_member=as_member, dry_run=dry_run)


def import_rows(rows: Iterable[Row], *, as_member: Member | None = None, dry_run: bool = False) -> Report:
    """Import rows that were read already; see `import_file`."""
    report, run = Report(), _Run(as_member)
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            # What each save of a page would ask for again (the catalogue's mark, Wagtail's indexes), once.
            with CatalogueStamp.renewed_around(), gathered(wanted=not dry_run):
                report.verdicts += [run.take(row) for row in batch]
            if dry_run:
                transaction.set_rollback(True)
    report.verdicts = run.settled(report.verdicts, dry_run=dry_run)
    return report


class _Run:
    """One import under way: what was seen, and which translations wait for their sister."""

    def __init__(self, as_member: Member | None):
        self.as_member = as_member
        self.seen: dict[str, int] = {}
        self.waiting: dict[int, tuple[str, str]] = {}  # row number → its external id, its sister's

    def take(self, row: Row) -> Verdict:
        """Import one row in its own savepoint."""
        external_id = row.values.get("external_id")
        name = external_id[:80] if isinstance(external_id, str) else ""
        try:
            told = checked(row, self.as_member)
            if told.external_id in self.seen:
                said = _("external_id : déjà vu à la ligne %(number)d.")
                raise RowRefused([said % {"number": self.seen[told.external_id]}])
            self.seen[told.external_id] = row.number
            with transaction.atomic(), gathered():
                outcome, remarks = self._apply(told, row.number)
        except RowRefused as refusal:
            return Verdict(row.number, name, Outcome.REFUSED, tuple(refusal.reasons))
        except ValidationError as error:
            return Verdict(row.number, name, Outcome.REFUSED, tuple(_sentences(error)))
        except PermissionDenied as error:
            return Verdict(row.number, name, Outcome.REFUSED, (str(error),))
        except DatabaseError:
            return Verdict(row.number, name, Outcome.REFUSED, (_("La base de données refuse cette ligne."),))
        return Verdict(row.number, name, outcome, tuple(remarks))

    def _apply(self, told: Told, number: int) -> tuple[Outcome, list[str]]:
        existing, sister = _known(told.external_id), _known(told.translation_of)
        if told.translation_of and sister is None:
            self.waiting[number] = (told.external_id, told.translation_of)
        if existing is None:
            practice = create_practice(
                told.fields,
                by=told.author,
                language=told.language,
                is_showcase=told.showcase,
                external_id=told.external_id,
                translation_of=sister,
                reviewed_on=told.reviewed,
                published_at=told.published,
            )
            declare_imported(practice, told.adoptions)
            return Outcome.CREATED, []
        if existing.locale.language_code != told.language:
            raise RowRefused([_("language : cette fiche existe déjà dans l’autre langue.")])
        return self._change(existing, told, sister)

    def _change(self, practice: PracticePage, told: Told, sister: PracticePage | None):
        """Bring an existing sheet to what the row says, where the row says something new."""
        remarks, moved = [], False
        by = self.as_member or told.author
        now = PracticeFields.of(practice)
        # A file of sheets says nothing about attachments: those that members added stay.
        fields = replace(told.fields, attachments=now.attachments)
        if now != fields and had_before(practice, fields):
            remarks.append(_("Modifiée sur le site depuis cet envoi : la version du site reste."))
        elif now != fields:
            if not can_edit(by, practice):
                raise PermissionDenied(_("Vous ne pouvez pas modifier cette fiche."))
            publish_version(
                practice,
                fields,
                by=by,
                significance=RevisionNote.Significance.MEDIUM,
                reason=_("Reprise d’un fichier importé."),
                based_on=practice.live_revision_id,
            )
            moved = True
        if told.showcase != practice.is_showcase:
            set_showcase(practice, told.showcase, by)
            moved = True
        moved |= _review_later(practice.pk, told)
        if sister is not None:
            moved |= link(practice.pk, sister.pk)
        moved |= declare_imported(practice, told.adoptions)
        return (Outcome.CHANGED if moved else Outcome.UNCHANGED), remarks

    def settled(self, verdicts: list[Verdict], *, dry_run: bool) -> list[Verdict]:
        """Link the sheets whose translation came later in the file; say which never came."""
        return [self._settle(each, dry_run) if each.number in self.waiting else each for each in verdicts]

    def _settle(self, verdict: Verdict, dry_run: bool) -> Verdict:
        external_id, sister_id = self.waiting[verdict.number]
        if verdict.outcome is Outcome.REFUSED or (dry_run and sister_id in self.seen):
            return verdict
        pair = PracticePage.objects.filter(external_id__in=(external_id, sister_id))
        pks = dict(pair.values_list("external_id", "pk"))
        if sister_id not in pks:
            said = _("translation_of : « %(id)s » n’est ni sur le site ni dans ce fichier ; fiche non liée.")
            return _with(verdict, said % {"id": sister_id[:80]})
        try:
            link(pks[external_id], pks[sister_id])
        except RowRefused as refusal:
            return _with(verdict, *refusal.reasons)
        return verdict


def _with(verdict: Verdict, *reasons: str) -> Verdict:
    return Verdict(verdict.number, verdict.external_id, verdict.outcome, (*verdict.reasons, *reasons))


def _sentences(error: ValidationError) -> Iterator[str]:
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        for message in messages:
            yield _("%(field)s : %(message)s") % {"field": name, "message": message}


def _known(external_id: str) -> PracticePage | None:
    if not external_id:
        return None
    return PracticePage.objects.filter(external_id=external_id).select_related("locale", "origin").first()


def had_before(practice: PracticePage, fields: PracticeFields) -> bool:
    """Tell whether an earlier published version of a sheet said exactly this, whatever files it carried."""
    notes = versions_of(practice).exclude(revision_id=practice.live_revision_id).select_related("revision")
    earlier = (PracticeFields.of(note.revision.as_object()) for note in notes)
    return any(replace(one, attachments=fields.attachments) == fields for one in earlier)


def _review_later(pk: int, told: Told) -> bool:
    """Move the day of last reading forward, never back: somebody may have read it again on the site."""
    practice = PracticePage.objects.select_for_update().get(pk=pk)
    if told.reviewed is None or (practice.reviewed_on and practice.reviewed_on >= told.reviewed):
        return False
    practice.reviewed_on = told.reviewed
    practice.save()
    revision = practice.live_revision
    if revision is not None:  # or the next edit would start from the older day
        revision.content["reviewed_on"] = told.reviewed.isoformat()
        revision.save(update_fields=["content"])
    return True


@transaction.atomic
def link(pk: int, sister_pk: int) -> bool:
    """Make two sheets translations of each other; False when they are. RowRefused when one has another."""
    practice, sister = (PracticePage.objects.select_for_update().get(pk=key) for key in (pk, sister_pk))
    if practice.translation_key == sister.translation_key and pk != sister_pk:
        return False
    if practice.locale_id == sister.locale_id:
        raise RowRefused([_("translation_of : les deux fiches sont dans la même langue.")])
    for page, language in ((practice, sister.locale_id), (sister, practice.locale_id)):
        if PracticePage.objects.filter(translation_key=page.translation_key, locale_id=language).exists():
            raise RowRefused([_("translation_of : une des deux fiches a déjà une autre traduction.")])
    practice.translation_key = sister.translation_key
    practice.save()
    return True
