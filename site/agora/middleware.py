"""Small request hooks of the platform."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Wagtail's date pickers start themselves from inline scripts and Wagtail has no nonce support,
# so its admin, and nothing else, is served with a softer policy.
ADMIN_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}


def admin_csp(get_response: Callable[[HttpRequest], HttpResponse]):
    """Loosen the content security policy under /admin/ only."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = ADMIN_POLICY
        return response

    return middleware
