from django.db import migrations

CREATE = "CREATE INDEX django_comments_by_target ON django_comments (content_type_id, object_pk)"


class Migration(migrations.Migration):
    """An index of the messages under one object, which the library does not have.

    SQLite uses one index per table, and of the library's two took the one that finds all messages
    of Agora under any sheet.
    """

    dependencies = [
        ("discussion", "0002_reports_by_authors"),
        ("django_comments", "0004_add_object_pk_is_removed_index"),
    ]

    operations = [migrations.RunSQL(CREATE, "DROP INDEX django_comments_by_target")]
