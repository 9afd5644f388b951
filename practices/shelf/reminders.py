"""The letters that remember a sheet to whoever keeps it: before its term, on it, and long after.

A name of its own: `manage.py remind_reviews` calls it, at any moment and as often as one likes.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction

from agora.people.models import Member
from agora.people.notices import send_to
from agora.people.roles import MODERATOR

from ..models import PracticePage, SentReminder
from ..permissions import keepers_of
from .querysets import due_by

BEFORE = timedelta(days=30)
AFTER = timedelta(days=60)
LETTERS = {"soon": "review_soon", "due": "review_due", "late": "review_late"}


def stage_of(due: date, today: date) -> str:
    """Return which reminder a sheet is at: soon, due, or late; the ones before it are never sent any more."""
    if today >= due + AFTER:
        return "late"
    return "due" if today >= due else "soon"


@transaction.atomic
def remind(today: date) -> int:
    """Send what is to be remembered today, each reminder once per term; return how many letters went.

    One letter per person and kind, however many sheets. The keeper hears before the term and on it; when
    two months have passed, whoever stands in and the moderators do. A reminder that nobody can receive
    counts as sent: whoever takes the sheet over has just seen it.
    """
    # Which letter goes to whom, decided and written down first: a letter may get lost, never come twice.
    letters: dict[str, set[Member]] = defaultdict(set)
    sheets = PracticePage.objects.filter(due_by(today + BEFORE), live=True)
    waiting = sheets.select_related("owner", "fallback_owner").only(
        "reviewed_on", "review_months", "owner", "fallback_owner"
    )
    sent = set(
        SentReminder.objects.filter(occasion__startswith="review:").values_list("practice_id", "occasion")
    )
    moderators: list[Member] | None = None
    for practice in waiting:
        stage = stage_of(practice.review_due_on, today)
        occasion = f"review:{practice.review_due_on.isoformat()}:{stage}"
        if (practice.pk, occasion) in sent or not _first(practice, occasion):
            continue
        keepers = keepers_of(practice)
        if stage != "late":
            letters[LETTERS[stage]] |= set(keepers[:1])
            continue
        if moderators is None:
            moderators = list(Member.objects.holding(MODERATOR))
        letters[LETTERS[stage]] |= {who for who in keepers if who.pk == practice.fallback_owner_id}
        letters[LETTERS[stage]] |= set(moderators)
    for kind, members in letters.items():
        for member in sorted(members, key=lambda one: one.pk):
            transaction.on_commit(lambda member=member, kind=kind: send_to(member, kind), robust=True)
    return sum(map(len, letters.values()))


def _first(practice: PracticePage, occasion: str) -> bool:
    """Write a reminder down; False when another run was quicker."""
    return SentReminder.objects.get_or_create(practice=practice, occasion=occasion)[1]
