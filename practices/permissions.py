"""Who may read and change a sheet, and the only way from an address to a sheet."""

from django.http import Http404

from agora.people.audience import MEMBERS, tokens_of
from agora.people.roles import EDITOR, MODERATOR, roles_of

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


# What tells which sheet it is, who keeps it and who may read it; the texts come when they are asked for.
IDENTITY = (
    "title", "slug", "live", "locked", "is_showcase", "kind", "translation_key", "content_type",
    "live_revision",
    "locale__language_code", "owner__first_name", "owner__last_name", "owner__status", "owner__cpas",
)  # fmt: skip


def get_practice_for(user, *, slug: str, language: str, whole: bool = True) -> PracticePage:
    """Return the sheet with this slug in this language's catalogue, or Http404 when there is none to see.

    With `whole=False` only its identity is read, at half the cost: for pages that have kept the rest.
    """
    found = PracticePage.objects.visible_to(user).filter(locale__language_code=language, slug=slug)
    if whole:
        found = found.select_related("origin", "owner__cpas", "owner__function", "locale")
    else:
        found = found.select_related("owner", "locale").only(*IDENTITY)
    # A slug is unique under its parent, and each language has one catalogue: no order is needed.
    practice = next(iter(found.order_by()[:1]), None)
    if practice is None or not can_read(user, practice):
        raise Http404
    return practice
