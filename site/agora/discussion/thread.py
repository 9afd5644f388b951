"""A thread as people see it: two queries and some joining of strings, whatever its length.

A name of its own beside views.py, because it is drawn inside the pages of other rooms (see
templatetags/discussion.py). A sheet with fifty messages is the page that people open most, so there
is no template, no address lookup and no model instance per message. A message is remembered by what the
database says of it, and beside it how it was drawn for each thing that a reader may see and do there
(`Sight`): both are said whole by the key, so nothing is ever stale, and nothing is kept of who reads.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Cast
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_comments.models import CommentFlag
from django_comments_xtd.models import LIKEDIT_FLAG, XtdComment

from agora.people.models import Member
from agora.prepared import Prepared

from . import permissions
from .targets import target_of
from .text import text_html

CHECK = '<svg class="ico" aria-hidden="true"><use href="#i-check"/></svg>'
ADDRESSES = ("reply", "edit", "withdraw", "report", "appeal", "moderate")


class Row(NamedTuple):
    """One message, with what is shown of its author in the reader's language."""

    pk: int
    level: int
    submit_date: datetime
    comment: str
    is_removed: bool
    user_id: int | None
    first_name: str | None
    last_name: str | None
    status: str | None
    function: str | None
    cpas: str | None
    code: str | None
    edited_at: datetime | None
    withdrawn_at: datetime | None
    removed_at: datetime | None
    removal_reason: str | None


class Marks(NamedTuple):
    """What people said of one message: how many found it useful; whether the reader did, or reported it;
    whether it helped whoever asked.
    """

    useful: int = 0
    mine: bool = False
    reported: bool = False
    helped: bool = False


NO_MARKS = Marks()
# What stands in the two queries where the target and the reader will (see prepared.py).
BLANKS = {"content_type": -1_000_001, "pk": "\ue000 pk", "reader": -1_000_002}


class Sight(NamedTuple):
    """What the look of a message depends on beside its row: the page, its marks, the reader's rights."""

    language: str | None
    prefix: str
    year: int
    marks: Marks
    is_own: bool
    can_edit: bool
    can_comment: bool
    can_moderate: bool
    can_say: bool  # that it helped


class Message(NamedTuple):
    """One message, and how it was drawn for each sight of it."""

    row: Row
    drawn: dict[Sight, str]


def messages_under(target: models.Model, language: str) -> list[Message]:
    """Return the messages under a target, answers after what they answer (one query)."""
    return [_message(language, row) for row in _rows_query(language).raw(**_place(target))]


@lru_cache(maxsize=5000)
def _message(language: str, row: tuple) -> Message:
    known = Row._make(_rows_query(language).converted(row))
    moment = datetime.fromisoformat(known.submit_date)
    return Message(known._replace(submit_date=moment if moment.tzinfo else moment.replace(tzinfo=UTC)), {})


def marks_under(target: models.Model, reader) -> dict[int, Marks]:
    """Return the marks on the messages under a target, by message (one query for all of them)."""
    marks: dict[int, Marks] = {}
    for pk, flag, everybody, own in _marks_query().rows(**_place(target), reader=reader.pk):
        known = marks.get(pk, NO_MARKS)
        if flag == LIKEDIT_FLAG:
            marks[pk] = known._replace(useful=everybody, mine=bool(own))
        elif flag == CommentFlag.SUGGEST_REMOVAL:
            marks[pk] = known._replace(reported=bool(own))
    if answers := target_of(target).answers:
        for pk in answers.helped(target):
            marks[pk] = marks.get(pk, NO_MARKS)._replace(helped=True)
    return marks


@lru_cache
def _rows_query(language: str) -> Prepared:
    rows = (
        XtdComment.norel_objects.filter(
            content_type_id=BLANKS["content_type"], object_pk=BLANKS["pk"], is_public=True
        )
        .order_by("thread_id", "order")
        .values_list(
            "pk",
            "level",
            # As text: SQLite would make moments of it at each reading, for messages that are known already.
            Cast("submit_date", models.TextField()),
            "comment",
            "is_removed",
            "user_id",
            "user__first_name",
            "user__last_name",
            "user__status",
            f"user__function__name_{language}",
            f"user__cpas__name_{language}",
            f"user__cpas__code_{language}",
            "standing__edited_at",
            "standing__withdrawn_at",
            "standing__removed_at",
            "standing__removal_reason",
        )
    )
    return Prepared(rows, BLANKS)


@lru_cache
def _marks_query() -> Prepared:
    # Marks of every kind: asked for two of them, SQLite goes through all marks of Agora, not the thread's.
    marks = (
        CommentFlag.objects.filter(
            comment__content_type_id=BLANKS["content_type"], comment__object_pk=BLANKS["pk"]
        )
        .order_by()
        .values_list("comment_id", "flag")
        .annotate(everybody=Count("pk"), own=Count("pk", filter=Q(user_id=BLANKS["reader"])))
    )
    return Prepared(marks, BLANKS)


