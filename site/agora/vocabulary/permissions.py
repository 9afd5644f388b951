"""Who may change the vocabularies: the editors, in Wagtail's admin."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy

from . import lists
from .models import Concept, Cpas

# The name of the group is agora.people.roles.EDITOR; this floor may not import from above (a test compares).
EDITOR = "editor"
ALL_RIGHTS = ("view", "add", "change", "delete")
EDITOR_RIGHTS: dict[type[Model], tuple[str, ...]] = {
    **dict.fromkeys((*lists.TERM_MODELS, Concept), ALL_RIGHTS),
    Cpas: ("view", "change"),
}


class FixedListPolicy(ModelPermissionPolicy):
    """Rows may be corrected but neither added nor deleted, even by a superuser.

    A twentieth CPAS, or a merger, moves members and sheets along: that is a migration, not a click.
    """

    def user_has_permission(self, user, action: str) -> bool:
        """Return whether a user may do this to rows of the model."""
        return action in ("view", "change") and super().user_has_permission(user, action)


def grant_editor_rights(app_config: AppConfig, using: str = DEFAULT_DB_ALIAS, **signal: object) -> None:
    """Give the group of editors its rights on the vocabularies; safe to repeat.

    The room of people opens the admin to them. This runs after each migration. Django makes the
    permissions in the same signal, in an order that nobody promises, so they are made here first. When
    this room is migrated alone, before Django's own tables exist, nothing is done: the migration that
    brings them sends the signal again.
    """
    if not _has_rights_tables(signal.get("apps", apps)):
        return
    create_permissions(app_config, verbosity=0, using=using)
    codenames = [
        get_permission_codename(action, model._meta)
        for model, actions in EDITOR_RIGHTS.items()
        for action in actions
    ]
    wanted = Permission.objects.using(using).filter(
        content_type__app_label=app_config.label, codename__in=codenames
    )
    editors, _ = Group.objects.using(using).get_or_create(name=EDITOR)
    editors.permissions.add(*wanted)


def _has_rights_tables(registry: Any) -> bool:
    try:
        registry.get_model("auth", "Permission")
        registry.get_model("contenttypes", "ContentType")
    except LookupError:
        return False
    return True
