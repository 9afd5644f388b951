"""What every answer of the API has in common: who may ask how, problems instead of pages, no cache.

A name of its own: one decorator. Its views stand in searching.py and importing.py.
"""

import logging
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from agora.people.access import public

from .problems import Problem

logger = logging.getLogger(__name__)


def endpoint(*methods: str) -> Callable:
    """Make a view of the API, which answers these methods only.

    It is open to everybody (it asks who calls by itself), and needs no form of ours: what changes
    something takes a token, which no other site can make a browser send.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @public
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise _not_this_method(methods)
                response = view(request, *args, **kwargs)
            except Problem as problem:
                response = problem.response()
            except Exception:
                logger.exception("api: %s failed", view.__name__)
                said = _("L’erreur est notée. Réessayez dans une minute.")
                response = Problem(500, "server_error", said).response()
            response["Cache-Control"] = "private, no-store"
            response["Content-Language"] = translation.get_language() or "fr"
            patch_vary_headers(response, ("Accept-Language", "Authorization", "Cookie"))
            return response

        return answer

    return decorate


def _not_this_method(methods: tuple[str, ...]) -> Problem:
    allowed = ", ".join(methods)
    said = _("Méthodes possibles ici : %(methods)s.") % {"methods": allowed}
    return Problem(405, "method_not_allowed", said, headers={"Allow": allowed})


def said(body: dict) -> JsonResponse:
    """Return an answer with its words readable as they are."""
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@endpoint("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer whatever stands under the API and is no address of it."""
    request.urlconf = "agora.api.program_urls"  # else a page in some language is looked for instead
    said = _("Les adresses de l’API sont décrites à /api/.")
    raise Problem(404, "not_found", said)
