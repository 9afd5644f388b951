"""The life of a practice: told, tried elsewhere, followed, evaluated; or stopped, with its lesson.

Kept apart from the sheet because the list, the search results and the home page draw it as tiles too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Adoption, PracticePage
from .wording import in_letters, month

Maturity = PracticePage.Maturity
STEPS = (Maturity.TOLD, Maturity.TRIED, Maturity.FOLLOWED, Maturity.EVALUATED)


@dataclass(frozen=True, slots=True)
class Step:
    """One tile of the life line: its name, what is known of it; whether it was reached, is now, ends."""

    label: str
    said: str
    is_reached: bool
    is_current: bool = False
    is_end: bool = False
    invitation: str = ""
    is_about_us: bool = False  # the invitation asks what the reader's own CPAS does


def tiles_of(maturity: str, tried_elsewhere: bool) -> str:
    """Return the word of four tiles (see the tag `tiles`): "1110" for a practice that is followed."""
    if maturity == Maturity.ABANDONED:
        return "11x0" if tried_elsewhere else "1x00"
    reached = STEPS.index(Maturity(maturity)) + 1
    return "1" * reached + "0" * (len(STEPS) - reached)


def life_of(practice: PracticePage, adoptions: Iterable[Adoption]) -> list[Step]:
    """Return the steps of a practice, in order, with what its adoptions say about each (oldest first)."""
    adoptions = sorted(adoptions, key=lambda a: (a.since, a.pk))
    elsewhere = [a for a in adoptions if a.cpas_id != practice.origin_id]
    told = Step(Maturity.TOLD.label, _told(practice), True, is_current=practice.maturity == Maturity.TOLD)
    if practice.maturity == Maturity.ABANDONED:
        tried = [Step(Maturity.TRIED.label, _tried(elsewhere), True)] if elsewhere else []
        return [told, *tried, Step(Maturity.ABANDONED.label, _stopped(practice, adoptions), True, True, True)]
    reached = STEPS.index(Maturity(practice.maturity))
    said = {
        Maturity.TRIED: _tried(elsewhere),
        Maturity.FOLLOWED: _followed(adoptions),
        Maturity.EVALUATED: _evaluated(practice),
    }
    invitations = {
        Maturity.TRIED: _("Vous l’essayez ? Racontez"),
        Maturity.FOLLOWED: _("Vous comptez ce que ça change ? Racontez"),
        Maturity.EVALUATED: _("Proposer un regard extérieur"),
    }
    steps = [told]
    for rank, step in enumerate(STEPS[1:], start=1):
        steps.append(
            Step(
                step.label,
                said[step] if rank <= reached else _("pas encore."),
                is_reached=rank <= reached,
                is_current=rank == reached,
                invitation=invitations[step] if rank == reached + 1 else "",
                is_about_us=step != Maturity.EVALUATED,
            )
        )
    return steps


def _told(practice: PracticePage) -> str:
    when = practice.first_published_at
    date = month(timezone.localtime(when)) if when else ""
    if not practice.origin:
        return date
    by = _("par %(cpas)s") % {"cpas": practice.origin.name}
    return f"{date}, {by}" if date else by


def _tried(elsewhere: list[Adoption]) -> str:
    if not elsewhere:
        return ""
    date, first = month(elsewhere[0].since), elsewhere[0].cpas.name
    if len(elsewhere) == 1:
        return _("%(date)s, à %(first)s") % {"date": date, "first": first}
    names = {"date": date, "first": first, "second": elsewhere[1].cpas.name}
    return _("%(date)s, à %(first)s puis %(second)s") % names


def _followed(adoptions: list[Adoption]) -> str:
    going_on = sum(a.state != Adoption.State.STOPPED for a in adoptions)
    if not going_on:
        return ""
    said = ngettext("%(n)s CPAS la pratique", "%(n)s CPAS la pratiquent", going_on)
    return said % {"n": in_letters(going_on)}


def _evaluated(practice: PracticePage) -> str:
    if not practice.reviewed_on:
        return ""
    return _("relue en %(month)s") % {"month": month(practice.reviewed_on)}


def _stopped(practice: PracticePage, adoptions: list[Adoption]) -> str:
    """Say where and when it stopped: at the CPAS of origin when that is known, else where it stopped last."""
    stopped = [a for a in adoptions if a.state == Adoption.State.STOPPED]
    if not stopped:
        return ""
    at_home = [a for a in stopped if a.cpas_id == practice.origin_id]
    last = (at_home or stopped)[-1]
    place = _("à %(first)s") % {"first": last.cpas.name}
    return f"{month(last.since)}, {place}"
