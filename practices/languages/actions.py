"""The word that both languages say the same: it is signed, and can be taken back for a day."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Revision

from agora.people.models import Member

from ..models import Alignment, PracticePage
from ..permissions import can_edit
from ..shelf import log
from .standing import sister_of


class Moved(Exception):
    """The sister was published anew since the person looked: nothing was changed."""


@transaction.atomic
def align(practice: PracticePage, by: Member, *, seen: int) -> None:
    """Say that a sheet and its sister say the same now.

    `seen`: the published version of the sister that the person saw. Moved when it is another one now;
    PermissionDenied for who may not change the sheet, or when there is no sister.
    """
    practice = PracticePage.objects.select_for_update(of=("self", "page_ptr")).get(pk=practice.pk)
    sister = sister_of(practice)
    if sister is None or not can_edit(by, practice):
        raise PermissionDenied(_("Vous ne pouvez pas modifier cette fiche."))
    if sister.live_revision_id != seen:
        raise Moved
    former = Alignment.objects.filter(pk=practice.translation_key).first()
    was = {}
    if former is not None:
        was = {"french": former.french_id, "dutch": former.dutch_id, "at": former.aligned_at.isoformat()}
    for sheet in (practice, sister):
        log.note(sheet, log.ALIGNED, by, was=was)
    set_alignment(practice, practice.live_revision_id, sister, sister.live_revision_id, by)


def set_alignment(
    practice: PracticePage, version: int, sister: PracticePage, other: int, by: Member | None
) -> None:
    """Write down which two published versions say the same."""
    french, dutch = (version, other) if practice.locale.language_code == "fr" else (other, version)
    values = {"french_id": french, "dutch_id": dutch, "aligned_by": by, "aligned_at": timezone.now()}
    Alignment.objects.update_or_create(pk=practice.translation_key, defaults=values)


@transaction.atomic
def undo_align(practice: PracticePage, by: Member) -> bool:
    """Take back one's own word of less than a day ago; False when there is nothing to take back."""
    practice = PracticePage.objects.select_for_update(of=("self", "page_ptr")).get(pk=practice.pk)
    entry = log.last_of(practice, (log.ALIGNED,))
    alignment = Alignment.objects.filter(pk=practice.translation_key).first()
    if not log.may_undo(entry, by) or alignment is None or alignment.aligned_by_id != by.pk:
        return False
    was, sister = entry.data["was"], sister_of(practice)
    for sheet in filter(None, (practice, sister)):
        if last := log.last_of(sheet, (log.ALIGNED,)):
            log.note(sheet, log.UNDONE, by, entry=last.pk)
    known = Revision.objects.filter(pk__in=[was.get("french"), was.get("dutch")]).count() == 2
    if not was or not known:
        alignment.delete()
        return True
    alignment.french_id, alignment.dutch_id = was["french"], was["dutch"]
    alignment.aligned_by, alignment.aligned_at = None, parse_datetime(was["at"])
    alignment.save()
    return True
