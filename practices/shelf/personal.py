"""What the life of a sheet says to the one who reads it: a banner with one click, a way to the small page.

Named like practices.sheet.personal, which asks it. It costs a query only when the log has to be asked: for
whoever keeps the sheet, and on the days after a reading.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.models import Member

from ..addresses import about_url
from ..models import PracticePage
from ..permissions import can_keep, can_showcase
from ..wording import day, interface_language, since
from . import log
from .lists import SOON
from .permissions import can_confirm, can_take_over, is_due


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the templates practices/shelf/notice.html and sheet_personal_aside.html print."""

    confirm_url: str
    take_over_url: str
    keep_url: str
    overdue: str = ""
    soon: str = ""
    next_said: str = ""
    given_by: str = ""
    can_confirm: bool = False
    can_take_over: bool = False
    can_open: bool = False
    just_confirmed: bool = False


def overdue_said(practice: PracticePage, today) -> str:
    """Say since when somebody should have read the sheet again; empty while it is fresh."""
    if not is_due(practice, today):
        return ""
    said = _("Cette fiche est à relire depuis %(duration)s.")
    return said % {"duration": since(practice.review_due_on, today)}


def shelf_of(user, practice: PracticePage) -> dict[str, Any]:
    """Return what this member reads and can do about the life of a sheet."""
    today, due = timezone.localdate(), practice.review_due_on
    links = {
        f"{name}_url": about_url(f"practices:{name}", practice.slug, interface_language())
        for name in ("confirm", "take_over", "keep")
    }
    decides, said = can_keep(user, practice), _("À relire avant le %(day)s.")
    before = said % {"day": day(due)} if due else ""
    entry = _last_entry(user, practice, today)
    shelf = Shelf(
        **links,
        overdue=overdue_said(practice, today),
        soon=before if decides and due and today < due <= today + SOON else "",
        next_said=before,
        given_by=_giver(entry, user),
        can_confirm=can_confirm(user, practice),
        can_take_over=can_take_over(user, practice),
        can_open=decides or can_showcase(user, practice),
        just_confirmed=_just_confirmed(entry, user, practice),
    )
    return {"shelf": shelf}


def _last_entry(user, practice: PracticePage, today):
    """Ask the log only where it may have something to say to this person."""
    keeps = practice.owner_id == user.pk
    read_lately = practice.reviewed_on is not None and practice.reviewed_on >= today - timedelta(days=1)
    if keeps or (read_lately and can_confirm(user, practice)):
        return log.last_of(practice, (log.VALID, *log.KEEPING))
    return None


def _giver(entry, user) -> str:
    if entry is None or entry.action != log.GIVEN or entry.data.get("to") != user.pk:
        return ""
    return log.signed(Member.objects.select_related("cpas").filter(pk=entry.user_id).first())


def _just_confirmed(entry, user, practice: PracticePage) -> bool:
    mine = entry is not None and entry.action == log.VALID and log.may_undo(entry, user)
    return mine and str(practice.reviewed_on) == entry.data["now"]
