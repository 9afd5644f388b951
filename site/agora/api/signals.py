"""A token dies with what it stands on: the membership of its owner, or the role that it needs."""

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_save

from agora.people.models import Member

from . import actions
from .permissions import IMPORTERS


def watch() -> None:
    """Hear of changes of members and of their roles, whoever makes them (an act, the admin, a command)."""
    post_save.connect(member_saved, sender=Member, dispatch_uid="api.member_saved")
    m2m_changed.connect(roles_changed, sender=Member.groups.through, dispatch_uid="api.roles_changed")


def member_saved(sender, instance: Member, created: bool, raw: bool = False, **kwargs) -> None:
    """Take back the tokens of somebody who waits, was suspended, or has left: being let in again gives
    none of them back.
    """
    if not created and not raw and not instance.is_validated:
        actions.revoke_all(instance.pk)


def roles_changed(sender, instance, action: str, pk_set, **kwargs) -> None:
    """Take back the tokens that need a role which is gone, seen from the person or from the group."""
    if isinstance(instance, Group):
        if action == "post_remove":
            members = Member.objects.filter(pk__in=pk_set)
        elif action == "pre_clear" and instance.name in IMPORTERS:  # afterwards nobody knows who it was
            actions.revoke_imports(instance.user_set.values_list("pk", flat=True))
            return
        else:
            return
    elif action in ("post_remove", "post_clear"):
        members = Member.objects.filter(pk=instance.pk)
    else:
        return
    for member in members:
        actions.revoke_beyond(member)
