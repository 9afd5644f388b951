"""The vocabularies that Agora starts with, read from `data/`.

Migration 0002 loads them, and a test bench may load them again after it emptied the tables. The
files are therefore **frozen with that migration**: once a version of Agora is in use, they are not
edited any more. Editors change words in the admin; a change for every installation is a new file
and a new migration. They stay in JSON, beside the code, because somebody who knows the CPAS and
not Python must be able to read and correct them.

Sources: the 19 CPAS from the national register of municipalities (INS codes), postal codes and
rounded populations for the size classes; the places on the map from the design language; e-mail
domains only where the CPAS itself prints one.
"""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
TERM_MODELS = {
    "themes": "Theme",
    "functions": "Function",
    "services": "Service",
    "publics": "Public",
    "missions": "Mission",
}
CIRCUMSTANCE_FIELDS = ("slug", "name_fr", "name_nl", "dimension")
TERM_FIELDS = ("slug", "name_fr", "name_nl", "short_fr", "short_nl")


def read(name: str) -> Any:
    """Return the content of one file of `data/`: "terms", "cpas", "concepts" or "circumstances"."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def load(registry: Any, using: str = "default") -> None:
    """Make the rows that are missing; change none that exists, because editors own them.

    `registry` is an app registry: a migration's historical one, or `django.apps.apps`.
    `using` is the alias of a database. No signal is sent: a running process then calls lists.changed().
    """
    _make(registry, using, "Cpas", "ins_code", read("cpas"))
    terms = read("terms")
    for key, model in TERM_MODELS.items():
        rows = [_term(values, position) for position, values in enumerate(terms[key], start=1)]
        _make(registry, using, model, "slug", rows)
    _make(registry, using, "Concept", "slug", concepts())


def concepts() -> list[dict[str, str]]:
    """Return the columns of each concept that Agora starts with."""
    return [_flat(row) for row in read("concepts")]


def load_circumstances(registry: Any, using: str = "default") -> None:
    """Make the circumstances that are missing; see `load`. They came with migration 0005."""
    rows = [
        {**dict(zip(CIRCUMSTANCE_FIELDS, values, strict=True)), "position": position}
        for position, values in enumerate(read("circumstances"), start=1)
    ]
    _make(registry, using, "Circumstance", "slug", rows)


def _make(registry: Any, using: str, model_name: str, key: str, rows: list[dict[str, Any]]) -> None:
    model = registry.get_model("vocabulary", model_name)
    known = set(model.objects.using(using).values_list(key, flat=True))
    model.objects.using(using).bulk_create([model(**row) for row in rows if row[key] not in known])


def _term(values: list[str], position: int) -> dict[str, Any]:
    """Name the values of a term; only functions go on to the two acronyms."""
    return {**dict(zip(TERM_FIELDS, values, strict=False)), "position": position}


def _flat(concept: dict[str, Any]) -> dict[str, str]:
    """Turn the lists of a concept into the texts that its columns hold."""
    row = dict(concept)
    for language in ("fr", "nl"):
        row[f"variants_{language}"] = "\n".join(concept[f"variants_{language}"])
        row[f"acronyms_{language}"] = " ".join(concept[f"acronyms_{language}"])
    return row
