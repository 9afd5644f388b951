"""Who may read and change a sheet, and the only way from an address to a sheet."""

from django.http import Http404

from agora.people.audience import MEMBERS, tokens_of
from agora.people.roles import EDITOR, MODERATOR, roles_of

from .identity import identity_of
from .models import PracticePage


def can_read(user, practice: PracticePage) -> bool:
    """A published sheet is read by members, and by everybody when it is in the showcase."""
    return practice.live and bool(practice.audience & tokens_of(user) or MEMBERS in tokens_of(user))


def can_write(user) -> bool:
    """Any validated member writes."""
    return MEMBERS in tokens_of(user)


def can_edit(user, practice: PracticePage) -> bool:
    """Any validated member edits a sheet that they may read: it is a wiki."""
    return can_write(user) and can_read(user, practice) and not practice.locked


def can_archive(user, practice: PracticePage) -> bool:
    """Whoever keeps a sheet takes it out of the catalogue; a moderator too."""
    return can_edit(user, practice) and (practice.owner_id == user.pk or MODERATOR in roles_of(user))


def can_showcase(user, practice: PracticePage) -> bool:
    """Opening a sheet to people without an account is for editors and moderators."""
    return can_edit(user, practice) and bool(roles_of(user) & {EDITOR, MODERATOR})


def get_practice_for(user, *, slug: str, language: str, whole: bool = True) -> PracticePage:
    """Return the sheet with this slug in this language's catalogue, or Http404 when there is none to see.

    With `whole=False` only its identity is read, at a fifth of the cost: for pages that have kept the rest.
    """
    practice = _whole(user, slug, language) if whole else identity_of(slug, language)
    if practice is None or not can_read(user, practice):
        raise Http404
    return practice


def _whole(user, slug: str, language: str) -> PracticePage | None:
    # A slug is unique under its parent, and each language has one catalogue: no order is needed.
    found = PracticePage.objects.visible_to(user).filter(locale__language_code=language, slug=slug)
    related = found.select_related("origin", "owner__cpas", "owner__function", "locale")
    return next(iter(related.order_by()[:1]), None)
