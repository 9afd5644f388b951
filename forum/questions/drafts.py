"""What the room of drafts asks about the form of a question: nothing typed there is lost.

A name of its own: neither a form nor a view. What is typed is sealed with the keys of the rooms until it is
sent: whoever asks quietly leaves no row that holds both their number and their words. One draft for each
member; a correction of a question that names nobody keeps none, since the draft would say whose it is.
"""

import json
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from agora.drafts.handlers import Handler, register
from agora.drafts.models import Draft

from .. import keys
from ..models import Question
from . import permissions

KIND, NEW = "question", "new"
FIELDS = ("title", "text", "language", "sign")
SEALED = "sealed"


def _question(target: str) -> Question | None:
    is_number = target.isascii() and target.isdecimal() and len(target) < 10
    return Question.objects.filter(pk=int(target)).first() if is_number else None


def _may_write(user, target: str) -> bool:
    if target == NEW:
        return permissions.can_ask(user)
    found = _question(target)
    return found is not None and not found.is_quiet and permissions.can_add(user, found)


def read(post: QueryDict) -> dict[str, Any]:
    """Return the fields of the form found in what was sent."""
    sent = {name: post[name] for name in FIELDS if name in post}
    return sent | ({"themes": post.getlist("themes")} if "sign" in post else {})


def _lock(data: dict[str, Any]) -> dict[str, Any]:
    return {SEALED: keys.seal(json.dumps(data, ensure_ascii=False))} if data else {}


def _unlock(data: dict[str, Any]) -> dict[str, Any]:
    return json.loads(keys.unseal(data[SEALED])) if SEALED in data else {}


def typed_in(draft: Draft | None) -> dict[str, Any]:
    """Return what a draft holds, in the clear."""
    return _unlock(draft.data) if draft else {}


def _url(draft: Draft) -> str:
    return (
        reverse("forum:ask") if draft.target == NEW else reverse("forum:edit_question", args=[draft.target])
    )


def register_handler() -> None:
    """Tell the room of drafts about the form (from AppConfig.ready)."""
    register(
        Handler(
            kind=KIND,
            may_write=_may_write,
            read=read,
            title=lambda draft: "",
            name=lambda draft: typed_in(draft).get("title", "") or typed_in(draft).get("text", "")[:80],
            what=lambda draft: _("Question à poser") if draft.target == NEW else _("Suite d’une question"),
            place=lambda draft: _("Poser une question"),
            url=_url,
            news=lambda drafts: {},
            lock=_lock,
            unlock=_unlock,
        )
    )
