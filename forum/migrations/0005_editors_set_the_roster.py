"""Editors and administrators say in the admin who is on duty for which theme."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = ("editor", "administrator")
CODENAMES = [f"{verb}_duty" for verb in ("add", "change", "delete", "view")]


def allow(apps, schema_editor):
    config = apps.get_app_config("forum")
    config.models_module = True  # permissions are made after the last migration; these are needed now
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    rights = Permission.objects.filter(content_type__app_label="forum", codename__in=CODENAMES)
    for role in ROLES:
        Group.objects.get_or_create(name=role)[0].permissions.add(*rights)


def forbid(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    rights = Permission.objects.filter(content_type__app_label="forum", codename__in=CODENAMES)
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [("forum", "0004_questions_and_debates")]
    operations = [migrations.RunPython(allow, forbid)]
