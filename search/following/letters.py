"""The letter « du nouveau » about followed searches: to whom, how often, and nothing in it but a link.

A name of its own: acts of nobody, run by time (`manage.py remind_followed`). One letter to a person however
many of their searches find something; what they may read is asked at that moment, as them.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from agora.people import notices
from agora.people.models import Member
from agora.people.notices import Letter, send_to

from ..asking import Wish
from ..models import FollowedSearch, FollowingPace
from ..service import search_service
from .rows import question_of

Pace = FollowingPace.Pace
# A little less than a day and a week: the command runs every minute and the letter keeps its hour.
BETWEEN = {Pace.DAY: timedelta(hours=23), Pace.WEEK: timedelta(days=6, hours=23)}
LETTERS = {
    "followed_search": Letter(
        _("Du nouveau dans une recherche que vous suivez"),
        (
            _("Une recherche que vous suivez trouve des textes nouveaux ou changés :\n%(followed_url)s"),
            _("Sur la même page, vous choisissez le rythme de ces lettres, ou vous les arrêtez."),
        ),
    ),
    "sheet_request": Letter(
        _("Une réponse à votre demande de fiche"),
        (_("Une fiche que vous aviez demandée a reçu une réponse :\n%(followed_url)s"),),
    ),
}


def register() -> None:
    """Tell the room that sends letters about ours (from AppConfig.ready)."""
    notices.register(LETTERS, {"followed_url": "search:followed"})


def send_due(now: datetime | None = None) -> int:
    """Write to everybody whose pace allows it and who has something new; return how many letters left.

    A person who was written to and did not look yet is not written to again about the same texts.
    """
    now, sent = now or timezone.now(), 0
    by_owner: dict[int, list[FollowedSearch]] = defaultdict(list)
    for followed in FollowedSearch.objects.all():
        by_owner[followed.owner_id].append(followed)
    paces = {pace.member_id: pace for pace in FollowingPace.objects.filter(member__in=by_owner)}
    due = {pk: searches for pk, searches in by_owner.items() if _is_due(paces.get(pk), searches, now)}
    for member in Member.objects.filter(pk__in=due):
        pace = paces.get(member.pk)
        if member.is_validated and _has_news(member, due[member.pk], pace):
            FollowingPace.objects.update_or_create(member=member, defaults={"sent_at": now})
            send_to(member, "followed_search")
            sent += 1
    return sent


def _is_due(pace: FollowingPace | None, searches: list[FollowedSearch], now: datetime) -> bool:
    between = BETWEEN.get(Pace(pace.pace) if pace else Pace.WEEK)
    if between is None:
        return False
    # The first letter, too, waits for its pace: from the day on which one began to follow.
    last = pace.sent_at if pace and pace.sent_at else min(each.created_at for each in searches)
    return now - last >= between


def _has_news(member: Member, searches: list[FollowedSearch], pace: FollowingPace | None) -> bool:
    wishes = []
    for each in searches:
        question = question_of(each)
        seen = max(filter(None, (each.seen_at, pace.sent_at if pace else None)))
        wishes.append(Wish(question.text, question.filters, newer_than=seen))
    with translation.override(member.language):
        return any(search_service().latest(wish, member, 1) for wish in wishes)