def messages_html(target: models.Model, reader, messages: Iterable[Message], marks: dict[int, Marks]) -> str:
    """Return the list items of a thread, safe, with the controls of this reader."""
    now, by = timezone.now(), reader.pk
    page = (get_language(), get_script_prefix(), timezone.localdate().year)
    answers = target_of(target).answers
    can_say = answers is not None and answers.can_say(reader, target)
    rights = (permissions.can_comment(reader, target), permissions.can_moderate(reader), can_say)
    parts: list[str] = []
    depth = 0
    for row, drawn in messages:
        if row.level:
            parts.append("" if depth == 2 else '<ul class="thread">')
            closing, depth = "</li>", 2
        else:
            parts.append("</ul></li>" if depth == 2 else "</li>" if depth else "")
            closing, depth = "", 1
        # Asked of the message only where it is one's own: most are not.
        own = row.user_id == by and permissions.is_author(reader, row)
        editable = own and permissions.can_edit(reader, row, now)
        sight = Sight(*page, marks.get(row.pk, NO_MARKS), own, editable, *rights)
        html = drawn.get(sight)
        if html is None:
            html = drawn[sight] = (
                f"{_shared(row, language_read(), sight.year)}{_controls(row, sight)}</article>"
            )
        parts += (html, closing)
    parts.append("</ul></li>" if depth == 2 else "</li>" if depth else "")
    return "".join(parts)


def _controls(row: Row, sight: Sight) -> str:
    """Return the links and buttons under a message."""
    drawn = Controls(*sight[:2])
    links = []
    if not row.is_removed:
        if sight.can_comment:
            links += (drawn.link("reply", row), drawn.quote(row))
        links.append(drawn.useful(row, sight.marks, sight.is_own))
        if sight.can_say:
            links.append(drawn.helped(row, sight.marks))
        if sight.is_own:
            if sight.can_edit:
                links.append(drawn.link("edit", row))
            links.append(drawn.link("withdraw", row))
        else:
            links.append(drawn.link("report", row, "reported" if sight.marks.reported else "report"))
    elif sight.is_own and row.removed_at and not row.withdrawn_at:
        links.append(drawn.link("appeal", row))
    if sight.can_moderate and not row.withdrawn_at:
        links.append(drawn.link("moderate", row))
    reason = ""
    if row.removal_reason and (sight.is_own or sight.can_moderate):
        reason = f'<p class="quiet">{escape(_("Motif : %s") % row.removal_reason)}</p>'
    if sight.marks.helped and not row.is_removed:
        reason = f'<p><span class="tag">{CHECK} {drawn.words["it_helped"]}</span></p>{reason}'
    return f'{reason}<div class="links">{"".join(links)}</div>' if any(links) else reason


class Controls:
    """The words and addresses of the links and buttons under a message, in one language."""

    def __init__(self, language: str | None, prefix: str) -> None:
        self.around = _around(language, prefix)
        self.words = {
            "reply": _("Répondre"),
            "quote": _("Citer"),
            "useful": _("Utile"),
            "me_too": _("vous aussi"),
            "edit": _("Modifier"),
            "withdraw": _("Retirer"),
            "report": _("Signaler"),
            "reported": _("Signalé"),
            "appeal": _("Demander qu’on relise"),
            "moderate": _("Modérer"),
            "helped": _("Ça m’a aidé"),
            "it_helped": _("A aidé"),
            "not_helped": _("Ne plus dire que ça m’a aidé"),
        }

    def link(self, name: str, row: Row, word: str = "") -> str:
        """Return a link to one of the pages about a message."""
        before, after = self.around[name]
        return f'<a href="{before}{row.pk}{after}">{self.words[word or name]}</a>'

    def quote(self, row: Row) -> str:
        """Return the link to the page that answers a message, its words quoted in the text."""
        before, after = self.around["reply"]
        return f'<a href="{before}{row.pk}{after}?citer">{self.words["quote"]}</a>'

    def useful(self, row: Row, marks: Marks, own: bool) -> str:
        """Return the button « utile » (it sends the one form of the thread); on one's own, the count."""
        said = f"{CHECK}{self.words['useful']}" + (f" ({marks.useful})" if marks.useful else "")
        if own:
            return f"<span>{said}</span>" if marks.useful else ""
        if marks.mine:
            said, name = f"{said}, {self.words['me_too']}", "not"
        else:
            name = "message"
        about = f'name="{name}" value="{row.pk}" aria-pressed="{"true" if marks.mine else "false"}"'
        return f'<button form="utiles" {about}>{said}</button>'

    def helped(self, row: Row, marks: Marks) -> str:
        """Return the button by which whoever asked says what helped (it sends the form of the page)."""
        name, word = ("no", "not_helped") if marks.helped else ("yes", "helped")
        return f'<button form="aide" name="{name}" value="{row.pk}">{self.words[word]}</button>'


