"""What the room of drafts asks about the form of a message: nothing typed there is lost.

A name of its own: neither a form nor a view. One draft for each page and member (« forum.question.12 »), and
one for each message that they answer (« reply.340 »). Not sealed: what it becomes, all members read.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import models
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_comments_xtd.models import XtdComment

from agora.drafts.forms import Envelope, keep_posted
from agora.drafts.handlers import Handler, register
from agora.drafts.keeping import take_kept
from agora.drafts.models import Draft
from agora.drafts.permissions import draft_of, drafts_of
from agora.prepared import Prepared
from agora.richtext import quotes

from . import permissions
from .targets import by_key, target_of, target_of_comment

KIND, REPLY = "message", "reply"
TITLE_LENGTH = 80
FIELDS = ("id", "sequence", "saved_at", "language", "data")
BLANKS = {"owner": -1_000_003, "target": "\ue000 target"}


def place_of(target: models.Model, parent: XtdComment | None = None) -> str:
    """Return the target of a draft: the page under which one writes, or the message that one answers."""
    return f"{REPLY}.{parent.pk}" if parent is not None else f"{target_of(target).key}.{target.pk}"


def _parts(place: str) -> tuple[str, int] | None:
    key, _dot, pk = place.rpartition(".")
    is_number = pk.isascii() and pk.isdecimal() and len(pk) < 19
    return (key, int(pk)) if is_number and (key == REPLY or by_key(key)) else None


def _may_write(user, place: str) -> bool:
    parts = _parts(place)
    if parts is None:
        return False
    key, pk = parts
    try:
        if key == REPLY:
            _comment, target = permissions.get_comment_for(user, pk)
        else:
            target = permissions.get_target_for(user, key, pk)
    except Http404:
        return False
    return permissions.can_comment(user, target)


def read(post: QueryDict) -> dict[str, Any]:
    """Return the field of the form found in what was sent."""
    return {"text": post["text"]} if "text" in post else {}


def text_of(draft: Draft | None) -> str:
    """Return the words of a draft; empty when there is none."""
    text = draft.data.get("text", "") if draft is not None else ""
    return text if isinstance(text, str) and text.strip() else ""


def _title(draft: Draft) -> str:
    return " ".join(quotes.own_words(text_of(draft)).split())[:TITLE_LENGTH]


def _url(draft: Draft) -> str:
    key, pk = _parts(draft.target) or (REPLY, 0)
    return (
        reverse("discussion:reply", args=[pk])
        if key == REPLY
        else reverse("discussion:write", args=[key, pk])
    )


def _what(draft: Draft) -> str:
    return _("Réponse à envoyer") if draft.target.startswith(f"{REPLY}.") else _("Message à envoyer")


def _news(drafts: Iterable[Draft]) -> dict[Any, str]:
    """Say under which page each waits; of one where its writer cannot write any more, give the words back."""
    drafts = list(drafts)
    writer = drafts[0].owner  # all of one list are of one person
    pages = _pages_of(drafts)
    said = {}
    for draft in drafts:
        target = pages.get(draft.target)
        if target is not None and permissions.can_comment(writer, target):
            said[draft.pk] = _("Sous « %(title)s »") % {"title": target}
        else:
            said[draft.pk] = _("On n’y écrit plus. Votre texte : %(text)s") % {"text": text_of(draft)}
    return said


def _pages_of(drafts: list[Draft]) -> dict[str, models.Model]:
    """Return the page of each place where drafts wait: a query for messages answered, one for each model."""
    places = {draft.target: parts for draft in drafts if (parts := _parts(draft.target))}
    replied = XtdComment.objects.in_bulk([pk for key, pk in places.values() if key == REPLY])
    wanted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for place, (key, pk) in places.items():
        comment = replied.get(pk) if key == REPLY else None
        target = (target_of_comment(comment) if comment else None) if key == REPLY else by_key(key)
        if target is not None:
            wanted[target.key][comment.object_pk if comment else str(pk)].append(place)
    return {
        place: page
        for key, by_pk in wanted.items()
        for pk, page in by_key(key).fetch(by_pk).items()
        for place in by_pk[pk]
    }


def register_handler() -> None:
    """Tell the room of drafts about the form (from AppConfig.ready)."""
    register(
        Handler(
            kind=KIND,
            may_write=_may_write,
            read=read,
            title=_title,
            what=_what,
            place=lambda draft: _("Discussion"),
            url=_url,
            news=_news,
            is_fleeting=True,
        )
    )


def waiting_for(request: HttpRequest, place: str) -> Draft | None:
    """Return the draft of a form, with what was sent there just before the session closed."""
    if request.method != "POST" and (kept := take_kept(request, KIND)) is not None:
        keep_posted(request.user, kept, KIND, None)
        messages.info(request, _("Votre texte vous attendait : relisez-le, puis envoyez."))
    return draft_of(request.user, KIND, place)


def envelope_of(user, place: str, draft: Draft | None) -> Envelope:
    """Return the hidden fields of a form that keeps a draft."""
    return Envelope(KIND, user, draft, place, language="nl" if get_language() == "nl" else "fr")


def with_quote(begun: str, quoted: str) -> str:
    """Return what was begun with a quote that was just asked for at its end."""
    if not begun or not quoted or quoted.strip() in begun:
        return begun or quoted
    return f"{begun.rstrip()}\n\n{quoted}"


def forget_quotes(message: XtdComment, said: str) -> None:
    """Take the words of a message that goes out of what colleagues are writing, as out of what they sent."""
    same = {"content_type_id": message.content_type_id, "object_pk": message.object_pk}
    target = target_of_comment(message)
    places = [f"{REPLY}.{pk}" for pk in XtdComment.norel_objects.filter(**same).values_list("pk", flat=True)]
    places += [f"{target.key}.{message.object_pk}"] if target else []
    for draft in Draft.objects.filter(kind=KIND, target__in=places):
        words = quotes.without(text_of(draft), message.comment, said)
        if words != text_of(draft):
            draft.data["text"] = words
            draft.title = _title(draft)
            Draft.objects.filter(pk=draft.pk).update(data=draft.data, title=draft.title)


@cache
def _query() -> Prepared:
    blank = get_user_model()(pk=BLANKS["owner"])
    drafts = drafts_of(blank).filter(kind=KIND, target=BLANKS["target"])
    return Prepared(drafts.values_list(*FIELDS), BLANKS)


class Begun(NamedTuple):
    """What the form at the foot of a page starts with: one query, for those who may write there."""

    envelope: Envelope
    text: str

    @property
    def said(self) -> str:
        """When it was kept."""
        return self.envelope.moment if self.text else ""


def begun_under(target: models.Model, reader, sent: Iterable[str]) -> Begun:
    """Return what somebody began to write under a page.

    `sent`: their own messages there. A save that reached the server after its message was sent left the words
    of that message: they are not offered again.
    """
    place = place_of(target)
    rows = _query().rows(owner=reader.pk, target=place)
    draft = Draft(target=place, **dict(zip(FIELDS, rows[0], strict=True))) if rows else None
    text = text_of(draft)
    if text.strip() in {each.strip() for each in sent}:
        text = ""
    return Begun(envelope_of(reader, place, draft), text)
