"""Who may read and change a sheet, and the only way from an address to a sheet."""

from django.http import Http404

from agora.people.audience import MEMBERS, tokens_of
from agora.people.models import Member
from agora.people.roles import ADMINISTRATOR, EDITOR, MODERATOR, roles_of

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


def keepers_of(practice: PracticePage) -> list[Member]:
    """Return who answers for a sheet today, its keeper first, then who stands in.

    Only validated members count: somebody who left, is suspended, cannot sign in, or whose new CPAS has not
    answered yet keeps nothing meanwhile.
    """
    people = [practice.owner, practice.fallback_owner]
    return list(dict.fromkeys(person for person in people if person is not None and person.is_validated))


def is_kept(practice: PracticePage) -> bool:
    """Somebody answers for the sheet today."""
    return bool(keepers_of(practice))


def is_keeper(user, practice: PracticePage) -> bool:
    """This person answers for the sheet: as its keeper, or standing in."""
    own = user.pk is not None and user.pk in (practice.owner_id, practice.fallback_owner_id)
    return own and can_write(user)


def can_keep(user, practice: PracticePage) -> bool:
    """Whoever keeps a sheet decides about it (proposals, interval, who keeps it next); a moderator too."""
    return can_read(user, practice) and (is_keeper(user, practice) or MODERATOR in roles_of(user))


def can_give(user, practice: PracticePage) -> bool:
    """Who decides about a sheet gives it to a keeper; so do the editors, who see what nobody keeps."""
    team = bool(roles_of(user) & {EDITOR, ADMINISTRATOR})
    return can_keep(user, practice) or (team and can_read(user, practice))


def can_archive(user, practice: PracticePage) -> bool:
    """Whoever keeps a sheet takes it out of the catalogue; a moderator too."""
    return can_edit(user, practice) and can_keep(user, practice)


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
    related = ("origin", "owner__cpas", "owner__function", "fallback_owner__cpas")
    return PracticePage.objects.visible_to(user).select_related(*related).at_address(slug, language)
