"""What the page of the mirror shows: the findings, what to look at, whom to call.

A name of its own, apart from mirror.py: this reads the database, the rules do not.
"""

from dataclasses import dataclass
from typing import Any

from agora.vocabulary import lists

from ..models import PracticePage
from ..sheet.texts import parts_of
from .contexts import profiles_of
from .mirror import Finding, Verdict, compare, most_similar
from .spoken import Trier, trier_of

LOOK_AT = ("conditions", "pitfalls")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One CPAS to call: what it did, and why it is close."""

    trier: Trier
    reasons: str


def mirror_context(practice: PracticePage, cpas: str) -> dict[str, Any]:
    """Return what `practices/adoption/mirror.html` shows of a sheet and a CPAS (INS code)."""
    adoptions = {a.cpas_id: a for a in practice.adoptions.select_related("cpas") if a.cpas_id != cpas}
    profiles = profiles_of([cpas, *adoptions])
    ours = profiles.pop(cpas)
    asked = [term.slug for term in practice.circumstances.all()]
    findings = compare(asked, ours)
    names = {code: lists.cpas_by_ins()[code].name for code in profiles}
    close = most_similar(ours, profiles.values(), names)
    return {
        "profile": ours,
        "asks_nothing": not asked,
        "groups": _groups(findings),
        "parts": [part for part in parts_of(practice) if part.name in LOOK_AT],
        "neighbours": [
            Neighbour(trier_of(adoptions[one.cpas], origin=practice.origin_id), one.reasons) for one in close
        ],
        "is_alone": not adoptions,
    }


def _groups(findings: list[Finding]) -> list[tuple[str, list[Finding]]]:
    """Return the findings by verdict, what differs first: it is what one came to learn."""
    order = (Verdict.DIFFERS, Verdict.UNSAID, Verdict.FITS, Verdict.FREE)
    grouped = [(v.value, [finding for finding in findings if finding.verdict is v]) for v in order]
    return [(verdict, members) for verdict, members in grouped if members]
