"""Rows to import, and how a spreadsheet writes them."""

import csv
import io
import json

from practices.models import SECTIONS

ADOPTION = {"cpas": "21010", "state": "adapted", "since": "2024-09", "note": "À deux."}


def row(**changes) -> dict:
    """A complete good row."""
    return {
        "external_id": "essai-1",
        "language": "fr",
        "kind": "sheet",
        "title": "Premier accueil",
        "summary": "On écoute d’abord.",
        **{name: f"Texte de {name}." for name in SECTIONS},
        "themes": ["accueil-flux", "bilan"],
        "publics": ["tous"],
        "functions": ["assistant-social"],
        "services": ["ssg"],
        "missions": ["aide-sociale"],
        "origin": "21007",
        "maturity": "tried",
        "showcase": True,
        "author": "auteur@cpas.example",
        "translation_of": None,
        "published": "2024-03-14",
        "reviewed": "2026-03-04",
        "adoptions": [ADOPTION],
    } | changes


def as_csv(rows, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as a spreadsheet writes them: lists with bars, adoptions as JSON."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
    writer.writeheader()
    for each in rows:
        cells = {
            name: "|".join(v) if isinstance(v, list) else v for name, v in each.items() if name != "adoptions"
        }
        writer.writerow(cells | {"adoptions": json.dumps(each.get("adoptions", []))})
    return out.getvalue().encode(encoding)


def outcomes(report) -> list[str]:
    """What became of each row, in order."""
    return [str(verdict.outcome) for verdict in report.verdicts]


def reasons(report) -> str:
    """All the sentences of a report."""
    return " ".join(reason for verdict in report.verdicts for reason in verdict.reasons)
