"""The pages about programs: one's tokens, a new one, and what the API says of itself to people."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agora.people.access import members_only, public

from .actions import make_token, revoke_token
from .forms import TokenForm
from .models import ApiToken
from .openapi import operations
from .permissions import get_token_for


@members_only
@never_cache
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens: what each may do, until when, when it last served."""
    return render(request, "api/tokens.html", {"tokens": ApiToken.objects.visible_to(request.user)})


@members_only
@never_cache
@reauthentication_required
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token, after asking the password again, and show it this once."""
    form = TokenForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            row, token = make_token(request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "api/token_made.html", {"row": row, "token": token})
    return render(request, "api/new_token.html", {"form": form})


@members_only
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one of one's tokens open nothing any more."""
    token = get_token_for(request.user, pk)
    revoke_token(token, by=request.user)
    said = _("Le jeton « %(name)s » est révoqué : il n’ouvre plus rien.")
    messages.success(request, said % {"name": token.name})
    return redirect("api:tokens")


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Explain the API to whoever writes the program: addresses, parameters, answers, limits."""
    context = {"operations": operations(), "site": settings.SITE_URL}
    return render(request, "api/guide.html", context)


@public
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Lead from the short address to the page in the reader's language."""
    return redirect("api:guide")
