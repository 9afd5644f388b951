"""The situations that Agora starts with; editors change, hide and add them afterwards.

data/situations.json is frozen with this migration.
"""

import json
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).parents[1] / "data" / "situations.json"


def load(apps, schema_editor) -> None:
    """Make the situations that are missing."""
    model, alias = apps.get_model("search", "Situation"), schema_editor.connection.alias
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        model.objects.using(alias).get_or_create(slug=row["slug"], defaults=row)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_a_fallback_hears_of_changes_too")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
