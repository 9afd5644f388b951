"""The roles of Agora, held as Django groups, so that Wagtail's own rights read them too."""

from django.contrib.auth.models import Group

RELAY = "relay"
MENTOR = "mentor"
TRAINER = "trainer"
FACILITATOR = "facilitator"
EDITOR = "editor"
MODERATOR = "moderator"
ADMINISTRATOR = "administrator"
ROLES = (RELAY, MENTOR, TRAINER, FACILITATOR, EDITOR, MODERATOR, ADMINISTRATOR)


def roles_of(user) -> frozenset[str]:
    """Return the roles a user holds; empty for a visitor or a member who is not (or no longer) validated.

    One query at most per user object: the answer is kept on it for the length of the request.
    """
    if not getattr(user, "is_validated", False):
        return frozenset()
    if not hasattr(user, "_agora_roles"):
        user._agora_roles = frozenset(user.groups.filter(name__in=ROLES).values_list("name", flat=True))
    return user._agora_roles


def grant(user, *roles: str) -> None:
    """Give roles to a member; ValueError for a role that does not exist."""
    if unknown := set(roles) - set(ROLES):
        raise ValueError(f"Unknown roles: {sorted(unknown)}")
    user.groups.add(*(Group.objects.get_or_create(name=role)[0] for role in roles))
    user.__dict__.pop("_agora_roles", None)
