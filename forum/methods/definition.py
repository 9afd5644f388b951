"""A method as data: its phases, who may do what in each, what is hidden until when, the texts that coach.

A name of its own: this is the language in which methods are written, not a table. A version of a method is
one such document, frozen (models.MethodVersion); a room pins the version it began with, so no later edit
changes the rules under those who are playing. Shipped methods: `shipped/*.json`; an editor's copies are
rows (models.Method) that `versions.freeze` turns into the same document.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SHIPPED = Path(__file__).parent / "shipped"

# What a phase is made of: each kind has its own page and its own acts (forum.phases).
KINDS = (
    "proposals", "choice", "narrative", "questions", "round", "answer",
    "board", "perspectives", "synthesis", "talk", "cards",
)  # fmt: skip
NARRATOR, ANIMATEUR, RAPPORTEUR, PARTICIPANT, SUBSTITUTE = (
    "narrator", "animateur", "rapporteur", "participant", "substitute",
)  # fmt: skip
ROLES = (NARRATOR, ANIMATEUR, RAPPORTEUR, PARTICIPANT, SUBSTITUTE)
# Under what name a text stands: one's own, the room's pseudonym, either as one likes, the card one plays.
SIGNINGS = ("name", "pseudonym", "choice", "card")
MOST_PHASES = 16
FEWEST_PEOPLE, MOST_PEOPLE = 4, 12
LONGEST_TEXT = 20_000  # characters of any one text of a room


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; `str()` gives that of the reader, the other one where it is missing."""

    fr: str = ""
    nl: str = ""

    def __str__(self) -> str:
        dutch = (get_language() or "fr").startswith("nl")
        return (self.nl or self.fr) if dutch else (self.fr or self.nl)

    def as_data(self) -> dict[str, str]:
        """Return the pair as JSON values."""
        return {"fr": self.fr, "nl": self.nl}


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a method.

    `writers`: the roles that write in it. `is_sealed`: nobody reads another's text until all who write
    have written, or the date has come. `days`: how long it lasts at a distance; `minutes`: in live mode.
    `once`: one text a person. `limit`: characters of a text. `signing`: one of SIGNINGS.
    `says` explains the phase in two lines to all; `coach` helps an animateur without experience;
    `opening` is how a text may begin.
    """

    key: str
    kind: str
    stage: Words
    name: Words
    says: Words
    coach: Words
    opening: Words
    writers: frozenset[str]
    is_sealed: bool = False
    days: int = 3
    minutes: int = 20
    once: bool = False
    limit: int = 4000
    signing: str = "name"


@dataclass(frozen=True, slots=True)
class Card:
    """A role to play in a comité à blanc: its name is seen by all, what it hides by its holder alone."""

    key: str
    name: Words
    hidden: Words


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole method. `people`: fewest and most seats. `is_fictional`: only invented files are allowed."""

    slug: str
    names: Words
    purpose: Words
    people: tuple[int, int]
    phases: tuple[Phase, ...]
    cards: tuple[Card, ...] = ()
    is_fictional: bool = False
    by_key: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return str(self.names)

    def number_of(self, key: str) -> int:
        """Return the place of a phase, from 0; KeyError for an unknown key."""
        return self.by_key[key]

    def has(self, kind: str) -> bool:
        """Say whether a kind of phase is part of the method."""
        return any(phase.kind == kind for phase in self.phases)


def parse(data: Mapping[str, Any]) -> Definition:
    """Read a document; ValidationError, with the phase where it stumbles, for what the engine cannot run."""
    try:
        phases = tuple(_phase(each) for each in data["phases"])
        definition = Definition(
            slug=data["slug"],
            names=Words(**data["names"]),
            purpose=Words(**data["purpose"]),
            people=(int(data["people"][0]), int(data["people"][1])),
            phases=phases,
            cards=tuple(
                Card(each["key"], Words(**each["name"]), Words(**each["hidden"])) for each in data["cards"]
            ),
            is_fictional=bool(data.get("is_fictional")),
            by_key={phase.key: number for number, phase in enumerate(phases)},
        )
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise ValidationError(_("Cette méthode est mal écrite : %(error)s") % {"error": error}) from error
    check(definition)
    return definition


def _phase(data: Mapping[str, Any]) -> Phase:
    texts = {name: Words(**data[name]) for name in ("stage", "name", "says", "coach", "opening")}
    known = {
        name: data[name]
        for name in ("is_sealed", "days", "minutes", "once", "limit", "signing")
        if name in data
    }
    return Phase(key=data["key"], kind=data["kind"], writers=frozenset(data["writers"]), **texts, **known)


def check(definition: Definition) -> None:
    """Raise ValidationError, naming the phase, unless the engine can run this method from end to end."""
    problems = list(_problems(definition))
    if problems:
        raise ValidationError(problems)


def _problems(definition: Definition) -> Iterable[str]:
    fewest, most = definition.people
    if not FEWEST_PEOPLE <= fewest <= most <= MOST_PEOPLE:
        yield _("Une salle compte de quatre à douze personnes.")
    if not 1 <= len(definition.phases) <= MOST_PHASES:
        yield _("Une méthode compte d’une à seize phases.")
    if len(definition.by_key) != len(definition.phases):
        yield _("Deux phases portent le même identifiant.")
    kinds = [phase.kind for phase in definition.phases]
    for kind in ("proposals", "choice", "narrative", "synthesis"):
        if kinds.count(kind) > 1:
            yield _(
                "Une méthode n’a qu’une phase de chacun de ces genres : propositions, choix, récit, synthèse."
            )
    if "choice" in kinds and ("proposals" not in kinds or kinds.index("choice") < kinds.index("proposals")):
        yield _("On ne peut choisir qu’après des propositions.")
    for phase in definition.phases:
        yield from _problems_of(phase, definition)


def _problems_of(phase: Phase, definition: Definition) -> Iterable[str]:
    said = {"phase": str(phase.name) or phase.key}
    if phase.kind not in KINDS or phase.signing not in SIGNINGS:
        yield _("« %(phase)s » : ce genre de phase n’existe pas.") % said
    if not phase.writers or phase.writers - set(ROLES):
        yield _("« %(phase)s » : dites qui y écrit.") % said
    if phase.is_sealed and phase.kind != "round":
        yield _("« %(phase)s » : seul un tour peut être à l’aveugle.") % said
    if phase.is_sealed and not phase.once:
        yield _("« %(phase)s » : dans un tour à l’aveugle, chacun écrit une seule fois.") % said
    if not 1 <= phase.days <= 60 or not 1 <= phase.minutes <= 480 or not 100 <= phase.limit <= LONGEST_TEXT:
        yield _("« %(phase)s » : durée ou longueur impossible.") % said
    if phase.signing == "card" and not definition.cards:
        yield _("« %(phase)s » : cette méthode n’a pas de cartes de rôle.") % said
    if not (phase.name.fr and phase.name.nl and phase.says.fr and phase.says.nl):
        yield _("« %(phase)s » : il manque un texte dans une des deux langues.") % said


def shipped() -> dict[str, dict]:
    """Return the documents of the methods that come with Agora, by slug."""
    documents = (json.loads(path.read_text("utf-8")) for path in sorted(SHIPPED.glob("*.json")))
    return {document["slug"]: document for document in documents}
