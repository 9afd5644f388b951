"""What the room of drafts asks about the form « Et chez vous ? »: nothing that one types there is lost.

A name of its own: neither a form nor a view. The target of such a draft is « page:INS code ».
"""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from agora.drafts.handlers import Handler, register
from agora.drafts.models import Draft

from ..addresses import adopt_url
from ..models import PracticePage
from .permissions import can_declare

KIND = "adoption"
FIELDS = ("state", "month", "year", "note", "changed", "stop_reason", "contact")


def target_of(practice: PracticePage, cpas: str) -> str:
    """Return the target of a draft."""
    return f"{practice.pk}:{cpas}"


def _page(target: str) -> PracticePage | None:
    number = target.partition(":")[0]
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    found = PracticePage.objects.select_related("locale").filter(pk=int(number)) if is_number else None
    return found.first() if found is not None else None


def _may_write(user, target: str) -> bool:
    page = _page(target)
    return page is not None and can_declare(user, page, target.partition(":")[2])


def _read(post: QueryDict) -> dict[str, Any]:
    return {name: post[name] for name in FIELDS if name in post}


def _title(draft: Draft) -> str:
    if draft.title:
        return draft.title
    page = _page(draft.target)
    return page.title if page else ""


def _url(draft: Draft) -> str:
    page = _page(draft.target)
    return adopt_url(page.slug, page.locale.language_code, draft.target.partition(":")[2]) if page else ""


def _news(drafts: Iterable[Draft]) -> dict[Any, str]:
    drafts = list(drafts)
    numbers = {number for d in drafts if (number := d.target.partition(":")[0]).isdecimal()}
    live = {
        str(pk) for pk in PracticePage.objects.filter(pk__in=numbers, live=True).values_list("pk", flat=True)
    }
    gone = _("Cette fiche a été retirée du catalogue. Votre texte est gardé.")
    return {d.pk: gone for d in drafts if d.target.partition(":")[0] not in live}


def register_handler() -> None:
    """Tell the room of drafts about the form (from AppConfig.ready)."""
    register(
        Handler(
            kind=KIND,
            may_write=_may_write,
            read=_read,
            title=_title,
            place=lambda draft: _("Et chez vous ?"),
            url=_url,
            news=_news,
        )
    )
