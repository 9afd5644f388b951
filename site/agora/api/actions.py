"""The acts on tokens: made, used, revoked. Each checks, changes and logs numbers, never a token or a name."""

import hashlib
import logging
import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.models import Member

from .models import ApiToken, Scope
from .permissions import scopes_for

logger = logging.getLogger(__name__)

PREFIX = "agora_"  # so that a token left in a file is recognised for what it is
USUAL_DAYS, MOST_DAYS = 90, 365
MOST_TOKENS = 20
LONGEST_TOKEN = 200  # characters; ours have 49


def make_token(
    member: Member, name: str, scopes: Collection[str], days: int = USUAL_DAYS
) -> tuple[ApiToken, str]:
    """Make a token and return its row with the token itself, which nothing can show again.

    `days` counts from today, at most a year. PermissionDenied for a scope that this member may not give;
    ValidationError without a name or a scope, for other lengths of time, or beyond twenty tokens.
    """
    if not set(scopes) <= set(scopes_for(member)):
        raise PermissionDenied
    name = " ".join(name.split())[:60]
    if not name or not scopes:
        raise ValidationError(_("Un jeton a un nom et au moins un droit."))
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(_("Un jeton vaut au plus un an."))
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        if ApiToken.objects.filter(member=member.pk).count() >= MOST_TOKENS:
            raise ValidationError(_("Vous avez déjà vingt jetons. Révoquez ceux qui ne servent plus."))
        row = ApiToken.objects.create(
            member_id=member.pk,
            name=name,
            digest=digest_of(token),
            scopes=" ".join(scope.value for scope in Scope if scope.value in scopes),
            expires_on=timezone.localdate() + timedelta(days=days),
        )
    logger.info("api token made: token=%s member=%s scopes=%s", row.pk, member.pk, row.scopes)
    return row, token


def digest_of(token: str) -> str:
    """Return what is kept of a token. It holds 256 random bits: nothing slower than SHA-256 is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def token_row(token: str) -> ApiToken | None:
    """Return the row of a token that opens something today, with its member as they are now.

    Unknown, malformed, expired and revoked tokens, and those of people who are not members, are all alike.
    The day of use is noted.
    """
    if not token.startswith(PREFIX) or len(token) > LONGEST_TOKEN:
        return None
    row = ApiToken.objects.filter(digest=digest_of(token)).select_related("member").first()
    if row is None or row.has_expired or not row.member.is_validated:
        return None
    today = timezone.localdate()
    if row.last_used_on != today:
        ApiToken.objects.filter(pk=row.pk).update(last_used_on=today)
    return row


def revoke_token(token: ApiToken, *, by: Member) -> None:
    """Make a token open nothing from now on; PermissionDenied for whoever does not own it."""
    if token.member_id != by.pk:
        raise PermissionDenied
    ApiToken.objects.filter(pk=token.pk).delete()
    logger.info("api token revoked: token=%s member=%s", token.pk, by.pk)


def revoke_all(member_id: int) -> int:
    """Take away all the tokens of somebody who is no longer a member; returns how many there were."""
    return _taken_back(ApiToken.objects.filter(member=member_id), member_id, "membership")


def revoke_beyond(member: Member) -> int:
    """Take away the tokens that do more than their owner may let a program do now; returns how many."""
    allowed = set(scopes_for(member))
    beyond = [t.pk for t in ApiToken.objects.filter(member=member.pk) if not t.scope_set <= allowed]
    return _taken_back(ApiToken.objects.filter(pk__in=beyond), member.pk, "role")


def revoke_imports(member_ids: Iterable[int]) -> int:
    """Take away the tokens that import, of people who all lose the role at once; returns how many."""
    tokens = ApiToken.objects.filter(member__in=list(member_ids), scopes__contains=Scope.IMPORT.value)
    return _taken_back(tokens, 0, "role")


def _taken_back(tokens, member_id: int, why: str) -> int:
    count = tokens.delete()[0]
    if count:
        logger.info("api tokens taken back: member=%s count=%s why=%s", member_id, count, why)
    return count


def purge_tokens() -> int:
    """Forget the tokens whose last day is more than a month ago; returns how many."""
    return ApiToken.objects.long_expired().delete()[0]
