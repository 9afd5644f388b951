"""The roles of Agora, held as Django groups, so that Wagtail's own rights read them too."""

from functools import cache

from django.contrib.auth.models import Group

from agora.prepared import Prepared

RELAY = "relay"
MENTOR = "mentor"
TRAINER = "trainer"
FACILITATOR = "facilitator"
EDITOR = "editor"
MODERATOR = "moderator"
ADMINISTRATOR = "administrator"
ROLES = (RELAY, MENTOR, TRAINER, FACILITATOR, EDITOR, MODERATOR, ADMINISTRATOR)

# These work in Wagtail's admin, so they sign in with a second step (middleware.py).
ADMIN_ROLES = frozenset({TRAINER, EDITOR, MODERATOR, ADMINISTRATOR})
# These answer the requests of a CPAS that has no relay (permissions.py).
REGIONAL_ROLES = frozenset({MODERATOR, ADMINISTRATOR})

BLANK = -1_000_004  # stands in the query where the member will


def roles_of(user) -> frozenset[str]:
    """Return the roles a user holds; empty for a visitor or a member who is not (or no longer) validated.

    One query at most per user object: the answer is kept on it for the length of the request.
    """
    if not getattr(user, "is_validated", False):
        return frozenset()
    if not hasattr(user, "_agora_roles"):
        user._agora_roles = frozenset(name for (name,) in _query().rows(member=user.pk))
    return user._agora_roles


@cache
def _query() -> Prepared:
    held = Group.objects.filter(name__in=ROLES, user=BLANK).order_by()
    return Prepared(held.values_list("name"), {"member": BLANK})


def revoke(user, *roles: str) -> None:
    """Take roles away from a member; roles that were not held are ignored."""
    user.groups.remove(*Group.objects.filter(name__in=roles))
    _forget(user)


def grant(user, *roles: str) -> None:
    """Give roles to a member; ValueError for a role that does not exist."""
    if unknown := set(roles) - set(ROLES):
        raise ValueError(f"Unknown roles: {sorted(unknown)}")
    user.groups.add(*(Group.objects.get_or_create(name=role)[0] for role in roles))
    _forget(user)


def _forget(user) -> None:
    """Drop the kept answer, also behind the lazy user of a request."""
    if hasattr(user, "_agora_roles"):
        del user._agora_roles
