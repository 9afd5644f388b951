"""Editors and administrators read, copy and change the methods of rooms in the admin."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = ("editor", "administrator")
VERBS = ("add", "change", "view")


def allow(apps, schema_editor):
    config = apps.get_app_config("forum")
    config.models_module = True  # permissions are made after the last migration; these are needed now
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    rights = Permission.objects.filter(
        content_type__app_label="forum", codename__in=[f"{verb}_method" for verb in VERBS]
    )
    for role in ROLES:
        Group.objects.get_or_create(name=role)[0].permissions.add(*rights)


def forbid(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(
            *Permission.objects.filter(
                content_type__app_label="forum", codename__in=[f"{verb}_method" for verb in VERBS]
            )
        )


class Migration(migrations.Migration):
    dependencies = [("forum", "0002_shipped_methods"), ("auth", "0012_alter_user_first_name_max_length"),
                    ("contenttypes", "0002_remove_content_type_name")]
    operations = [migrations.RunPython(allow, forbid)]
