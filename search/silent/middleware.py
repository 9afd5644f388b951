"""Notices that a member opens a page from the results of a search, by what the browser says of itself."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from .actions import note_opened, words_before

SEARCHING = ("search:results", "search:suggestions", "search:feed")  # these open nothing


class OpenedFromResults:
    """No link leads through a counter: the page asked for says where it comes from, or does not."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Referer" in request.headers and is_a_page(request, response):
            user = getattr(request, "user", None)
            if getattr(user, "is_validated", False) and (text := words_before(request)):
                note_opened(user, text)
        return response


def is_a_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether somebody went to another page (search's own answers, and those to a script, are none)."""
    match = request.resolver_match
    return (
        request.method == "GET"
        and response.status_code == HTTPStatus.OK
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
        and match is not None
        and match.view_name not in SEARCHING
    )
