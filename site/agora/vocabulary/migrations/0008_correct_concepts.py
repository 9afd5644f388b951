"""Correct the words of the concepts, read one by one since, where no editor changed the concept.

What pulled false results goes (« papi » is « papier » to a stemmer, « faire appel » is no recours), what would
offend is no longer shown first, a concept that held two things becomes two. Going back gives an untouched
concept its former words.
"""

from django.db import migrations

from agora.vocabulary import seed


def forward(apps, schema_editor):
    seed.correct_concepts(apps, schema_editor.connection.alias)


def backward(apps, schema_editor):
    seed.correct_concepts(apps, schema_editor.connection.alias, back=True)


class Migration(migrations.Migration):

    dependencies = [("vocabulary", "0007_load_said_concepts")]

    operations = [migrations.RunPython(forward, backward)]
