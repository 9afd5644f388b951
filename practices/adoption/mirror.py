"""The transferability mirror: the circumstances of a sheet beside those of a CPAS, by rules in words.

A name of its own: neither a form nor an act, and the one place of these rules. Pure: nothing is read from
the database here. The idea is that of ASTAIRE (Cambon and others, 2012): not « does it work? » but « what
of what made it work is there at ours? ». Never a score: each finding is a sentence with its rule.

- A sheet names the circumstances that it needs; a dimension under which it names none asks nothing.
- Under a dimension where a CPAS has one circumstance, one of those named is enough.
- Under languages, each one named is needed: the form asks for what a practice truly needs.
- The size of a CPAS comes from the register of the nineteen; the rest from its profile. What a profile
  does not tell is a question, not a gap; once there is a profile, no language ticked means none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agora.vocabulary import lists
from agora.vocabulary.models import Circumstance, Cpas

from ..wording import inside_sentence

Dimension = Circumstance.Dimension
MANY = frozenset({Dimension.LANGUAGES})  # dimensions under which a CPAS may have several circumstances
ASKED = tuple(d for d in Dimension if d != Dimension.SIZE)  # what the profile of a CPAS tells
SIZES = {
    Cpas.Size.SMALL: "cpas-petit",
    Cpas.Size.MEDIUM: "cpas-moyen",
    Cpas.Size.LARGE: "cpas-grand",
    Cpas.Size.VERY_LARGE: "cpas-tres-grand",
}
SIMILAR = 3

TITLES = {
    Dimension.SIZE: gettext_lazy("La taille"),
    Dimension.CASELOAD: gettext_lazy("Les dossiers par travailleur"),
    Dimension.MODEL: gettext_lazy("SSG et ISP"),
    Dimension.SITES: gettext_lazy("Les antennes"),
    Dimension.LANGUAGES: gettext_lazy("Les langues"),
}


class Verdict(StrEnum):
    """What the mirror finds under one dimension."""

    FITS = "fits"
    DIFFERS = "differs"
    UNSAID = "unsaid"
    FREE = "free"


VERDICTS = {
    Verdict.FITS: gettext_lazy("Comme chez vous"),
    Verdict.DIFFERS: gettext_lazy("Autrement chez vous"),
    Verdict.UNSAID: gettext_lazy("Pas encore dit"),
    Verdict.FREE: gettext_lazy("Sans condition"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What one CPAS is like: its INS code, slugs of circumstances by dimension; was it described?"""

    cpas: str
    circumstances: frozenset[str]
    is_described: bool

    def under(self, dimension: str) -> tuple[Circumstance, ...]:
        """Return its circumstances under one dimension, in the order of the list."""
        return _under(dimension, self.circumstances)


def profile_of(cpas: Cpas, circumstances: Iterable[str] | None) -> Profile:
    """Return the profile of a CPAS: its size, and what it said of itself (None: it said nothing yet)."""
    said = {c.slug for dimension in ASKED for c in _under(dimension, frozenset(circumstances or ()))}
    return Profile(cpas.pk, frozenset(said | {SIZES[Cpas.Size(cpas.size)]}), circumstances is not None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One dimension: what the sheet says beside what the CPAS is, and the rule that compares them."""

    title: str
    verdict: Verdict
    label: str
    sheet_says: str
    at_ours: str
    rule: str


def compare(asked: Iterable[str], profile: Profile) -> list[Finding]:
    """Set the circumstances that a sheet asks for (slugs) beside a CPAS, one finding for each dimension."""
    asked = frozenset(asked)
    return [_finding(dimension, _under(dimension, asked), profile) for dimension in Dimension]


def _finding(dimension: str, needed: tuple[Circumstance, ...], profile: Profile) -> Finding:
    lived = profile.under(dimension)
    verdict, rule = _judge(dimension, needed, lived, profile.is_described)
    return Finding(
        title=str(TITLES[dimension]),
        verdict=verdict,
        label=str(VERDICTS[verdict]),
        sheet_says=_("La fiche dit : %(words)s.") % {"words": _joined(needed, dimension in MANY)}
        if needed
        else _("La fiche ne demande rien."),
        at_ours=_at_ours(dimension, lived, profile.is_described),
        rule=rule,
    )


def _judge(dimension: str, needed, lived, is_described: bool) -> tuple[Verdict, str]:
    if not needed:
        return Verdict.FREE, _("Règle : ce qu’une fiche ne nomme pas n’est pas une condition.")
    if not lived and not (is_described and dimension in MANY):
        return Verdict.UNSAID, _("Règle : ce que votre CPAS n’a pas encore dit de lui est une question.")
    if dimension in MANY:
        missing = [c for c in needed if c not in lived]
        if not missing:
            return Verdict.FITS, _("Règle : tout ce que la fiche nomme doit être là, et tout y est.")
        said = _("Règle : tout ce que la fiche nomme doit être là. Il manque : %(words)s.")
        return Verdict.DIFFERS, said % {"words": _joined(missing, True)}
    if set(needed) & set(lived):
        return Verdict.FITS, _("Règle : une seule des circonstances nommées suffit, et c’est la vôtre.")
    return Verdict.DIFFERS, _("Règle : une seule des circonstances nommées suffit, et la vôtre n’y est pas.")


def _at_ours(dimension: str, lived, is_described: bool) -> str:
    if lived:
        return _("Chez vous : %(words)s.") % {"words": _joined(lived, True)}
    if is_described and dimension in MANY:
        return _("Chez vous : rien de tout cela.")
    return _("Chez vous : pas encore dit.")


@dataclass(frozen=True, slots=True)
class Likeness:
    """One CPAS that tried the practice, and what it has in common with ours, in words."""

    cpas: str
    shared: tuple[str, ...]

    @property
    def reasons(self) -> str:
        """Say what is shared: « Comme vous : un CPAS moyen, plusieurs antennes. »."""
        return _("Comme vous : %(words)s.") % {"words": ", ".join(self.shared)}


def most_similar(ours: Profile, others: Iterable[Profile], names: dict[str, str]) -> list[Likeness]:
    """Return at most three others, those that share something under most dimensions first.

    `names`: by INS code, to settle ties. Who shares nothing that is known is left out: nobody is close
    without a reason.
    """
    found = []
    for other in others:
        both = ours.circumstances & other.circumstances
        shared = {d: _under(d, both) for d in Dimension}
        words = tuple(inside_sentence(c.name) for terms in shared.values() for c in terms)
        found.append((-sum(map(bool, shared.values())), names[other.cpas], Likeness(other.cpas, words)))
    found.sort(key=lambda one: one[:2])
    return [likeness for _rank, _name, likeness in found if likeness.shared][:SIMILAR]


def _under(dimension: str, slugs: frozenset[str]) -> tuple[Circumstance, ...]:
    ordered = lists.circumstances().ordered
    return tuple(c for c in ordered if c.dimension == dimension and c.slug in slugs)


def _joined(terms: Iterable[Circumstance], all_of_them: bool) -> str:
    words = [inside_sentence(term.name) for term in terms]
    if len(words) == 1:
        return words[0]
    both = _("%(first)s et %(last)s") if all_of_them else _("%(first)s ou %(last)s")
    return both % {"first": ", ".join(words[:-1]), "last": words[-1]}
