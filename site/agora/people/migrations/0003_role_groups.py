"""The roles as groups, and who of them works in Wagtail's admin.

Rights on pages, images and documents are given by `manage.py build_tree`, which knows the tree;
rights on the shared words by the vocabulary's own migration.
"""

from django.db import migrations

ROLES = ["relay", "mentor", "trainer", "facilitator", "editor", "moderator", "administrator"]
IN_ADMIN = ["trainer", "editor", "moderator", "administrator"]


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    content_type, _ = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    opens_admin, _ = Permission.objects.get_or_create(
        content_type=content_type, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    for role in IN_ADMIN:
        groups[role].permissions.add(opens_admin)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_answer_reason"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    # The groups stay when this is undone: people hang on them.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
