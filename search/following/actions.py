"""The acts on followed searches: follow, look, stop, take back, and the pace of letters."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from agora.people.audience import MEMBERS, tokens_of

from ..models import FollowedSearch, FollowingPace

MOST_SEARCHES = 30  # of one member
QUERY_LENGTH = FollowedSearch._meta.get_field("query").max_length


def follow_search(user, query: str) -> tuple[FollowedSearch, bool]:
    """Follow a search; return it, and whether it was not followed already.

    `query`: as search.forms.Question.kept writes it. PermissionDenied for whoever is no member;
    ValidationError when there is nothing to follow, too much, or already many.
    """
    if MEMBERS not in tokens_of(user):
        raise PermissionDenied
    if not query:
        raise ValidationError(_("Cherchez d’abord un mot, ou choisissez un filtre."))
    if len(query) > QUERY_LENGTH:
        raise ValidationError(_("Il y a trop de filtres pour suivre cette recherche. Enlevez-en."))
    found = FollowedSearch.objects.filter(owner=user, query=query).first()
    if found:
        return found, False
    if FollowedSearch.objects.filter(owner=user).count() >= MOST_SEARCHES:
        raise ValidationError(_("Vous suivez déjà trente recherches. Arrêtez-en une d’abord."))
    return FollowedSearch.objects.get_or_create(owner=user, query=query, defaults={"seen_at": timezone.now()})


def look(followed: FollowedSearch) -> None:
    """Remember that its owner looks at what it finds: what is there now is not new any more."""
    followed.seen_at = timezone.now()
    followed.save(update_fields=["seen_at"])


def stop_following(followed: FollowedSearch) -> dict:
    """Stop following; return what `follow_again` needs."""
    data = {"query": followed.query, "seen_at": followed.seen_at.isoformat()}
    followed.delete()
    return data


def follow_again(user, data: dict) -> FollowedSearch:
    """Follow a search that was just stopped, with the day of the last look. Errors as `follow_search`."""
    followed, _made = follow_search(user, data["query"])
    followed.seen_at = parse_datetime(data["seen_at"])
    followed.save(update_fields=["seen_at"])
    return followed


def set_pace(user, pace: str) -> FollowingPace:
    """Choose how often a letter may come; ValidationError for an unknown pace, PermissionDenied as above."""
    if MEMBERS not in tokens_of(user):
        raise PermissionDenied
    if pace not in FollowingPace.Pace.values:
        raise ValidationError(_("Choisissez un rythme dans la liste."))
    return FollowingPace.objects.update_or_create(member=user, defaults={"pace": pace})[0]
