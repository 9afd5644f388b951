"""What the API answers when it does not do what was asked: RFC 9457 « problem details », in words.

A name of its own: one error that carries its whole answer, raised wherever one finds out.
"""

from django.http import JsonResponse
from django.utils.translation import gettext as _

TITLES = {
    400: lambda: _("La demande ne se comprend pas"),
    401: lambda: _("Qui demande ?"),
    403: lambda: _("Ce jeton ne le permet pas"),
    404: lambda: _("Il n’y a rien à cette adresse"),
    405: lambda: _("Cette adresse ne se demande pas ainsi"),
    413: lambda: _("C’est trop à la fois"),
    415: lambda: _("Ce format n’est pas lu"),
    429: lambda: _("Un moment"),
    500: lambda: _("Quelque chose n’a pas marché chez nous"),
}


class Problem(Exception):
    """An answer that says what is wrong and how to go on.

    `code` never changes from one language or version to the next: programs read it; people read `detail`.
    `headers`: those that the status asks for. `more`: other members of the answer (`errors`…).
    """

    def __init__(
        self, status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **more
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.headers, self.more = (
            status,
            code,
            detail,
            headers or {},
            more,
        )

    def response(self) -> JsonResponse:
        """Return the answer."""
        body = {
            "type": "about:blank",
            "title": TITLES[self.status](),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.more,
        }
        response = JsonResponse(body, status=self.status, json_dumps_params={"ensure_ascii": False})
        response["Content-Type"] = "application/problem+json"
        for name, value in self.headers.items():
            response[name] = value
        return response


def unauthenticated(code: str, detail: str) -> Problem:
    """Return the answer to who is not known; it names the way to be."""
    bearer = 'Bearer realm="Agora"' + (', error="invalid_token"' if code == "invalid_token" else "")
    return Problem(401, code, detail, headers={"WWW-Authenticate": bearer})
