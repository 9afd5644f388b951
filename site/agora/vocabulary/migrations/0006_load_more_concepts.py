"""Add the concepts and the words that workers say, found missing once search was judged.

Words that an editor gave to another concept stay there. Running it again makes only what is missing;
going back is a no-op, as for 0002.
"""

from django.db import migrations

from agora.vocabulary import seed


def load(apps, schema_editor):
    seed.load_more_concepts(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [("vocabulary", "0005_load_circumstances")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
