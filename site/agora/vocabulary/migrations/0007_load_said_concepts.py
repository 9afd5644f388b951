"""Add what people say for the concepts at a counter, and the concepts that had no name yet.

Words that an editor gave to another concept stay there. Running it again makes only what is missing;
going back is a no-op, as for 0006.
"""

from django.db import migrations

from agora.vocabulary import seed


def load(apps, schema_editor):
    seed.load_more_concepts(apps, schema_editor.connection.alias, "said_concepts")


class Migration(migrations.Migration):

    dependencies = [("vocabulary", "0006_load_more_concepts")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
