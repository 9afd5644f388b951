"""Who reads the page of a word, the one gate to it, and who may write on it."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS
from django.http import Http404

from agora.people.roles import ADMINISTRATOR, EDITOR

from .models import WordPage


def can_read(user, page: WordPage) -> bool:
    """Everybody reads the page of a word that is in use."""
    return page.is_live


def get_word_for(user, *, listing: str, key: str, language: str) -> WordPage:
    """Return the page of a word in a language, or Http404 when there is none to see."""
    found = WordPage.objects.visible_to(user).filter(listing=listing, key=key, language=language).first()
    if found is None:
        raise Http404
    return found


def grant_rights(app_config: AppConfig, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """Let editors and administrators write the texts of these pages; safe to repeat, after each migration."""
    registry = signal.get("apps", apps)
    try:
        registry.get_model("auth", "Permission")
        registry.get_model("contenttypes", "ContentType")
    except LookupError:  # migrated alone, before the tables of rights: the next migration calls again
        return
    create_permissions(app_config, verbosity=0, using=using)
    codes = [f"{act}_wordpage" for act in ("view", "change")]
    wanted = Permission.objects.using(using).filter(
        content_type__app_label=app_config.label, codename__in=codes
    )
    for role in (EDITOR, ADMINISTRATOR):
        Group.objects.using(using).get_or_create(name=role)[0].permissions.add(*wanted)
