"""The acts: a search heard, a page opened, a need taken in hand, the past forgotten."""

import hashlib
import hmac
import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from ..answers import Answer
from ..forms import Question, readable
from ..models import NeedVoice, SilentNeed
from .permissions import can_see_needs
from .seasons import destroy_keys_but, key_of, season_of, week_of
from .telling import canonical

logger = logging.getLogger(__name__)

THRESHOLD = 5  # different people
REMEMBERED = 60 * 60  # seconds: how long a page opened from the results counts for that search
KEPT = timedelta(days=365)


def hear(request: HttpRequest, question: Question, answer: Answer) -> None:
    """Count what a search of a member tells: that nothing was found, or that the search before it was left.

    A search is left when its author asks another one straight from its results without having opened
    anything from them. Visitors are not counted: they search in a small part only. Never raises.
    """
    if not getattr(request.user, "is_validated", False) or question.page > 1:
        return
    language = "nl" if (translation.get_language() or "fr").startswith("nl") else "fr"
    former, text = words_before(request), question.text
    try:
        if former and canonical(former) != canonical(text) and not _was_opened(request.user, former):
            count(request.user, former, language, empty=False)
        if text and not answer.all_total and not question.filters and not answer.is_simplified:
            count(request.user, text, language, empty=True)
    except (DatabaseError, OSError):
        logger.exception("silent needs: not counted")


def words_before(request: HttpRequest) -> str:
    """Return the words of the results page from which a request comes; empty when it comes from elsewhere.

    Browsers say it themselves, within one site (Referrer-Policy: same-origin): no link is changed.
    """
    try:
        address = urlsplit(request.headers.get("Referer", "")[:2000])
    except ValueError:
        return ""
    if address.netloc != request.get_host() or address.path not in _results_addresses():
        return ""
    return readable((parse_qs(address.query).get("q") or [""])[0])


def _results_addresses() -> set[str]:
    found = set()
    for language in ("fr", "nl"):
        with translation.override(language):
            found.add(reverse("search:results"))
    return found


def note_opened(user, text: str) -> None:
    """Remember for an hour, under a digest, that somebody opened something from the results of a search."""
    if found := canonical(text):
        cache.set(_opened_key(user, found), 1, REMEMBERED)


def _was_opened(user, text: str) -> bool:
    found = canonical(text)
    return bool(found) and cache.get(_opened_key(user, found)) is not None


def _opened_key(user, found: str) -> str:
    return f"opened:{_digest(season_of(timezone.localdate()), 'opened', str(user.pk), found)}"


def count(user, text: str, language: str, *, empty: bool) -> None:
    """Count somebody once a season for some words; the words are written at the fifth person only."""
    found = canonical(text)
    if not found:
        return
    today = timezone.localdate()
    season, week = season_of(today), week_of(today)
    need = _digest(season, "need", language, found)
    with transaction.atomic():
        voice = _digest(season, "voice", str(user.pk), need)
        if not NeedVoice.objects.get_or_create(digest=voice, defaults={"season": season})[1]:
            return
        row, _made = SilentNeed.objects.get_or_create(
            digest=need,
            defaults={"season": season, "language": language, "first_week": week, "last_week": week},
        )
        rows = SilentNeed.objects.filter(pk=row.pk)
        rows.update(people=F("people") + 1, empty=F("empty") + int(empty), last_week=week)
        rows.filter(people__gte=THRESHOLD, text="").update(text=readable(text), **_known(language, found))


def _known(language: str, found: str) -> dict:
    """Return what editors already said of the same words in another season."""
    handled = SilentNeed.objects.filter(language=language).exclude(state=SilentNeed.State.OPEN)
    for former in handled.order_by("-season"):
        if canonical(former.text) == found:
            return {
                "state": former.state,
                "note": former.note,
                "handled_by_id": former.handled_by_id,
                "handled_on": former.handled_on,
            }
    return {}


def _digest(season, *parts: str) -> str:
    return hmac.new(key_of(season), "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def handle(need: SilentNeed, state: str, note: str, *, by) -> None:
    """Say what becomes of a need: asked, written, dismissed, or open again.

    PermissionDenied for whoever may not see it; ValueError for a state that does not exist.
    """
    if not can_see_needs(by):
        raise PermissionDenied
    if state not in SilentNeed.State.values:
        raise ValueError(state)
    is_open = state == SilentNeed.State.OPEN
    SilentNeed.objects.filter(pk=need.pk).update(
        state=state,
        note=readable(note),
        handled_by=None if is_open else by.pk,
        handled_on=None if is_open else timezone.localdate(),
    )
    logger.info("silent need %s: need=%s by=%s", state, need.pk, by.pk)


def forget_the_past() -> int:
    """Destroy the keys and voices of past seasons, what stayed below five in them, and what is a year old.

    Returns the number of rows that went.
    """
    today = timezone.localdate()
    season = season_of(today)
    destroy_keys_but(season)
    gone = NeedVoice.objects.exclude(season=season).delete()[0]
    gone += SilentNeed.objects.exclude(season=season).filter(people__lt=THRESHOLD).delete()[0]
    return gone + SilentNeed.objects.filter(last_week__lt=week_of(today - KEPT)).delete()[0]
