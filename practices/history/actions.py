"""Bringing an old version back. Nothing is rewritten: what comes back is a new version, or a draft of one."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from agora.drafts.permissions import drafts_of

from ..actions import StaleEdit, publish_version
from ..drafting import KIND
from ..fields import PracticeFields
from ..models import PracticePage, RevisionNote
from ..permissions import can_edit
from ..steps import REVIEW
from .permissions import can_restore
from .versions import fields_to_restore, moment, note_of

NOTHING = gettext_lazy("Rien à rétablir : la fiche dit déjà la même chose.")
MAJOR = RevisionNote.Significance.MAJOR


class DraftWaits(Exception):
    """This person already has a draft of this sheet, which nothing may replace; `draft`: that one."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft.pk))
        self.draft = draft


@transaction.atomic
def restore_version(
    practice: PracticePage, number: int, *, by, reason: str = "", based_on: int | None
) -> PracticePage:
    """Publish again what an old version said, as a new version, and return the sheet.

    `number`: the old version; `based_on`: the version that was published when `by` decided. Texts, words
    and facts come back; the address, the readers and the date of review stay as they are. Bringing back
    what is already there writes nothing. Raises PermissionDenied (see `can_restore`), StaleEdit when
    somebody published since, ValidationError when no such version was published, or when a sheet may no
    longer hold what it says (by field).
    """
    if not can_restore(by, practice):
        raise PermissionDenied(_("Rétablir une version revient à la personne qui tient la fiche."))
    note = _published(practice, number)
    return publish_version(
        practice,
        fields_to_restore(note),
        by=by,
        significance=MAJOR,
        reason=reason,
        based_on=based_on,
        restored_from=note.revision,
    )


@transaction.atomic
def restore_as_draft(
    practice: PracticePage, number: int, *, by, reason: str = "", based_on: int | None
) -> Draft:
    """Begin a draft that would bring an old version back, and return it.

    Its author reads it again, changes it if need be, and sends it like any other change. Raises
    PermissionDenied, StaleEdit, ValidationError as `restore_version` (also when nothing would change), and
    DraftWaits when this person is already writing about this sheet.
    """
    if not can_edit(by, practice):
        raise PermissionDenied(_("Vous ne pouvez pas modifier cette fiche."))
    note = _published(practice, number)
    live = PracticePage.objects.values_list("live_revision_id", flat=True).get(pk=practice.pk)
    if live != based_on:
        raise StaleEdit(live)
    target = str(practice.pk)
    if waiting := drafts_of(by).select_for_update().filter(kind=KIND, target=target).first():
        raise DraftWaits(waiting)
    reason = reason or _("Reprise de la version du %(moment)s.") % {"moment": moment(note)}
    changed = _changed(fields_to_restore(note), PracticeFields.of(practice))
    if not changed:
        raise ValidationError(NOTHING)
    told = {"significance": str(MAJOR), "reason": reason, "_step": REVIEW}
    return save_draft(
        by,
        pk=uuid.uuid4(),
        kind=KIND,
        language=practice.locale.language_code,
        data=changed | told,
        target=target,
        base=str(live),
    ).draft


def _changed(old: PracticeFields, now: PracticeFields) -> dict:
    """Return the fields that differ only: what somebody else changes elsewhere meanwhile stays theirs."""
    current = now.as_data()
    return {name: value for name, value in old.as_data().items() if value != current[name]}


def _published(practice: PracticePage, number: int) -> RevisionNote:
    note = note_of(practice, number)
    if note is None:
        raise ValidationError(_("Cette version n’existe pas, ou n’a jamais été publiée."))
    return note
