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
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from . import words

DATA = Path(__file__).parent / "data"
TERM_MODELS = {
    "themes": "Theme",
    "functions": "Function",
    "services": "Service",
    "publics": "Public",
    "missions": "Mission",
}
CIRCUMSTANCE_FIELDS = ("slug", "name_fr", "name_nl", "dimension")
CONCEPT_FIELDS = ("slug", "label_fr", "label_nl", "variants_fr", "variants_nl", "acronyms_fr", "acronyms_nl")
MORE_CONCEPTS = ("more_concepts", "said_concepts")  # with migrations 0006 and 0007
CORRECTIONS = "corrected_concepts"  # with migration 0008
TERM_FIELDS = ("slug", "name_fr", "name_nl", "short_fr", "short_nl")


def read(name: str) -> Any:
    """Return the content of one file of `data/`, named without its ending (« terms », « cpas »…)."""
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
    """Return the columns of each concept of the first file, as migration 0002 makes them."""
    return [_flat(row) for row in read("concepts")]


def load_more_concepts(registry: Any, using: str = "default", name: str = "more_concepts") -> None:
    """Add the concepts and the words of a file of `data/`, beside what editors wrote; see `enriched`."""
    manager = registry.get_model("vocabulary", "Concept").objects.using(using)
    before = {row["slug"]: row for row in manager.values(*CONCEPT_FIELDS)}
    after = enriched(before.values(), name)
    manager.bulk_create([manager.model(**row) for row in after if row["slug"] not in before])
    for row in after:
        if before.get(row["slug"], row) != row:
            manager.filter(slug=row["slug"]).update(
                variants_fr=row["variants_fr"], variants_nl=row["variants_nl"]
            )


def correct_concepts(registry: Any, using: str = "default", *, back: bool = False) -> None:
    """Bring the CORRECTIONS to the concepts that nobody edited; `back` takes them away again.

    A concept with one word more or less than Agora gave it is its editors', and stays whole. The words that
    such a concept has are nobody else's, and a new concept whose name is taken is not made.
    """
    manager = registry.get_model("vocabulary", "Concept").objects.using(using)
    former, latter = ({row["slug"]: row for row in rows} for rows in (uncorrected(), shipped()))
    if back:
        for row in manager.values(*CONCEPT_FIELDS):
            if row == latter.get(row["slug"]) and row != (old := former.get(row["slug"])):
                found = manager.filter(slug=row["slug"])
                found.update(**old) if old else found.delete()
        return
    before = {row["slug"]: row for row in manager.values(*CONCEPT_FIELDS)}
    untouched = {slug for slug, row in before.items() if row == former.get(slug)}
    unknown = latter.keys() - former.keys() - before.keys()
    after = corrected(before.values(), untouched | unknown)
    manager.bulk_create([manager.model(**row) for row in after if row["slug"] not in before])
    for row in after:
        if before.get(row["slug"], row) != row:
            manager.filter(slug=row["slug"]).update(**row)


def shipped() -> list[dict[str, str]]:
    """Return the columns of all concepts that Agora starts with."""
    return corrected(uncorrected())


def uncorrected() -> list[dict[str, str]]:
    """Return the columns of all concepts as migration 0007 left them."""
    rows = concepts()
    for name in MORE_CONCEPTS:
        rows = enriched(rows, name)
    return rows


def enriched(rows: Iterable[dict[str, str]], name: str) -> list[dict[str, str]]:
    """Return the columns of these concepts with those of one of the MORE_CONCEPTS.

    An entry whose slug is there gives it more variants; any other one with a label is a new concept. A
    word, or an acronym, that some concept has already is left out: editors may have given it elsewhere.
    """
    found = {row["slug"]: dict(row) for row in rows}
    taken = {words.folded(word) for row in found.values() for word in _said(row)}
    acronyms = {name for row in found.values() for name in _acronyms(row)}
    for entry in read(name):
        row = found.get(entry["slug"])
        if row is None and "label_fr" in entry:
            row = _free(_flat(entry), taken, acronyms)
        elif row is not None:
            row = _longer(row, entry, taken)
        if row is not None:
            found[row["slug"]] = row
            taken.update(map(words.folded, _said(row)))
            acronyms.update(_acronyms(row))
    return list(found.values())


