"""Who may open a view: the one place that decides between the page, the login and the waiting room.

Every view asks for a signed-in person unless it says otherwise (LoginRequiredMiddleware). A view says
one of three things:

- `@public`: everybody, signed in or not;
- `@members_only`: validated members; a visitor goes to the login page and comes back, somebody whose
  membership is waiting, refused or suspended reads what happens next (403);
- nothing: anybody who is signed in, validated or not (their own profile, their password).

For a class, decorate what `as_view()` returns: `path("…", members_only(Write.as_view()))`.
Where there is no view to decorate (a Wagtail page being served), call `answer_to_outsider`.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .wording import answerer_of, cpas_name

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Open a view to everybody, without an account."""
    return login_not_required(view)


def members_only(view: View) -> View:
    """Open a view to validated members only; see the module for what the others get."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return answer_to_outsider(request) or view(request, *args, **kwargs)

    return guarded


def answer_to_outsider(request: HttpRequest) -> HttpResponse | None:
    """Return None for a validated member, else the answer that anybody else gets instead of the page.

    A visitor is sent to the login with the way back; a form that was posted leads back to its page.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not request.user.is_validated:
        return waiting_room(request)
    return None


def waiting_room(request: HttpRequest, status: int = 403) -> HttpResponse:
    """Say to somebody who is signed in but not validated what happens next, and who decides."""
    person = request.user
    context = {"person": person, "cpas": cpas_name(person.cpas), "answerer": answerer_of(person)}
    response = render(request, "people/waiting.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
