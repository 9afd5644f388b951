"""Wagtail's own login doors, which know nothing of the second step, lead to ours.

These addresses stand before Wagtail's: a password posted to one of them opens nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.csrf import csrf_exempt

from .access import public


@public
@csrf_exempt
def to_our_login(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Lead to the login page, with the way back when it stays on this site. Nothing posted is read."""
    address = reverse("account_login")
    back = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        address += "?" + urlencode({"next": back})
    return redirect(address)


urlpatterns = [
    path("admin/login/", to_our_login, name="wagtailadmin_login"),
    re_path(r"^admin/password_reset/(?P<rest>.*)$", to_our_login),
]

in_each_language = [path("_util/login/", to_our_login, name="wagtailcore_login")]
