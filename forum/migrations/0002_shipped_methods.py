"""The five methods that come with Agora, each with its first version."""

from django.db import migrations

from forum.methods.definition import shipped
from forum.methods.versions import method_fields, phase_fields


def load(apps, schema_editor):
    Method, Phase, Version = (apps.get_model("forum", name) for name in ("Method", "MethodPhase", "MethodVersion"))
    for slug, document in shipped().items():
        method, created = Method.objects.get_or_create(slug=slug, defaults=method_fields(document))
        if not created:
            continue
        phases = [
            Phase(method=method, sort_order=order, **phase_fields(phase))
            for order, phase in enumerate(document["phases"])
        ]
        Phase.objects.bulk_create(phases)
        whole = document | {"phases": [_whole(phase) for phase in document["phases"]]}
        Version.objects.create(method=method, number=1, document={"is_fictional": False} | whole)


def _whole(phase):
    columns = phase_fields(phase)
    names = ("key", "kind", "is_sealed", "once", "signing", "days", "minutes", "limit", "writers")
    texts = {name: phase[name] for name in ("stage", "name", "says", "coach", "opening")}
    return {name: columns[name] for name in names} | texts


def unload(apps, schema_editor):
    """Nothing to take away: the tables go with the migration before this one."""


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
