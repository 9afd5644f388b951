"""What one person may do with another's membership; querysets.py says the same for lists."""

from datetime import timedelta

from django.utils import timezone

from .models import Member
from .querysets import UNDO_DAYS
from .roles import ADMIN_ROLES, REGIONAL_ROLES, RELAY, roles_of


def can_read(user, member: Member) -> bool:
    """Whether a user may open a member's public profile, which never holds the address."""
    return getattr(user, "is_validated", False) and member.is_validated


def can_see_requests(user) -> bool:
    """Whether a user answers requests at all."""
    return bool(roles_of(user) & {RELAY, *REGIONAL_ROLES})


def can_validate(user, member: Member) -> bool:
    """Whether a user may say if this person belongs: the relay of the CPAS; where there is no relay,
    moderators and administrators. Nobody answers for oneself, and no other power replaces the role.
    """
    if user.pk == member.pk:
        return False
    roles = roles_of(user)
    if RELAY in roles and user.cpas_id and user.cpas_id == member.cpas_id:
        return True
    return bool(roles & REGIONAL_ROLES) and not Member.objects.relays_of(member.cpas_id).exists()


def can_suspend(user, member: Member) -> bool:
    """Whether a user may close a member's access: moderators and administrators for anybody, a relay for
    colleagues of the CPAS who do not themselves work for the whole region.
    """
    if user.pk == member.pk or not member.is_validated:
        return False
    roles = roles_of(user)
    if roles & REGIONAL_ROLES:
        return True
    return RELAY in roles and user.cpas_id == member.cpas_id and not roles_of(member) & ADMIN_ROLES


def can_reopen(user, member: Member) -> bool:
    """Whether a user may take an answer back: the one who gave it, for a while; a suspension also by
    moderators and administrators.
    """
    if user.pk == member.pk or not can_see_requests(user):
        return False
    if member.status == Member.Status.SUSPENDED and roles_of(user) & REGIONAL_ROLES:
        return True
    fresh = member.validated_at and member.validated_at >= timezone.now() - timedelta(days=UNDO_DAYS)
    return bool(fresh and member.validated_by_id == user.pk and member.status != Member.Status.PENDING)


def needs_second_factor(user) -> bool:
    """Whether a user works in Wagtail's admin, and so must sign in with a second step.

    Told by the role, which every page knows already; that the role and the right agree is tested.
    """
    return bool(getattr(user, "is_superuser", False) or roles_of(user) & ADMIN_ROLES)


def may_open_admin(user) -> bool:
    """Whether Wagtail's admin opens: a validated member with the right, whatever other flags say."""
    return getattr(user, "is_validated", False) and user.has_perm("wagtailadmin.access_admin")
