"""What can be done about the life of a sheet. Each act checks, changes in one transaction, logs and tells.

None of them writes a version: the text stays as it is. What they set (reading day, interval, keepers)
belongs to the sheet and not to one of its versions (see PracticePage.with_content_json).
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.models import Member
from agora.people.notices import send_to

from ..history import versions_of
from ..models import CatalogueStamp, PracticePage
from ..permissions import can_give, can_keep, can_read, is_keeper
from . import log
from .permissions import can_bring_back, can_confirm, can_take_over


@transaction.atomic
def confirm_valid(practice: PracticePage, by: Member) -> PracticePage:
    """Say « toujours valable »: the sheet counts as read today; return it. A second click changes nothing.

    PermissionDenied for who may not (see permissions.can_confirm).
    """
    practice = _locked(practice)
    if not can_confirm(by, practice):
        raise PermissionDenied(_("Seule la personne qui tient cette fiche peut dire qu’elle est valable."))
    today = timezone.localdate()
    if practice.reviewed_on == today:
        return practice
    was = practice.reviewed_on.isoformat() if practice.reviewed_on else ""
    log.note(practice, log.VALID, by, was=was, now=today.isoformat())
    return _set(practice, reviewed_on=today)


@transaction.atomic
def undo_confirm(practice: PracticePage, by: Member) -> bool:
    """Take back one's own « toujours valable » of less than a day ago: the former day of reading is back.

    False when there is nothing to take back, or somebody read the sheet since.
    """
    practice = _locked(practice)
    entry = log.last_of(practice, (log.VALID,))
    if not log.may_undo(entry, by) or str(practice.reviewed_on) != entry.data["now"]:
        return False
    log.note(practice, log.UNDONE, by, entry=entry.pk)
    was = entry.data["was"]
    _set(practice, reviewed_on=date.fromisoformat(was) if was else None)
    return True


@transaction.atomic
def take_over(practice: PracticePage, by: Member) -> PracticePage:
    """Keep from now on a sheet for which nobody answers; return it.

    PermissionDenied when somebody does, perhaps since a moment ago.
    """
    practice = _locked(practice)
    if not can_take_over(by, practice):
        raise PermissionDenied(_("Quelqu’un tient déjà cette fiche."))
    log.note(practice, log.TAKEN, by, was=practice.owner_id)
    return _set(practice, owner=by, fallback_owner=None)


@transaction.atomic
def hand_over(practice: PracticePage, to: Member, by: Member) -> PracticePage:
    """Give a sheet to a colleague, who is told and may give it back; return it.

    ValidationError for somebody who cannot keep it, PermissionDenied for who does not decide about it.
    """
    practice = _locked(practice)
    if not can_give(by, practice):
        raise PermissionDenied(_("Seule la personne qui tient cette fiche peut en décider."))
    if not (to.is_validated and can_read(to, practice)):
        raise ValidationError(_("Cette personne n’a plus de compte ouvert. Choisissez quelqu’un d’autre."))
    if practice.owner_id == to.pk:
        return practice
    log.note(practice, log.GIVEN, by, was=practice.owner_id, to=to.pk)
    fallback = None if practice.fallback_owner_id == to.pk else practice.fallback_owner
    practice = _set(practice, owner=to, fallback_owner=fallback)
    if to.pk != by.pk:
        _tell(to, "sheet_given")
    return practice


@transaction.atomic
def accept(practice: PracticePage, by: Member) -> bool:
    """Say yes to a sheet that was handed over; False when it does not wait for this person."""
    practice = _locked(practice)
    if not _is_given_to(practice, by):
        return False
    log.note(practice, log.ACCEPTED, by)
    return True


@transaction.atomic
def decline(practice: PracticePage, by: Member) -> bool:
    """Give back a sheet that was handed over, to whoever kept it before; they are told.

    Nobody keeps it when they are no longer there. False when it does not wait for this person.
    """
    practice = _locked(practice)
    entry = _is_given_to(practice, by)
    if not entry:
        return False
    former = Member.objects.filter(pk=entry.data.get("was") or 0).first()
    former = former if former is not None and former.is_validated else None
    log.note(practice, log.DECLINED, by, to=former.pk if former else None)
    _set(practice, owner=former)
    if former:
        _tell(former, "sheet_given_back")
    return True


@transaction.atomic
def lay_down(practice: PracticePage, by: Member) -> PracticePage:
    """Stop keeping a sheet, or standing in for its keeper; who stands in becomes its keeper. Return it."""
    practice = _locked(practice)
    if not is_keeper(by, practice):
        raise PermissionDenied(_("Vous ne tenez pas cette fiche."))
    log.note(practice, log.LAID_DOWN, by)
    if practice.owner_id == by.pk:
        following = practice.fallback_owner if practice.fallback_owner_id != by.pk else None
        return _set(practice, owner=following, fallback_owner=None)
    return _set(practice, fallback_owner=None)


@transaction.atomic
def set_fallback(practice: PracticePage, to: Member | None, by: Member) -> PracticePage:
    """Choose who answers for a sheet when its keeper does not (None: nobody); they are told. Return it.

    Errors as `hand_over`; ValidationError too for the keeper, who cannot stand in for themselves.
    """
    practice = _kept(practice, by)
    if to is not None and not (to.is_validated and can_read(to, practice)):
        raise ValidationError(_("Cette personne n’a plus de compte ouvert. Choisissez quelqu’un d’autre."))
    if to is not None and to.pk == practice.owner_id:
        raise ValidationError(_("Cette personne tient déjà la fiche. Choisissez quelqu’un d’autre."))
    if practice.fallback_owner_id == (to.pk if to else None):
        return practice
    log.note(practice, log.FALLBACK, by, was=practice.fallback_owner_id, to=to.pk if to else None)
    practice = _set(practice, fallback_owner=to)
    if to is not None and to.pk != by.pk:
        _tell(to, "sheet_standing_in")
    return practice


@transaction.atomic
def set_review_months(practice: PracticePage, months: int, by: Member) -> PracticePage:
    """Choose how long a sheet stays fresh (6, 12 or 24 months); return it.

    ValidationError for another length, PermissionDenied for who does not decide about it.
    """
    practice = _kept(practice, by)
    if months not in PracticePage.ReviewEvery.values:
        raise ValidationError(_("Choisissez six mois, un an ou deux ans."))
    if practice.review_months == months:
        return practice
    log.note(practice, log.INTERVAL, by, was=practice.review_months, now=months)
    return _set(practice, review_months=months)


@transaction.atomic
def bring_back(practice: PracticePage, by: Member) -> PracticePage:
    """Put an archived sheet back in the catalogue, as its last published version said; return it.

    PermissionDenied for who did not keep it, ValidationError when no version of it is left.
    """
    practice = _locked(practice)
    if not can_bring_back(by, practice):
        raise PermissionDenied(_("Seule la personne qui tenait cette fiche peut la remettre."))
    last = versions_of(practice).select_related("revision").first()
    if last is None:
        raise ValidationError(_("Aucune version publiée de cette fiche n’a été gardée."))
    log.note(practice, log.BACK, by)
    last.revision.publish(user=by, skip_permission_checks=True)
    return PracticePage.objects.get(pk=practice.pk)


def _locked(practice: PracticePage) -> PracticePage:
    """Read the sheet again with its keepers, so that nobody else changes it before we are done."""
    sheets = PracticePage.objects.select_for_update(of=("self", "page_ptr"))
    return sheets.select_related("owner", "fallback_owner", "locale").get(pk=practice.pk)


def _kept(practice: PracticePage, by: Member) -> PracticePage:
    practice = _locked(practice)
    if not can_keep(by, practice):
        raise PermissionDenied(_("Seule la personne qui tient cette fiche peut en décider."))
    return practice


def _is_given_to(practice: PracticePage, member: Member):
    """Return the entry of the log that handed the sheet over to this person, while it waits for an answer."""
    entry = log.last_of(practice, log.KEEPING)
    given = entry is not None and entry.action == log.GIVEN and entry.data.get("to") == member.pk
    return entry if given and practice.owner_id == member.pk else None


def _set(practice: PracticePage, **fields) -> PracticePage:
    # Past `save`, which would render the texts again; so the catalogue's mark is renewed by hand.
    PracticePage.objects.filter(pk=practice.pk).update(**fields)
    CatalogueStamp.renew()
    for name, value in fields.items():
        setattr(practice, name, value)
    return practice


def _tell(member: Member, kind: str) -> None:
    transaction.on_commit(lambda: send_to(member, kind), robust=True)
