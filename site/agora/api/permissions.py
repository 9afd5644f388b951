"""What a member may let a program do, and the one gate from a number to a token."""

from django.http import Http404

from agora.people.roles import ADMINISTRATOR, EDITOR, roles_of

from .models import ApiToken, Scope

IMPORTERS = frozenset({EDITOR, ADMINISTRATOR})


def can_import(user) -> bool:
    """Sheets by the hundred are for the team: editors and administrators."""
    return bool(roles_of(user) & IMPORTERS)


def can_sign_for_others(user) -> bool:
    """Whether imported sheets may carry another author: an administrator takes over old work, nobody else."""
    return ADMINISTRATOR in roles_of(user)


def scopes_for(user) -> tuple[str, ...]:
    """Return the acts that this member's tokens may hold today; none for who is not a validated member."""
    if not getattr(user, "is_validated", False):
        return ()
    return (Scope.SEARCH.value, Scope.IMPORT.value) if can_import(user) else (Scope.SEARCH.value,)


def can_read(user, token: ApiToken) -> bool:
    """A member sees the lines of their own tokens."""
    return getattr(user, "is_validated", False) and token.member_id == user.pk


def get_token_for(user, pk: int) -> ApiToken:
    """Return one's own token; 404 for any other number."""
    token = ApiToken.objects.visible_to(user).filter(pk=pk).first()
    if token is None:
        raise Http404
    return token
