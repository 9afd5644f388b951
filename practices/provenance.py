"""Says where a practice comes from, and carries that from the draft of a sheet to the sheet.

A name of its own: rooms and questions, which stand above the catalogue, begin drafts with `mark_of`; the
draft knows no more than what the sheet will say. No form sends the field.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.drafts.models import Draft

from .models import PracticePage, Provenance
from .wording import in_letters, interface_language, month

MARK = "_comes_from"
MOST_CPAS = 19


def mark_of(
    source: Provenance.Source, *, day: date, method: tuple[str, str] = ("", ""), cpas: int = 0
) -> dict[str, Any]:
    """Return the field of a draft that says where it comes from.

    Args:
        day: any day of the month to tell; the day itself is not kept.
        method: its name in French and in Dutch.
        cpas: how many sat at the table.
    """
    told = {"source": str(source), "month": day.replace(day=1).isoformat()}
    return {MARK: told | {"method": [str(name) for name in method], "cpas": cpas}}


def _told(draft: Draft) -> Provenance | None:
    """Return what a draft says, as a row that is not saved; None when it says nothing that holds together."""
    told = draft.data.get(MARK)
    try:
        method_fr, method_nl = (str(name)[:120] for name in told["method"])
        source, when = Provenance.Source(told["source"]), date.fromisoformat(told["month"])
        cpas = min(max(int(told["cpas"]), 0), MOST_CPAS)
    except (TypeError, KeyError, ValueError):
        return None
    return Provenance(
        source=source, method_fr=method_fr, method_nl=method_nl, month=when.replace(day=1), cpas=cpas
    )


def keep(draft: Draft, practice: PracticePage, by: Any = None) -> None:
    """Keep it with the sheet that was published from a draft; in the transaction that publishes."""
    told = _told(draft)
    if told is not None:
        told.sheet = practice
        told.save()


def provenance_of(practice: PracticePage) -> Provenance | None:
    """Return where a practice comes from, whichever of its two languages one reads (one query)."""
    told = Provenance.objects.filter(sheet__translation_key=practice.translation_key)
    return told.order_by("pk").first()


def said(told: Provenance) -> str:
    """Say it in one sentence, in the language of the page."""
    facts = {"month": month(told.month)}
    if told.source == Provenance.Source.QUESTION:
        return (
            _("D’une question posée sur Agora en %(month)s et de ce que des collègues ont répondu.") % facts
        )
    facts["method"] = told.method_nl if interface_language() == "nl" else told.method_fr
    if not told.cpas:
        return _("D’une salle d’intervision (%(method)s) en %(month)s.") % facts
    facts["cpas"] = ngettext("un CPAS", "%(n)s CPAS", told.cpas) % {"n": in_letters(told.cpas)}
    return _("D’une salle d’intervision (%(method)s) en %(month)s, avec %(cpas)s autour de la table.") % facts


def beside(draft: Draft, user: Any) -> dict[str, Any]:
    """Return what stands above the form while the sheet is written."""
    told = _told(draft)
    return {"comes_from": said(told) if told else ""}
