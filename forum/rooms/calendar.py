"""The dates of a room: planned at the start, moved when a phase is extended.

A name of its own: it only computes. Phases end at 18:00 on working days: nobody is awaited on a Sunday.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from ..methods.definition import Definition, Phase

ENDS_AT = 18  # o'clock, in Brussels


def planned(method: Definition, start: datetime, *, live: bool) -> Iterator[datetime]:
    """Yield until when each phase lasts, from the start; live phases follow one another by minutes."""
    until = start
    for phase in method.phases:
        until = end_of(phase, until, live=live)
        yield until


def end_of(phase: Phase, start: datetime, *, live: bool) -> datetime:
    """Return until when a phase that begins at `start` lasts."""
    if live:
        return start + timedelta(minutes=phase.minutes)
    return working_day(start, phase.days)


def working_day(start: datetime, days: int) -> datetime:
    """Return 18:00, Brussels time, `days` working days after a moment."""
    day = timezone.localtime(start)
    left = days
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    naive = day.replace(hour=ENDS_AT, minute=0, second=0, microsecond=0, tzinfo=None)
    return timezone.make_aware(naive)
