"""What `manage.py check --deploy` says about the rooms."""

import os

from django.core.checks import Tags, Warning, register

from . import keys

NO_KEYS = Warning(
    "The texts of rooms are sealed with a key kept beside the database.",
    hint="Put ROOM_KEYS in the environment, and keep a copy where the backups of the database are not.",
    id="forum.W001",
)


@register(Tags.security, deploy=True)
def keys_are_apart(app_configs, **kwargs) -> list[Warning]:
    """Ask for keys from the environment; fails early when the present ones are no keys."""
    keys.ring()
    return [] if os.environ.get("ROOM_KEYS") else [NO_KEYS]
