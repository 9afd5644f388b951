"""Who is asking; and no password alone opens the work of editors, trainers, moderators and administrators."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import doors
from .permissions import may_open_admin, needs_second_factor

# Where one signs in, signs out and adds a second step: the names of django-allauth's pages.
ACCOUNT_PAGES = ("account_", "mfa_")
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class ReaderMiddleware(AuthenticationMiddleware):
    """Say who is asking, at once: every address wants to know, and a lazy user costs at each of its looks."""

    def process_request(self, request: HttpRequest) -> None:
        """Put the person, or an anonymous one, in `request.user`."""
        super().process_request(request)
        request.user = get_user(request)


class SecondFactorMiddleware:
    """Keep Wagtail's admin for validated members with the right, and everything from those people
    until their account has a second step: from then on, allauth asks it at each sign-in.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Refuse (403) or lead to the page where a second step is added."""
        user = request.user
        if not user.is_authenticated or view is doors.to_our_login:
            return None
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if in_admin and not may_open_admin(user):
            raise PermissionDenied
        if not (in_admin or needs_second_factor(user)) or has_second_factor(user):
            return None
        match = request.resolver_match
        if not match.namespaces and (match.url_name or "").startswith(ACCOUNT_PAGES):
            return None
        said = _("Votre rôle demande une connexion en deux étapes. Ajoutez-la ici, une fois.")
        messages.info(request, said)
        return redirect("mfa_index")


def has_second_factor(user) -> bool:
    """Whether a user added an application or a key (recovery codes alone are not one)."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_STEPS).exists()
