"""`{% load discussion %}{% thread_for practice %}`: a whole discussion, in the page of another room."""

from datetime import datetime

from django import template
from django.db import models
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from agora.people.audience import MEMBERS, tokens_of

from .. import permissions, thread
from ..drafts import begun_under
from ..targets import target_of
from ..text import text_html

register = template.Library()


@register.simple_tag(takes_context=True)
def thread_for(context: template.Context, target: models.Model) -> SafeString:
    """Draw the section « Discussion » of an object whose model is registered (see targets.py).

    Three queries for a member, two where they may not write; none for a visitor or somebody who waits
    for validation, who learn that there is a discussion and nothing of it. The context needs `request`.
    """
    request = context["request"]
    reader = request.user
    page = {"request": request, "is_member": MEMBERS in tokens_of(reader)}
    if page["is_member"] and permissions.can_read(reader, target):
        messages = thread.messages_under(target, thread.language_read())
        can_comment = permissions.can_comment(reader, target)
        own = (row.comment for row, _drawn in messages if row.user_id == reader.pk)
        begun = begun_under(target, reader, own) if can_comment else None
        marks = thread.marks_under(target, reader) if messages else {}
        page |= {
            "count": sum(not row.is_removed for row, _drawn in messages),
            "messages": mark_safe(thread.messages_html(target, reader, messages, marks)),  # noqa: S308
            "can_comment": can_comment,
            "begun": begun,
            "has_begun": bool(begun and begun.text),
            "any": bool(messages),
            "key": target_of(target).key,
            "target": target,
            "reader": reader,
            "csrf_token": context.get("csrf_token") or get_token(request),
        }
    elif page["is_member"]:
        return mark_safe("")
    else:
        page |= {"is_signed_in": reader.is_authenticated, "address": request.get_full_path()}
    answers = target_of(target).answers
    name = answers.template if answers else "discussion/thread.html"
    return get_template(name).template.render(template.Context(page))


@register.filter
def on_day(moment: datetime) -> str:
    """Say a date as in the thread: « 12 mars », with its year when that is not this one."""
    return thread.day(moment)


@register.filter
def signed(member) -> str:
    """Say who, as in the thread: « Lies P. », or « ancien membre »."""
    return thread.signature(member)


@register.filter
def byline(member) -> str:
    """Say who as the thread does, with function and CPAS: « Lies P., assistante sociale, Jette »."""
    return thread.byline(member)


@register.simple_tag
def said_on(comment) -> SafeString:
    """Say when a message was posted, and whether it was changed since: « le 12 mars, modifié »."""
    return mark_safe(thread.said_on(comment))  # noqa: S308  (escaped there)


@register.filter
def message(text: str) -> SafeString:
    """Show the words of a message as in the thread."""
    return mark_safe(text_html(text))  # noqa: S308
