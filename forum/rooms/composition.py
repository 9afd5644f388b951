"""Who should sit together: what makes a room speak freely, and what would keep people silent.

A name of its own: it judges a group, it is neither a form nor an act. The rules are those of intervision
(no hierarchical link) and of the 2012 note (several CPAS, several functions and services).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.richtext.numbers import in_letters

from ..methods.definition import RAPPORTEUR, Definition

CHIEFS = frozenset({"chef-service", "direction"})
REGION = frozenset({"coordinateur"})
MOST_OF_ONE_CPAS = 3


@dataclass(frozen=True, slots=True)
class Composition:
    """What can be said of a group. `forbidden` stops an invitation, `advice` does not."""

    people: int
    cpas: int
    functions: int
    forbidden: tuple[str, ...]
    advice: tuple[str, ...]


def look(people: Sequence, fewest: int, most: int) -> Composition:
    """Judge members who would sit together, for a method of `fewest` to `most` people."""
    cpas = {person.cpas_id for person in people if person.cpas_id}
    functions = {person.function_id for person in people if person.function_id}
    return Composition(
        people=len(people),
        cpas=len(cpas),
        functions=len(functions),
        forbidden=tuple(_forbidden(people, most)),
        advice=tuple(_advice(people, len(cpas), len(functions), fewest)),
    )


def lacking(method: Definition, seated: Sequence) -> list[str]:
    """Return what is still missing before a method can begin, given the seats of those who are there."""
    fewest, _most = method.people
    found = []
    if len(seated) < fewest:
        found.append(
            _("Il faut être au moins %(n)s pour commencer cette méthode.") % {"n": in_letters(fewest)}
        )
    if method.has("synthesis") and not any(seat.role == RAPPORTEUR for seat in seated):
        found.append(_("Choisissez un rapporteur : c’est la mémoire du groupe."))
    return found


def is_above(one, other) -> bool:
    """Say whether one person may be the boss of another: a chief of the same CPAS, and the same service or
    a whole CPAS to direct. In doubt (no service known), yes.
    """
    if one.pk == other.pk or not one.cpas_id or one.cpas_id != other.cpas_id or one.function is None:
        return False
    if one.function.slug == "direction":
        return True
    if one.function.slug not in CHIEFS:
        return False
    return one.service_id is None or other.service_id is None or one.service_id == other.service_id


def _forbidden(people: Sequence, most: int) -> Iterable[str]:
    if len(people) > most:
        yield ngettext(
            "Cette méthode se vit à %(n)s personne au plus.",
            "Cette méthode se vit à %(n)s personnes au plus.",
            most,
        ) % {"n": in_letters(most, feminine=True)}
    for one in people:
        for other in people:
            if is_above(one, other):
                names = {"one": one.signature, "other": other.signature}
                yield (
                    _(
                        "%(one)s peut être responsable de %(other)s : dans une même salle, ni l’un ni "
                        "l’autre ne parlerait librement."
                    )
                    % names
                )


def _advice(people: Sequence, cpas: int, functions: int, fewest: int) -> Iterable[str]:
    if len(people) < fewest:
        missing = fewest - len(people)
        yield ngettext(
            "Il faut encore %(n)s personne pour commencer.",
            "Il faut encore %(n)s personnes pour commencer.",
            missing,
        ) % {"n": in_letters(missing, feminine=True)}
    if cpas < 2 and len(people) > 1:
        yield _(
            "Tout le monde vient du même CPAS : invitez ailleurs, c’est là qu’on découvre d’autres façons "
            "de faire."
        )
    if functions < 2 and len(people) > 2:
        yield _("Tout le monde exerce le même métier : une autre fonction verrait autre chose.")
    counts: dict[str, int] = {}
    for person in people:
        if person.cpas_id:
            counts[person.cpas_id] = counts.get(person.cpas_id, 0) + 1
    if cpas >= 2 and any(count > MOST_OF_ONE_CPAS for count in counts.values()):
        yield _("Plus de trois personnes viennent d’un même CPAS : elles parleront surtout de chez elles.")
