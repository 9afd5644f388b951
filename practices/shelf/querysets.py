"""Which sheets are to be read again, and who keeps them: the database half of the predicates.

`due_by` says for many sheets what `PracticePage.review_due_on` says for one, `unkept` what
`permissions.is_kept` says, `kept_by` what `permissions.is_keeper` says (tests hold them together).
"""

from calendar import monthrange
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear

from agora.people.models import Member

from ..facets import alphabetical
from ..models import PracticePage

FOUND = 10  # colleagues shown for a name


def last_reading_due_by(day: date, months: int) -> date:
    """Return the latest day of reading whose term of `months` has come by `day`.

    The other way round than `due_after`. A term that ends with a short month gathers the last days of a
    long one: on 28 February 2027, six months have passed since 28, 29, 30 and 31 August.
    """
    years, month = divmod(day.month - 1 - months, 12)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))


def due_by(day: date) -> Q:
    """Keep the sheets whose term has come by a day; one that was never read again has none."""
    terms = Q(pk__in=[])
    for months in PracticePage.ReviewEvery.values:
        terms |= Q(review_months=months, reviewed_on__lte=last_reading_due_by(day, months))
    return terms


def kept_by(member: Member) -> Q:
    """Keep the sheets that somebody keeps, or for which they stand in."""
    return Q(owner=member) | Q(fallback_owner=member)


def unkept() -> Q:
    """Keep the sheets for which nobody answers today."""
    return ~(_validated("owner") | _validated("fallback_owner"))


def _validated(who: str) -> Q:
    return Q(**{f"{who}__status": Member.Status.ACTIVE, f"{who}__is_active": True})


def archived() -> Q:
    """Keep the sheets that were published once and are out of the catalogue now."""
    return Q(live=False, first_published_at__isnull=False)


def longest_due_first(sheets):
    """Put the sheets in the order of their terms."""
    months = ExtractYear("reviewed_on") * 12 + ExtractMonth("reviewed_on") + F("review_months")
    return sheets.order_by(months, ExtractDay("reviewed_on"), "pk")


def colleagues_named(words: str, user) -> list[Member]:
    """Return a few members whose names hold these words, accents and capitals aside; nobody without words."""
    wanted = alphabetical(words.replace("\x00", "")[:100]).split()
    if not wanted:
        return []
    names = Member.objects.visible_to(user).values_list("pk", "first_name", "last_name")
    found = [
        pk
        for pk, first, last in names
        if all(f" {word}" in f" {alphabetical(f'{first} {last}')}" for word in wanted)
    ]
    members = Member.objects.filter(pk__in=found[:FOUND]).select_related("cpas", "function")
    return list(members.order_by("last_name", "first_name", "pk"))
