"""Fill the vocabularies: 19 CPAS, five closed lists, the concepts that search reads.

Running it again makes only what is missing. Going back is a no-op, on purpose: practices and members
point to these rows, an editor may have rewritten them, and 0001 removes the tables anyway when one
goes back further. Nothing is gained by deleting them here, and much could be lost.
"""

from django.db import migrations

from agora.vocabulary import seed


def load(apps, schema_editor):
    seed.load(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [("vocabulary", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
