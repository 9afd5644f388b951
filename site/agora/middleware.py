"""Small request hooks of the platform."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

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


class CompressedPages(GZipMiddleware):
    """Send pages in a quarter of their size to whoever is on a phone far from its mast.

    What may not even be kept in a browser's memory (rooms, drafts, reports, keys: `no-store`) goes as it is:
    the length of a compressed page tells a listener a little about its words (the attack called BREACH),
    and there nobody may learn even that. The others get a random length on top, as Django does.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Compress an answer, unless it must leave no trace."""
        if "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)
