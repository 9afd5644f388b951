"""A text sent after the session closed: kept until its author has signed in again, on this same browser.

A name of its own because it is neither a view nor an act on a draft: it stands at the door of every view
that takes a text. Without it, a form sent too late would be lost behind the login page.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.crypto import constant_time_compare

from agora.people.access import answer_to_outsider, public

from .actions import DRAFT_BYTES
from .forms import owner_mark

_KEY = "text_kept_until_login"


def writers_only(kind: str) -> Callable:
    """Decorate a view that takes a text of this kind: members only, and nothing sent is lost at the login.

    What was sent is handed back by `take_kept`, to the same person only.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method == "POST" and not request.user.is_authenticated:
                _keep(request, kind)
            return answer_to_outsider(request) or view(request, *args, **kwargs)

        return public(guarded)

    return decorate


def _keep(request: HttpRequest, kind: str) -> None:
    sent = request.POST.urlencode()
    if request.POST.get("draft_owner") and len(sent) <= 3 * DRAFT_BYTES:  # three: percent signs
        request.session[_KEY] = {"kind": kind, "sent": sent}


def take_kept(request: HttpRequest, kind: str) -> QueryDict | None:
    """Return what this person sent just before signing in, if anything; it is forgotten either way."""
    kept = request.session.get(_KEY)
    if not kept or kept["kind"] != kind:
        return None
    del request.session[_KEY]
    post = QueryDict(kept["sent"])
    is_theirs = constant_time_compare(post.get("draft_owner", ""), owner_mark(request.user))
    return post if is_theirs else None
