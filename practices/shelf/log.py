"""What happened to a sheet besides its versions: found still true, handed over, taken out, brought back.

A name of its own: it is Wagtail's log of pages, which its admin shows too, with our own words. Entries are
never changed; what was taken back within its day has an entry that says so, and neither is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from agora.people.models import Member

from ..models import PracticePage
from ..wording import day

VALID = "practices.valid"
GIVEN = "practices.given"
ACCEPTED = "practices.accepted"
DECLINED = "practices.declined"
TAKEN = "practices.taken"
LAID_DOWN = "practices.laid_down"
FALLBACK = "practices.fallback"
INTERVAL = "practices.interval"
BACK = "practices.back"
ALIGNED = "practices.aligned"
UNDONE = "practices.undone"
ARCHIVED = "wagtail.unpublish"
KEEPING = (GIVEN, ACCEPTED, DECLINED, TAKEN, LAID_DOWN)
UNDO_FOR = timedelta(days=1)

LABELS = {
    VALID: gettext_lazy("Relue et trouvée toujours valable"),
    GIVEN: gettext_lazy("Confiée à quelqu’un"),
    ACCEPTED: gettext_lazy("Acceptée par qui la tient"),
    DECLINED: gettext_lazy("Rendue"),
    TAKEN: gettext_lazy("Reprise"),
    LAID_DOWN: gettext_lazy("Déposée"),
    FALLBACK: gettext_lazy("Tenue à défaut par quelqu’un d’autre"),
    INTERVAL: gettext_lazy("À relire plus ou moins souvent"),
    BACK: gettext_lazy("Remise dans le catalogue"),
    ALIGNED: gettext_lazy("Accordée avec l’autre langue"),
    UNDONE: gettext_lazy("Geste annulé"),
}


@hooks.register("register_log_actions")
def register_actions(actions) -> None:
    """Tell Wagtail the words of our acts."""
    for action, label in LABELS.items():
        actions.register_action(action, label, label)


def note(practice: PracticePage, action: str, by: Member, **data) -> None:
    """Write down an act, inside the transaction that does it; `data`: numbers and dates, no text."""
    log(practice, action, user=by, data=data, title=practice.title)


def last_of(practice: PracticePage, actions: tuple[str, ...]) -> PageLogEntry | None:
    """Return the last of these acts that was not undone (one query)."""
    entries = PageLogEntry.objects.filter(page=practice.pk, action__in=(*actions, UNDONE))
    undone = set()
    for entry in entries.order_by("-timestamp", "-pk")[:20]:
        if entry.action == UNDONE:
            undone.add(entry.data.get("entry"))
        elif entry.pk not in undone:
            return entry
    return None


def may_undo(entry: PageLogEntry | None, user) -> bool:
    """Whether this person did it, less than a day ago."""
    return bool(entry and entry.user_id == user.pk and entry.timestamp >= timezone.now() - UNDO_FOR)


@dataclass(frozen=True, slots=True)
class Event:
    """One line beside the versions of a sheet: when it was, what happened, who did it."""

    when: str
    said: str


def events_of(practice: PracticePage, limit: int = 30) -> list[Event]:
    """Return what happened to a sheet besides its versions, the last first (two queries)."""
    shown = (VALID, TAKEN, GIVEN, DECLINED, LAID_DOWN, FALLBACK, INTERVAL, BACK, ALIGNED, ARCHIVED, UNDONE)
    entries = list(
        PageLogEntry.objects.filter(page=practice.pk, action__in=shown).order_by("-timestamp", "-pk")[:limit]
    )
    undone = {entry.data.get("entry") for entry in entries if entry.action == UNDONE}
    entries = [entry for entry in entries if entry.action != UNDONE and entry.pk not in undone]
    known = {entry.user_id for entry in entries} | {entry.data.get("to") for entry in entries}
    people = Member.objects.select_related("cpas").in_bulk(list(filter(None, known)))
    return [
        Event(day(timezone.localtime(entry.timestamp)), said)
        for entry in entries
        if (said := _said(entry, people))
    ]


def signed(member: Member | None) -> str:
    """Name somebody as members see it: « Samira B., Forest »; nobody's name once they left."""
    if member is None or member.status == Member.Status.LEFT:
        return _("quelqu’un qui a quitté Agora")
    place = member.cpas.name if member.cpas else ""
    return ", ".join(filter(None, [member.signature, place]))


def _said(entry: PageLogEntry, people: dict[int, Member]) -> str:
    by, to = signed(people.get(entry.user_id)), signed(people.get(entry.data.get("to")))
    sentences: dict[str, Callable[[], str]] = {
        VALID: lambda: _("Relue et trouvée toujours valable, par %(by)s."),
        TAKEN: lambda: _("Reprise par %(by)s."),
        GIVEN: lambda: _("Confiée à %(to)s par %(by)s."),
        DECLINED: lambda: _("Rendue par %(by)s."),
        LAID_DOWN: lambda: _("%(by)s ne la tient plus."),
        FALLBACK: lambda: (
            _("Tenue à défaut par %(to)s ; décidé par %(by)s.")
            if entry.data.get("to")
            else _("Plus personne ne la tient à défaut ; décidé par %(by)s.")
        ),
        INTERVAL: lambda: _("À relire tous les %(months)s mois ; décidé par %(by)s."),
        BACK: lambda: _("Remise dans le catalogue par %(by)s."),
        ALIGNED: lambda: _("Les deux langues disent la même chose, selon %(by)s."),
        ARCHIVED: lambda: _("Retirée du catalogue par %(by)s."),
    }
    return sentences[entry.action]() % {"by": by, "to": to, "months": entry.data.get("now", "")}