def corrected(rows: Iterable[dict[str, str]], only: Container[str] | None = None) -> list[dict[str, str]]:
    """Return the columns of these concepts with the CORRECTIONS, of the slugs in `only` or (None) of all.

    An entry takes words and acronyms `away`, puts some `first` in their language and adds others behind; a
    label takes the place of the old one. What is taken away anywhere is free before anything is added.
    """
    found = {row["slug"]: dict(row) for row in rows}
    entries = [entry for entry in read(CORRECTIONS) if only is None or entry["slug"] in only]
    for entry in entries:
        if row := found.get(entry["slug"]):
            _take_away(row, set(map(words.folded, entry.get("away", ()))))
            row.update({name: entry[name] for name in ("label_fr", "label_nl") if name in entry})
    for entry in entries:
        others = [row for slug, row in found.items() if slug != entry["slug"]]
        taken = {words.folded(word) for row in others for word in _said(row)}
        acronyms = {name for row in others for name in _acronyms(row)}
        if row := found.get(entry["slug"]):
            _put(row, entry, taken, acronyms)
        elif "label_fr" in entry and (row := _free(_flat(entry), taken, acronyms)):
            found[entry["slug"]] = row
    return list(found.values())


def _take_away(row: dict[str, str], away: set[str]) -> None:
    for language in ("fr", "nl"):
        field = f"variants_{language}"
        row[field] = "\n".join(each for each in words.lines(row[field]) if words.folded(each) not in away)
        field = f"acronyms_{language}"
        row[field] = " ".join(each for each in row[field].split() if words.folded(each) not in away)


def _put(row: dict[str, str], entry: dict[str, Any], taken: set[str], acronyms: set[str]) -> None:
    """Give a concept the words of a correction that no other has, while there is room."""
    for language in ("fr", "nl"):
        field = f"variants_{language}"
        said = [*entry.get(f"first_{language}", ()), *words.lines(row[field]), *entry.get(field, ())]
        not_free = {*taken, words.folded(row[f"label_{language}"])}
        once = {words.folded(each): each for each in reversed(said)}  # as an entry spells it, not as before
        order = [each for each in dict.fromkeys(map(words.folded, said)) if each not in not_free]
        row[field] = "\n".join(once[each] for each in order[: words.MAX_VARIANTS])
        field = f"acronyms_{language}"
        more = [each for each in entry.get(field, "").split() if each not in acronyms]
        row[field] = " ".join([*row[field].split(), *more])


def _said(row: dict[str, str]) -> list[str]:
    labels = [row["label_fr"], row["label_nl"]]
    return [word for word in labels + words.lines(f"{row['variants_fr']}\n{row['variants_nl']}") if word]


def _acronyms(row: dict[str, str]) -> list[str]:
    return f"{row['acronyms_fr']} {row['acronyms_nl']}".split()


def _free(row: dict[str, str], taken: set[str], acronyms: set[str]) -> dict[str, str] | None:
    """Return a new concept without the words of others, None when its very name is taken."""
    if taken & {words.folded(row["label_fr"]), words.folded(row["label_nl"])}:
        return None
    for language in ("fr", "nl"):
        field = f"variants_{language}"
        row[field] = "\n".join(each for each in words.lines(row[field]) if words.folded(each) not in taken)
        field = f"acronyms_{language}"
        row[field] = " ".join(each for each in row[field].split() if each not in acronyms)
    return row


def _longer(row: dict[str, str], entry: dict[str, Any], taken: set[str]) -> dict[str, str]:
    """Return a concept with the variants of an entry that nobody has, behind its own, while there is room."""
    row = dict(row)
    for language in ("fr", "nl"):
        field = f"variants_{language}"
        more = [each for each in entry[field] if words.folded(each) not in taken]
        row[field] = "\n".join([*words.lines(row[field]), *more][: words.MAX_VARIANTS])
    return row


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
