"""Fill the circumstances that the transferability mirror compares.

Running it again makes only what is missing; going back is a no-op, as for 0002.
"""

from django.db import migrations

from agora.vocabulary import seed


def load(apps, schema_editor):
    seed.load_circumstances(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [("vocabulary", "0004_circumstance")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
