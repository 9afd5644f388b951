"""What the editor asks while somebody writes."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from .convert import PASTE_BYTES, Converted, from_html


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Turn the HTML of a clipboard (the body of the request) into light Markdown.

    Answers {"text": Markdown, "dropped": [sentences on what did not come along]}; 403 to whoever does
    not write here, 413 above a megabyte, both as {"error": sentence}. Nothing is stored.
    """
    if not getattr(request.user, "is_validated", False):
        return JsonResponse({"error": _("Écrire demande un compte validé.")}, status=403)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > PASTE_BYTES:
        too_large = _("Ce texte est trop long pour être collé en une fois. Collez-le en plusieurs morceaux.")
        return JsonResponse({"error": too_large}, status=413)
    converted = from_html(request.body.decode("utf-8", "replace"))
    return JsonResponse({"text": converted.text, "dropped": _dropped(converted)})


def _dropped(converted: Converted) -> list[str]:
    said = []
    if images := converted.images:
        said.append(
            ngettext("Une image n’a pas été reprise.", "%(n)d images n’ont pas été reprises.", images)
            % {"n": images}
        )
    if tables := converted.tables:
        said.append(
            ngettext(
                "Un tableau est devenu une liste : relisez-la.",
                "%(n)d tableaux sont devenus des listes : relisez-les.",
                tables,
            )
            % {"n": tables}
        )
    return said
