"""Words whose forms a stemmer keeps apart: lists of forms, and irregular verbs of both languages.

A name of its own beside analysis.py: how the lists of `data/` become a dictionary of form → stem.
"""

from collections.abc import Callable
from pathlib import Path

DATA = Path(__file__).parent / "data"

Stemmer = Callable[[str], str]

_PRESENT = ("s", "t", "e", "es", "ent", "ons", "ez", "ais", "ait", "ions", "iez", "aient", "ant")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
_PARTICIPLE = ("", "e", "s", "es")


def listed(name: str) -> dict[str, str]:
    """Return word → stem of a list of `data/`: a stem, a colon, and the words that share it."""
    rows = (row.partition(":") for row in (DATA / name).read_text("utf-8").splitlines() if row[:1] != "#")
    return {word: stem for stem, _, words in rows for word in words.split()}


def french(stem_of: Stemmer, strip: Stemmer) -> dict[str, str]:
    """Return form → stem of the verbs of `verbs_fr.txt`; see there."""
    rows = [row for row in (DATA / "verbs_fr.txt").read_text("utf-8").splitlines() if row[:1] != "#"]
    others = {word for row in rows if row[:2] == "- " for word in row[2:].split()}
    found: dict[str, str] = {}
    for row in rows:
        if row[:2] == "- ":
            continue
        model, _, beginnings = row.partition("|")
        verb, _, said = model.partition(":")
        present, future, past = (part.replace(",", " ").split() for part in said.split(";"))
        forms = [verb, *(root + end for root in present for end in ("", *_PRESENT))]
        forms += [root + end for root in future for end in _FUTURE]
        forms += [root + end for root in past for end in _PARTICIPLE]
        for beginning in ("", *beginnings.split()):
            stem = strip(stem_of(beginning + verb))
            for form in forms:
                if beginning + form not in others:
                    found.setdefault(beginning + form, stem)
    return found


PARTICLES = (
    "aan", "achter", "af", "bij", "binnen", "buiten", "door", "in", "langs", "los", "mee", "na", "neer", "om",
    "op", "over", "rond", "samen", "tegen", "terug", "thuis", "toe", "tussen", "uit", "vast", "vol", "voor",
    "voorbij", "weg",
)  # fmt: skip


def dutch(stem_of: Stemmer) -> dict[str, str]:
    """Return form → stem of the verbs of `verbs_nl.txt`, with the particles of separable ones."""
    plain = listed("verbs_nl.txt")
    found = {form: stem_of(verb) for form, verb in plain.items()}
    for particle in PARTICLES:
        for form, verb in plain.items():
            found.setdefault(particle + form, stem_of(particle + verb))
    return found
