"""Questions asked under a text that nobody has answered yet."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django_comments_xtd.models import XtdComment

from agora.people.models import Member

from .querysets import readable_targets

LOOKED_AT = 20  # the newest messages looked at: an old question is no short act any more
EXTRACT = 110  # characters


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question to answer in three minutes."""

    url: str
    extract: str
    name: str
    cpas: str
    about: str
    language: str  # of what it stands under; empty when that has none


def open_question_for(user) -> OpenQuestion | None:
    """Return the newest unanswered question of somebody else that a member may read, or None.

    A question is a message that ends with a question mark; it is open while it has no reply.
    """
    replies = XtdComment.norel_objects.filter(thread_id=OuterRef("thread_id"), order__gt=OuterRef("order"))
    messages = (
        XtdComment.norel_objects.filter(is_public=True, is_removed=False, level=0, comment__iregex=r"\?\s*$")
        .exclude(user=user)
        .exclude(user__status=Member.Status.LEFT)
        .annotate(answered=Exists(replies))
        .filter(answered=False)
        .select_related("user__cpas")
        .order_by("-submit_date")[:LOOKED_AT]
    )
    messages = list(messages)
    targets = readable_targets(user, {(message.content_type_id, message.object_pk) for message in messages})
    for message in messages:
        target = targets.get((message.content_type_id, message.object_pk))
        if target is not None and message.user:
            return OpenQuestion(
                url=f"{target.get_absolute_url()}#c{message.pk}",
                extract=_short(message.comment),
                name=message.user.signature,
                cpas=message.user.cpas.name if message.user.cpas else "",
                about=str(target),
                language=target.locale.language_code if hasattr(target, "locale") else "",
            )
    return None


def _short(text: str) -> str:
    """Keep the end of a message, where its question stands, from the beginning of a sentence if it fits."""
    sentences = re.split(r"(?<=[.!?…])\s+", " ".join(text.split()))
    question = sentences.pop()
    while sentences and len(sentences[-1]) + len(question) < EXTRACT:
        question = f"{sentences.pop()} {question}"
    return question if len(question) <= EXTRACT else question[: EXTRACT - 1].rsplit(" ", 1)[0] + "…"
