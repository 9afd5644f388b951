"""Who speaks for a CPAS, and who answers for a sheet."""

from agora.people.audience import cpas_token, tokens_of
from agora.people.roles import MODERATOR, roles_of

from ..models import PracticePage
from ..permissions import can_edit, can_keep, can_read, can_write


def can_speak_for(user, cpas: str | None) -> bool:
    """Any validated member speaks for their own CPAS; a moderator sets right what any of them said."""
    if not cpas or not can_write(user):
        return False
    return cpas_token(cpas) in tokens_of(user) or MODERATOR in roles_of(user)


def can_declare(user, practice: PracticePage, cpas: str | None) -> bool:
    """Who speaks for a CPAS says what it did with a sheet that they may read."""
    return can_read(user, practice) and can_speak_for(user, cpas)


def can_adapt(user, practice: PracticePage) -> bool:
    """A member adapts a sheet that they may read, for their own CPAS."""
    return can_read(user, practice) and can_write(user) and bool(user.cpas_id)


def can_advance(user, practice: PracticePage) -> bool:
    """Whoever answers for a sheet says how old the practice is when others try it."""
    return can_edit(user, practice) and can_keep(user, practice)
