"""Which members somebody may see or answer, as queries. permissions.py says the same for one person."""

from datetime import timedelta

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .roles import ADMINISTRATOR, MODERATOR, REGIONAL_ROLES, RELAY, roles_of

# How long an answer may be taken back from the page of requests.
UNDO_DAYS = 30


class MemberQuerySet(models.QuerySet):
    """Queries on members."""

    def visible_to(self, user) -> "MemberQuerySet":
        """Members whose public profile a user may open: validated members see each other."""
        if not getattr(user, "is_validated", False):
            return self.none()
        return self.filter(status="active", is_active=True)

    def holding(self, *roles: str) -> "MemberQuerySet":
        """Validated members who hold one of the roles."""
        groups = Group.objects.filter(name__in=roles, user=OuterRef("pk"))
        return self.filter(Exists(groups), status="active", is_active=True)

    def relays_of(self, ins_code: str | None) -> "MemberQuerySet":
        """The relays of one CPAS; none without a CPAS."""
        return self.holding(RELAY).filter(cpas_id=ins_code) if ins_code else self.none()

    def answerers_of(self, member) -> "MemberQuerySet":
        """The people who answer a member's request: the relays, else moderators and administrators."""
        relays = self.relays_of(member.cpas_id).exclude(pk=member.pk)
        return relays if relays.exists() else self.holding(MODERATOR, ADMINISTRATOR).exclude(pk=member.pk)

    def answerable_by(self, user) -> "MemberQuerySet":
        """Members of whom a user may say whether they belong: those of their CPAS for a relay,
        those of a CPAS without a relay for moderators and administrators. Never oneself.
        """
        roles = roles_of(user)
        mine = Q(pk__in=[])
        if RELAY in roles and user.cpas_id:
            mine |= Q(cpas_id=user.cpas_id)
        if roles & REGIONAL_ROLES:
            mine |= ~Exists(self.model.objects.holding(RELAY).filter(cpas_id=OuterRef("cpas_id")))
        return self.filter(mine).exclude(pk=user.pk)

    def waiting(self) -> "MemberQuerySet":
        """People whose request waits for an answer. Who has not proved the address yet is not shown."""
        addresses = apps.get_model("account", "EmailAddress").objects.filter(user=OuterRef("pk"))
        unproved = Exists(addresses.filter(verified=False)) & ~Exists(addresses.filter(verified=True))
        return self.filter(~unproved, status="pending", is_active=True)

    def answered_by(self, user) -> "MemberQuerySet":
        """People to whom the user gave an answer that may still be taken back, the latest first;
        moderators and administrators also see everybody who is suspended.
        """
        since = timezone.now() - timedelta(days=UNDO_DAYS)
        mine = Q(status__in=["active", "refused", "suspended"], validated_by=user, validated_at__gte=since)
        if roles_of(user) & REGIONAL_ROLES:
            mine |= Q(status="suspended")
        return self.filter(mine).exclude(pk=user.pk).order_by("-validated_at")
