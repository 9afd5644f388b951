"""Who may say that a sheet is still true, take it over, or bring it back; see also practices.permissions."""

from datetime import date

from django.http import Http404
from django.utils import timezone

from agora.people.roles import MODERATOR, roles_of

from ..models import PracticePage
from ..permissions import can_keep, can_read, can_showcase, can_write, is_keeper, is_kept


def is_due(practice: PracticePage, today: date | None = None) -> bool:
    """The day by which somebody should have read the sheet again has come."""
    due = practice.review_due_on
    return due is not None and due <= (today or timezone.localdate())


def can_confirm(user, practice: PracticePage) -> bool:
    """Whoever keeps a sheet says that it is still true; a moderator too.

    Once it is overdue, so does anybody of the CPAS it comes from: they see the practice every day, they
    sign, it can be undone, and a sheet that waits for one absent person is read by everybody as doubtful.
    """
    if can_keep(user, practice):
        return True
    at_home = practice.origin_id is not None and practice.origin_id == getattr(user, "cpas_id", None)
    return at_home and can_write(user) and can_read(user, practice) and is_due(practice)


def can_take_over(user, practice: PracticePage) -> bool:
    """Any member takes over a sheet for which nobody answers."""
    return can_write(user) and can_read(user, practice) and not is_kept(practice)


def is_archived(practice: PracticePage) -> bool:
    """The sheet was published once and is out of the catalogue now."""
    return not practice.live and practice.first_published_at is not None


def can_bring_back(user, practice: PracticePage) -> bool:
    """Whoever kept a sheet puts it back in the catalogue; a moderator too."""
    mine = is_keeper(user, practice) or MODERATOR in roles_of(user)
    return is_archived(practice) and not practice.locked and mine


def can_open_keeping(user, practice: PracticePage) -> bool:
    """The page « Tenir cette fiche » is for whoever finds something to do there."""
    return can_keep(user, practice) or can_showcase(user, practice) or can_bring_back(user, practice)


def get_kept_practice_for(user, *, slug: str, language: str) -> PracticePage:
    """Return a sheet with its keepers; one that is archived only to who may bring it back. Else Http404."""
    related = PracticePage.objects.select_related("origin", "owner__cpas", "fallback_owner__cpas")
    practice = related.at_address(slug, language)
    if practice is None or not (can_read(user, practice) or can_bring_back(user, practice)):
        raise Http404
    return practice
