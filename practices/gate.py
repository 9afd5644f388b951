"""What the anonymisation gate says of a sheet: every text that its form asks for.

A name of its own: the desk shows it, the acts refuse by it. Services say in a sheet how they are reached, so
telephones and addresses of mail call for a look there, and do not block.
"""

from collections.abc import Callable, Mapping
from typing import Any

from agora.airlock.gate import Gate, gate_of

from .fields import PracticeFields
from .labels import LABELS
from .models import SECTIONS

TEXTS = ("title", "summary", *SECTIONS)


def gate_for(
    fields: PracticeFields,
    before: PracticeFields | None,
    given: Mapping[str, Any],
    url_of: Callable[[str], str] = lambda name: "",
) -> Gate:
    """Inspect the texts of a sheet; of a change, those that it changes.

    Args:
        fields: what would be published.
        before: what is published now, if anything.
        given: what the author said of it (`vouched`), as a draft keeps it.
        url_of: where a field is changed.
    """
    texts = [
        (LABELS[name], url_of(name), text)
        for name in TEXTS
        if (text := getattr(fields, name)) and (before is None or text != getattr(before, name))
    ]
    return gate_of(texts, {"vouched": str(given.get("vouched") or "")}, public_contacts=True)


def refused(gate: Gate) -> dict[str, str]:
    """Return what blocks, by field, as the form says it."""
    if not gate.blocks:
        return {}
    names = {LABELS[name]: name for name in TEXTS}
    return {names[label]: gate.refusal() for label, _url, report in gate.reports if report.hard}
