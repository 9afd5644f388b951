"""What the gate finds: a place in a text, what it looks like, and how bad that is.

A name of its own: no model, on purpose. Nothing that was found is ever stored or logged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of text looks like."""

    NATIONAL_NUMBER = "national_number"
    BIS_NUMBER = "bis_number"
    CARD = "card"
    ACCOUNT = "account"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    FILE_NUMBER = "file_number"
    NAME = "name"
    PLACE = "place"
    INSTITUTION = "institution"
    BIRTH = "birth"
    AGE = "age"
    DAY = "day"
    MIXTURE = "mixture"


# These name one person in some register: no text of Agora needs them.
HARD = frozenset(
    {
        Kind.NATIONAL_NUMBER,
        Kind.BIS_NUMBER,
        Kind.CARD,
        Kind.ACCOUNT,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.PLATE,
        Kind.FILE_NUMBER,
    }
)
# A check digit proves these: nobody can vouch that one is something else.
PROVED = frozenset({Kind.NATIONAL_NUMBER, Kind.BIS_NUMBER})
# How a service is reached: a sheet says it, a story does not.
CONTACTS = frozenset({Kind.PHONE, Kind.EMAIL})


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place: `start` and `end` in the text as it was typed, so that it can be shown there."""

    start: int
    end: int
    kind: Kind
    text: str
    is_hard: bool


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one text, in reading order, without overlaps."""

    text: str
    findings: tuple[Finding, ...] = ()

    @property
    def hard(self) -> tuple[Finding, ...]:
        """What must go before the text can be sent."""
        return tuple(finding for finding in self.findings if finding.is_hard)

    @property
    def soft(self) -> tuple[Finding, ...]:
        """What deserves a second look."""
        return tuple(finding for finding in self.findings if not finding.is_hard)


AROUND, MOST_EXTRACTS = 40, 20  # characters on each side; places shown of one long text


def extracts_of(report: Report) -> Report:
    """Return the hard findings of a long text with the words around each, as a short text of its own."""
    pieces, findings, length = [], [], 0
    for finding in report.hard[:MOST_EXTRACTS]:
        before = report.text[max(finding.start - AROUND, 0) : finding.start]
        after = report.text[finding.end : finding.end + AROUND]
        piece = f"… {before}{finding.text}{after} …\n"
        start = length + len(before) + 2
        findings.append(Finding(start, start + len(finding.text), finding.kind, finding.text, True))
        pieces.append(piece)
        length += len(piece)
    return Report("".join(pieces), tuple(findings))


def settled(text: str, found: Iterable[tuple[int, int, Kind]], soft: frozenset[Kind]) -> Report:
    """Return the report of a text: where two findings overlap, the harder stands, then the longer.

    Args:
        text: as it was typed; the places are places in it.
        found: start, end and kind of each.
        soft: kinds that do not block here although they are hard elsewhere.
    """
    ranked = sorted(set(found), key=lambda each: (each[2] not in HARD, each[0] - each[1], each[0]))
    taken = bytearray(len(text))
    kept = []
    for start, end, kind in ranked:
        if start >= end or any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        kept.append(Finding(start, end, kind, text[start:end], kind in HARD and kind not in soft))
    return Report(text, tuple(sorted(kept)))
