"""What was said of a sheet, and who said it when: the register as pages show it.

A name of its own: it only reads. Names are for members and never part of what is kept for all readers.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import PageLogEntry

from agora.people.models import Member

from ..models import Adoption, PracticePage
from ..wording import capitalised, day, in_letters, month
from .actions import DECLARED, WITHDRAWN

LOG_LENGTH = 10  # the last acts of one CPAS; more would only tell of hesitation


@dataclass(frozen=True, slots=True)
class Trier:
    """One CPAS in « Qui l’essaie », every text ready to print; `more`: heads and texts behind a fold."""

    cpas: str
    state: str
    label: str
    when: str
    note: str
    more: tuple[tuple[str, str], ...] = ()


# What a note may say already, in the language of its sheet: it is said once, in the language of the page.
OF_ORIGIN = ("CPAS d’origine.", "OCMW van herkomst.")


def trier_of(adoption: Adoption, *, origin: str | None) -> Trier:
    """Return what one CPAS did; `origin`: the INS code of the sheet's own CPAS."""
    stopped = adoption.state == Adoption.State.STOPPED
    when = _("en %(month)s.") if stopped else _("depuis %(month)s.")
    note, of_origin = adoption.note, _("CPAS d’origine.")
    if adoption.cpas_id == origin:
        for said in OF_ORIGIN:
            note = note.replace(said, "").strip()
        note = f"{of_origin} {note}".strip()
    more = [
        (_("Ce qui a changé"), adoption.changed),
        (_("Pourquoi c’est arrêté"), adoption.stop_reason if stopped else ""),
        (_("À qui demander"), adoption.contact),
    ]
    return Trier(
        cpas=adoption.cpas.name,
        state=adoption.state,
        label=adoption.get_state_display(),
        when=when % {"month": month(adoption.since)},
        note=note,
        more=tuple((head, text) for head, text in more if text),
    )


def by_state(adoptions: list[Adoption]) -> list[Adoption]:
    """Return declarations as the register lists them: adopted first, stopped last, the oldest before."""
    order = list(Adoption.State)
    return sorted(adoptions, key=lambda a: (order.index(Adoption.State(a.state)), a.since, a.pk))


def counted(adoptions: list[Adoption]) -> str:
    """Say how many do it and how many stopped: « Cinq CPAS la font, un l’essaie, un l’a arrêtée. »."""
    states = [adoption.state for adoption in adoptions]
    doing = states.count(Adoption.State.ADOPTED) + states.count(Adoption.State.ADAPTED)
    trying, stopped = states.count(Adoption.State.TRYING), states.count(Adoption.State.STOPPED)
    said = [
        (doing, ngettext("%(n)s CPAS la fait", "%(n)s CPAS la font", doing)),
        (trying, ngettext("%(n)s CPAS l’essaie", "%(n)s CPAS l’essaient", trying)),
        (stopped, ngettext("%(n)s CPAS l’a arrêtée", "%(n)s CPAS l’ont arrêtée", stopped)),
    ]
    parts = [words % {"n": in_letters(number)} for number, words in said if number]
    return capitalised(", ".join(parts)) + "." if parts else ""


def log_of(practice: PracticePage, cpas: str) -> list[str]:
    """Say who declared for a CPAS and when, newest first, for members (one query)."""
    entries = PageLogEntry.objects.filter(page_id=practice.pk, action__in=(DECLARED, WITHDRAWN))
    entries = entries.select_related("user").order_by("-timestamp", "-pk")[: 19 * LOG_LENGTH]
    mine = [entry for entry in entries if entry.data.get("cpas") == cpas][:LOG_LENGTH]
    return [_logged(entry) for entry in mine]


def _logged(entry: PageLogEntry) -> str:
    gone = entry.user is None or entry.user.status == Member.Status.LEFT
    facts = {
        "name": _("quelqu’un qui est parti") if gone else entry.user.signature,
        "day": day(timezone.localdate(entry.timestamp)),
    }
    if entry.action == WITHDRAWN:
        return _("Retiré par %(name)s, le %(day)s.") % facts
    states = dict(Adoption.State.choices)
    facts["state"] = states.get(entry.data.get("state"), "")
    return _("« %(state)s » : déclaré par %(name)s, le %(day)s.") % facts
