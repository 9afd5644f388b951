"""Who looks after what search shows and what people ask it for: the editors, in Wagtail's admin."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from agora.people.roles import EDITOR

from .models import SheetRequest, Situation

EDITOR_RIGHTS: dict[type[Model], tuple[str, ...]] = {
    Situation: ("view", "add", "change", "delete"),
    SheetRequest: ("view", "change"),  # asked and withdrawn by members alone
}


def grant_editor_rights(app_config: AppConfig, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """Give the group of editors its rights on situations and requests; safe to repeat, after each migration.

    Nothing is done where this room is migrated before Django's own tables exist: the migration that brings
    them sends the signal again.
    """
    try:
        for label in ("auth.Permission", "contenttypes.ContentType"):
            signal.get("apps", apps).get_model(label)
    except LookupError:
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
    editors, _made = Group.objects.using(using).get_or_create(name=EDITOR)
    editors.permissions.add(*wanted)
