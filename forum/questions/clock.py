"""Until when an answer is owed: three working days, the legal holidays of Belgium left out.

A name of its own: it only computes.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone

WORKING_DAYS = 3
ENDS_AT = 18  # o'clock, in Brussels
# Act of 4 January 1974 on holidays, art. 1, and the royal decree of 18 April 1974: the ten days off.
FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=20)
def holidays(year: int) -> frozenset[date]:
    """Return the legal holidays of a year."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in AFTER_EASTER}
    return frozenset({date(year, month, day) for month, day in FIXED} | moving)


def is_working(day: date) -> bool:
    """Say whether colleagues can be expected to answer on a day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def due(asked_at: datetime, days: int = WORKING_DAYS) -> datetime:
    """Return until when an answer is owed: 18:00, Brussels time, `days` working days after a moment."""
    day = timezone.localtime(asked_at).date()
    left = days
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return timezone.make_aware(datetime(day.year, day.month, day.day, ENDS_AT))


def day_before(moment: datetime) -> datetime:
    """Return the working day before a moment, at the same hour."""
    day = timezone.localtime(moment)
    while True:
        day -= timedelta(days=1)
        if is_working(day.date()):
            return day
