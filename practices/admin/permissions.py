"""Who looks after the catalogue as a whole, in Wagtail's admin."""

from agora.people.roles import ADMINISTRATOR, EDITOR, MODERATOR, roles_of

from ..models import PracticePage
from ..permissions import can_edit

CURATORS = frozenset({EDITOR, MODERATOR, ADMINISTRATOR})


def can_curate(user) -> bool:
    """The listing, the reports and the changes of many sheets at once are for the team of editors.

    Trainers work in the admin too, on other pages: this is not for them.
    """
    return bool(roles_of(user) & CURATORS)


def can_refile(user, practice: PracticePage) -> bool:
    """An editor may file any sheet elsewhere that a member could edit."""
    return can_curate(user) and can_edit(user, practice)