@lru_cache
def _around(language: str, prefix: str) -> dict[str, list[str]]:
    """Cut « /fr/messages/0/repondre/ » at its number, so that each link is a mere join."""
    return {name: reverse(f"discussion:{name}", args=[0]).rsplit("0", 1) for name in ADDRESSES}


def day(moment: datetime, year: int | None = None) -> str:
    """Return « 12 mars », « 1er mars », or « 12 mars 2024 » when that is not `year` (this year)."""
    local = timezone.localtime(moment).date()
    return _day(local, year or timezone.localdate().year, language_read())


@lru_cache(maxsize=1000)
def _day(local: date, year: int, language: str) -> str:
    number = "1er" if local.day == 1 and language == "fr" else str(local.day)
    said = f"{number}\N{NO-BREAK SPACE}{date_format(local, 'F')}"
    return said if local.year == year else f"{said} {local.year}"


@lru_cache(maxsize=1000)
def _when(local: date, year: int, language: str) -> str:
    return escape(_("le %(day)s") % {"day": _day(local, year, language)})


def signature(row) -> str:
    """Return « Lies P. », or « ancien membre » for somebody who left or whose account is gone.

    Args:
        row: anything with first_name, last_name and status (a Row, a Member), or None.
    """
    if row is None or not row.first_name or row.status == Member.Status.LEFT:
        return _("ancien membre")
    return f"{row.first_name} {row.last_name[:1]}." if row.last_name else row.first_name


def byline(member: Member | None) -> str:
    """Return « Lies P., assistante sociale, Jette »; « ancien membre » alone for somebody who left."""
    said = [signature(member)]
    if member is not None and member.status != Member.Status.LEFT:
        if member.function:
            said.append(member.function.name[:1].lower() + member.function.name[1:])
        if member.cpas:
            said.append(member.cpas.name)
    return ", ".join(said)


def said_on(comment: XtdComment) -> str:
    """Return « le 12 mars, modifié » as safe HTML; the message comes with its `standing`."""
    local = timezone.localtime(comment.submit_date)
    said = _when(local.date(), timezone.localdate().year, language_read())
    standing = getattr(comment, "standing", None)
    edited = ", " + _("modifié") if standing and standing.edited_at else ""
    return f'<time datetime="{local.isoformat(timespec="minutes")}">{said}</time>{edited}'


def _shared(row: Row, language: str, year: int) -> str:
    """Return the start of a message (open `li` and `article`): who, when and what, the same for all."""
    if row.is_removed:
        code, by, text = "", f'<p class="quiet" id="b{row.pk}">{_gone(row, year)}</p>', ""
    else:
        left = not row.first_name or row.status == Member.Status.LEFT
        code = "" if left or not row.code else escape(row.code)
        function = "" if left or not row.function else row.function[:1].lower() + row.function[1:]
        who = [function, "" if left else row.cpas or ""]
        when = _when(timezone.localtime(row.submit_date).date(), year, language)
        when = f'<time datetime="{row.submit_date.isoformat(timespec="minutes")}">{when}</time>'
        said = ", ".join([*(escape(word) for word in who if word), when])
        said += ", " + _("modifié") if row.edited_at else ""
        glue = " " if function else ", "
        by = f'<p class="by" id="b{row.pk}"><b>{escape(signature(row))}</b>{glue}{said}</p>'
        text = f'<div class="text">{text_html(row.comment)}</div>'
    return (
        f'<li><span class="code" aria-hidden="true">{code}</span>'
        f'<article id="c{row.pk}" tabindex="-1" aria-labelledby="b{row.pk}">{by}{text}'
    )


def _gone(row: Row, year: int) -> str:
    """Return the sentence that stands in the place of a message that was taken back or removed."""
    if row.withdrawn_at:
        return _("Message retiré par son auteur le %(day)s.") % {"day": day(row.withdrawn_at, year)}
    if row.removed_at:
        return _("Message retiré par la modération le %(day)s.") % {"day": day(row.removed_at, year)}
    return _("Message retiré par la modération.")


def _place(target: models.Model) -> dict[str, object]:
    return {"content_type": ContentType.objects.get_for_model(target).pk, "pk": str(target.pk)}


def language_read() -> str:
    """Return the language of the interface, fr or nl."""
    return "nl" if (get_language() or "fr").startswith("nl") else "fr"
