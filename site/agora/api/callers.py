"""Who calls: the owner of the token in « Authorization: Bearer … », else whoever is signed in here.

A name of its own: the gate of the API, before any right. A token always counts for itself: one that opens
nothing is refused, even from the browser of somebody who is signed in.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from .actions import token_row
from .models import Scope
from .permissions import scopes_for
from .problems import Problem, unauthenticated


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks, and what they may ask here. `token`: the number of their token, if any."""

    user: object
    scopes: frozenset[str]
    token: int | None = None

    def must(self, scope: str) -> None:
        """Raise 403 unless this act was allowed when the token was made, and still is to its owner."""
        if scope not in self.scopes:
            said = _("Il faut un jeton qui porte le droit « %(scope)s ».") % {"scope": scope}
            bearer = f'Bearer realm="Agora", error="insufficient_scope", scope="{scope}"'
            raise Problem(403, "insufficient_scope", said, headers={"WWW-Authenticate": bearer})


def caller_of(request: HttpRequest, *, session: bool) -> Caller:
    """Return who calls; Problem 401 for nobody. `session`: being signed in on the site is enough.

    Somebody signed in may search, as on the page, whatever the state of their membership. A program that
    asks for no language is answered in its owner's.
    """
    if header := request.headers.get("Authorization", ""):
        kind, _space, token = header.partition(" ")
        row = token_row(token.strip()) if kind.lower() == "bearer" else None
        if row is None:
            raise unauthenticated(
                "invalid_token", _("Ce jeton n’ouvre rien : inconnu, révoqué ou passé de date.")
            )
        if "Accept-Language" not in request.headers:
            translation.activate(row.member.language)
        return Caller(row.member, row.scope_set & set(scopes_for(row.member)), row.pk)
    if session and request.user.is_authenticated:
        return Caller(request.user, frozenset({Scope.SEARCH.value}))
    raise unauthenticated(
        "no_token",
        _("Donnez un jeton dans l’en-tête « Authorization ». Les membres en font dans leur profil."),
    )


def count(caller: Caller, act: str) -> None:
    """Count one call of somebody, all their tokens together; Problem 429 beyond settings.API_LIMITS
    (calls, in so many seconds).
    """
    most, seconds = settings.API_LIMITS[act]
    now = time.time()
    key = f"api:{act}:{caller.user.pk}:{int(now // seconds)}"
    cache.add(key, 0, seconds * 2)
    try:
        calls = cache.incr(key)
    except ValueError:  # forgotten in between: a full cache must not close the API
        return
    if calls > most:
        wait = max(1, int(seconds - now % seconds) + 1)
        raise busy(wait)


def busy(seconds: int) -> Problem:
    """Return the answer to who must come back later."""
    said = _("Trop de demandes à la fois. Revenez dans %(n)d secondes.") % {"n": seconds}
    return Problem(429, "too_many_requests", said, headers={"Retry-After": str(seconds)})
