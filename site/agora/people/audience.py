"""Audience tokens: the one language in which Agora says who may see what.

An object's audience is an OR of tokens; a person holds tokens. Nobody else builds them.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.utils.translation import get_language

from .roles import MODERATOR, roles_of

PUBLIC = "public"
MEMBERS = "members"
MODERATORS = "moderators"


def cpas_token(ins_code: str) -> str:
    """Token of all validated members of one CPAS."""
    return f"cpas:{ins_code}"


def user_token(user_id: int) -> str:
    """Token of one person."""
    return f"user:{user_id}"


def group_token(group_id: int | str) -> str:
    """Token of one closed group (a room, a team)."""
    return f"group:{group_id}"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks: what they hold, who they are, the language they read first."""

    tokens: frozenset[str]
    user_id: int | None
    language: Literal["fr", "nl"]


def tokens_of(user) -> frozenset[str]:
    """Return the tokens a user holds: a visitor or an unvalidated member only holds `public`."""
    if not getattr(user, "is_validated", False):
        return frozenset({PUBLIC})
    return _tokens(user.pk, user.cpas_id, MODERATOR in roles_of(user))


@lru_cache(maxsize=2000)
def _tokens(user_id: int, cpas: str | None, moderates: bool) -> frozenset[str]:
    tokens = {PUBLIC, MEMBERS, user_token(user_id)}
    if cpas:
        tokens.add(cpas_token(cpas))
    if moderates:
        tokens.add(MODERATORS)
    return frozenset(tokens)


def viewer_for(user) -> Viewer:
    """Build the viewer that searches need, from a request's user (anonymous allowed)."""
    language = "nl" if (get_language() or "fr").startswith("nl") else "fr"
    return Viewer(tokens_of(user), getattr(user, "pk", None), language)
