"""What the anonymisation gate says of a sheet: every text that its form asks for.

A name of its own: the desk shows it, the acts refuse by it. Services say in a sheet how they are reached, so
telephones and addresses of mail call for a look there, and do not block.
"""

from collections.abc import Callable, Mapping
from typing import Any

from agora.airlock.gate import Gate, gate_of
from agora.attachments.models import FileText
from agora.attachments.permissions import numbers_among

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
    said = {"vouched": str(given.get("vouched") or "")}
    return gate_of(texts, said, files=_files(fields, before, url_of), public_contacts=True)


def _files(fields: PracticeFields, before: PracticeFields | None, url_of) -> list[tuple[str, str, str]]:
    """Return the files that are new on the sheet, with their words as search has them (one query)."""
    numbers = numbers_among(set(fields.attachments) - set(before.attachments if before else ()))
    if not numbers:
        return []
    read = FileText.objects.filter(attachment__in=numbers).select_related("attachment").order_by("attachment")
    url = url_of("attachments")
    return [(text.attachment.name, url, "\n".join(map(str, text.pages))) for text in read]


def refused(gate: Gate) -> dict[str, str]:
    """Return what blocks, by field, as the form says it."""
    if not gate.blocks:
        return {}
    names = {LABELS[name]: name for name in TEXTS}
    stopped = (names.get(label, "attachments") for label, _url, report in gate.reports if report.hard)
    return dict.fromkeys(stopped, gate.refusal())
