"""The acts of a discussion. Each checks who and what, changes in one transaction, and logs.

The library's own posting view and form are not used: they take an e-mail address, keep the IP address,
and lose the text when a form is two hours old. Refusals are PermissionDenied (who) or ValidationError
(what; `code` says which), the latter with a message for the person who acts.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_comments.models import CommentFlag
from django_comments_xtd.models import LIKEDIT_FLAG, XtdComment

from agora.airlock.actions import vouch
from agora.airlock.gate import Gate, gate_of
from agora.people.models import Member
from agora.richtext import quotes
from search import outbox

from . import appeals, calling, drafts, permissions
from .indexing import SOURCE, address_of
from .models import Decision, Report, Standing
from .targets import target_of_comment
from .text import clean_text

RATE = 10  # messages per member in RATE_PERIOD: more than anybody types, less than a script
RATE_PERIOD = timedelta(minutes=1)
DUPLICATE_PERIOD = timedelta(minutes=10)
REASON_LENGTH = 500

NOTHING: Mapping[str, str] = MappingProxyType({})

log = logging.getLogger("agora.discussion")


def post_comment(
    by: Member,
    target: models.Model,
    text: str,
    parent: XtdComment | None = None,
    given: Mapping[str, str] = NOTHING,
) -> XtdComment:
    """Post a message under a target, or an answer under one of its messages; return it.

    There is one level of answers: an answer to an answer joins the same thread. The same text sent
    again by the same person within ten minutes (a double click, a page reloaded) is not posted twice:
    the first message is returned.

    Args:
        by: the author; no name, address or IP is copied onto the message, so nothing is left to
            erase when they leave.
        target: an object whose model is registered (see targets.py).
        text: plain text, as typed.
        parent: the message answered, under the same target.
        given: what the author said of a number that the anonymisation gate stops (`vouched`: why it is
            nobody's); without it, ValidationError.
    """
    if not permissions.can_comment(by, target):
        raise PermissionDenied
    text, now, place = clean_text(text), timezone.now(), _place(target)
    gate = _gate(text, given)
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=by.pk)  # two clicks wait for one another
        root = _root_to_answer(parent, place)
        if sent := _already_sent(by, place, root, text, now):
            return sent
        _refuse_flood(by, now)
        comment = _save(by, place, root, text, now)
        _vouch(gate, by, comment)
        _tell_called(by, target, comment)
    log.info("message.posted id=%s by=%s", comment.pk, by.pk)
    return comment


def import_comment(
    by: Member, target: models.Model, text: str, parent: XtdComment | None, posted_at: datetime
) -> XtdComment:
    """Put a message written elsewhere in its place, with its date; return it, or the one imported before.

    For commands only: the author's rights of today and the pace of posting do not matter. What is
    the same is the author, the target and the moment, so that a message edited since stays as it is.
    """
    place = _place(target)
    with transaction.atomic():
        if known := XtdComment.objects.filter(**place, user=by, submit_date=posted_at).first():
            return known
        return _save(by, place, _root_to_answer(parent, place), clean_text(text), posted_at)


def edit_comment(
    by: Member, comment: XtdComment, text: str, given: Mapping[str, str] = NOTHING
) -> XtdComment:
    """Replace the words of one's own message, within fifteen minutes of posting it.

    `given`: see `post_comment`.
    """
    if not permissions.is_author(by, comment):
        raise PermissionDenied
    text = clean_text(text)
    gate = _gate(text, given)
    with transaction.atomic():
        current = XtdComment.norel_objects.select_for_update().get(pk=comment.pk)
        if current.is_removed:
            raise ValidationError(_("Ce message a été retiré : il ne peut plus être modifié."), code="gone")
        if not permissions.can_edit(by, current):
            raise ValidationError(
                _(
                    "Les quinze minutes sont passées : des collègues ont pu répondre."
                    " Ajoutez plutôt un message."
                ),
                code="too_late",
            )
        if text != current.comment:
            _tell_called(by, comment.content_object, comment, text)
            _change(comment, comment=text)
            # Hidden until the index has the new words: those taken out must not find it any more.
            outbox.narrow(SOURCE.uid(comment.pk))
            _mark(comment, edited_at=timezone.now())
            _vouch(gate, by, comment)
    log.info("message.edited id=%s by=%s", comment.pk, by.pk)
    return comment


def _tell_called(by: Member, target: models.Model, comment: XtdComment, words: str = "") -> None:
    """Write to whom a message calls; to whom its new `words` call and the former ones did not."""

    def called(text: str) -> list[calling.Called]:
        return calling.called_in(by, text, lambda member: permissions.can_read(member, target))

    people = called(words or comment.comment)
    if people and words:
        before = {each.handle for each in called(comment.comment)}
        people = [each for each in people if each.handle not in before]
    calling.tell(people, lambda: settings.SITE_URL + reverse("discussion:reply", args=[comment.pk]))


def gate_before(text: str, given: Mapping[str, str], known: Iterable[str] = ()) -> Gate:
    """Return what the anonymisation gate says of a message, with what its author already said of it.

    `known`: the colleagues whom it calls.
    """
    return gate_of([("", "", text)], given, known=known)


def _gate(text: str, given: Mapping[str, str]) -> Gate:
    gate = gate_before(text, given)
    if gate.blocks:
        raise ValidationError(gate.refusal(), code="identifies")
    return gate


def _vouch(gate: Gate, by: Member, comment: XtdComment) -> None:
    if gate.is_vouched:
        vouch(gate, by=by, address=address_of(comment))


def withdraw_comment(by: Member, comment: XtdComment) -> XtdComment:
    """Take one's own message back: its words are erased, its place and its answers stay."""
    if not permissions.is_author(by, comment):
        raise PermissionDenied
    with transaction.atomic():
        if XtdComment.norel_objects.filter(pk=comment.pk, is_removed=False).exists():
            _forget_quotes(comment)
            _change(comment, comment="", is_removed=True)
            outbox.narrow(SOURCE.uid(comment.pk))
            _mark(comment, withdrawn_at=timezone.now())
            _tell(comment)
    log.info("message.withdrawn id=%s by=%s", comment.pk, by.pk)
    return comment


def toggle_useful(by: Member, comment: XtdComment, useful: bool | None = None) -> bool:
    """Say that a colleague's message was useful, or take it back; return what now holds.

    With `useful` given, that is what will hold, so that a double click changes nothing.
    """
    if not permissions.can_judge(by, comment):
        raise PermissionDenied
    mark = {"comment_id": comment.pk, "user": by, "flag": LIKEDIT_FLAG}
    with transaction.atomic():
        if useful is None:
            useful = not CommentFlag.objects.filter(**mark).exists()
        if useful:
            CommentFlag.objects.get_or_create(**mark, defaults={"flag_date": timezone.now()})
        else:
            CommentFlag.objects.filter(**mark).delete()
    return useful


def report_comment(by: Member, comment: XtdComment, reason: str, explanation: str = "") -> Report:
    """Ask the moderators to look at a message; return the report.

    One report per person and message: a second one, while nobody has decided, corrects the first;
    after the decision it opens the question again.
    """
    if not permissions.can_judge(by, comment):
        raise PermissionDenied
    if reason not in Report.Reason.values or reason == Report.Reason.APPEAL:
        raise ValidationError(_("Choisissez un motif dans la liste."), code="reason")
    with transaction.atomic():
        flag, _new = CommentFlag.objects.update_or_create(
            comment_id=comment.pk,
            user=by,
            flag=CommentFlag.SUGGEST_REMOVAL,
            defaults={"flag_date": timezone.now()},
        )
        report, _new = Report.objects.update_or_create(
            flag=flag,
            defaults={
                "reason": reason,
                "explanation": explanation[:REASON_LENGTH],
                "quoted": comment.comment,
                "decision": None,
            },
        )
    log.info("message.reported id=%s by=%s reason=%s", comment.pk, by.pk, reason)
    return report


def moderate_comment(by: Member, comment: XtdComment, outcome: str, reason: str) -> Decision:
    """Keep, remove or restore a message, and close the reports about it; return the decision.

    A removal needs a reason: the author reads it. A message that its author took back cannot be
    decided upon any more: its reports are closed.
    """
    if not permissions.can_moderate(by):
        raise PermissionDenied
    reason = reason.strip()[:REASON_LENGTH]
    with transaction.atomic():
        current = XtdComment.norel_objects.select_for_update().get(pk=comment.pk)
        if outcome not in outcomes_for(current):
            raise ValidationError(
                _("Quelqu’un d’autre a décidé entre-temps. Relisez le message, puis choisissez."),
                code="stale",
            )
        if outcome == Decision.Outcome.REMOVED and not reason:
            raise ValidationError(_("Dites pourquoi : l’auteur du message lira ce motif."), code="reason")
        waiting = list(open_reports(comment).select_related("flag__user"))
        appeals.refuse_own_judge(by, comment, waiting)
        if outcome == Decision.Outcome.REMOVED:
            _forget_quotes(comment)
            _change(comment, is_removed=True)
            outbox.narrow(SOURCE.uid(comment.pk))
            _mark(comment, removed_at=timezone.now(), removal_reason=reason)
        elif outcome == Decision.Outcome.RESTORED:
            _change(comment, is_removed=False)
            outbox.enqueue(SOURCE.uid(comment.pk))
            _mark(comment, removed_at=None, removal_reason="")
        _tell(comment)
        decision = Decision.objects.create(comment=current, by=by, outcome=outcome, reason=reason)
        open_reports(comment).update(decision=decision, quoted="")
        moved = outcome in (Decision.Outcome.REMOVED, Decision.Outcome.RESTORED)
        appeals.tell(comment, waiting, moved=moved)
    log.info("message.%s id=%s by=%s", outcome, comment.pk, by.pk)
    return decision


def outcomes_for(comment: XtdComment) -> tuple[str, ...]:
    """Return what a moderator may decide about a message as it stands."""
    if not comment.is_removed:
        return (Decision.Outcome.KEPT, Decision.Outcome.REMOVED)
    standing = getattr(comment, "standing", None)
    if standing is None or standing.withdrawn_at:
        return (Decision.Outcome.CLOSED,)
    return (Decision.Outcome.RESTORED, Decision.Outcome.CLOSED)


def open_reports(comment: XtdComment) -> models.QuerySet[Report]:
    """Return the reports about a message that nobody has decided upon."""
    return Report.objects.filter(flag__comment_id=comment.pk, decision=None)


def _place(target: models.Model) -> dict[str, object]:
    return {"content_type": ContentType.objects.get_for_model(target), "object_pk": str(target.pk)}


def _save(by: Member, place: dict, root: XtdComment | None, text: str, moment: datetime) -> XtdComment:
    comment = XtdComment(
        **place,
        site_id=settings.SITE_ID,
        user=by,
        user_name="",
        user_email="",
        ip_address=None,
        comment=text,
        submit_date=moment,
        parent_id=root.pk if root else 0,
    )
    comment.save()
    outbox.enqueue(SOURCE.uid(comment.pk))
    _tell(comment)
    return comment


def _tell(comment: XtdComment) -> None:
    """Tell the room above that a message under one of its questions came, went or came back."""
    target = target_of_comment(comment)
    if target is not None and target.answers and (obj := target.fetch([comment.object_pk])):
        target.answers.changed(obj[str(comment.object_pk)])


def _root_to_answer(parent: XtdComment | None, place: dict) -> XtdComment | None:
    if parent is None:
        return None
    parent = XtdComment.objects.filter(pk=parent.pk, **place).first()
    if parent is None or parent.is_removed:
        raise ValidationError(
            _("Le message auquel vous répondez vient d’être retiré. Votre texte est là : envoyez-le à part."),
            code="gone",
        )
    return parent if parent.level == 0 else XtdComment.objects.get(pk=parent.thread_id)


def _already_sent(by, place: dict, root, text: str, now: datetime) -> XtdComment | None:
    same = XtdComment.objects.filter(
        **place,
        user=by,
        comment=text,
        is_removed=False,
        submit_date__range=(now - DUPLICATE_PERIOD, now + DUPLICATE_PERIOD),
    )
    return (same.filter(parent_id=root.pk, level=1) if root else same.filter(level=0)).first()


def _refuse_flood(by, now: datetime) -> None:
    recent = XtdComment.norel_objects.filter(user=by, submit_date__range=(now - RATE_PERIOD, now)).count()
    if recent >= RATE:
        raise ValidationError(
            _("Dix messages en une minute, c’est beaucoup. Le vôtre est là : envoyez-le dans une minute."),
            code="too_fast",
        )


def _change(message: XtdComment, **fields) -> None:
    """Change the row without `save()`, which would move counters and hide answers (see models.py)."""
    XtdComment.norel_objects.filter(pk=message.pk).update(**fields)
    for name, value in fields.items():
        setattr(message, name, value)


def _forget_quotes(message: XtdComment) -> None:
    """Take the words of a message that goes out of what others quoted of it, for good."""
    place = {"content_type_id": message.content_type_id, "object_pk": message.object_pk}
    others = XtdComment.norel_objects.filter(**place, comment__contains="> ").exclude(pk=message.pk)
    said = _("[passage retiré]")
    for other in others if message.comment else ():
        words = quotes.without(other.comment, message.comment, said)
        if words != other.comment:
            _change(other, comment=words)
            outbox.narrow(SOURCE.uid(other.pk))
    if message.comment:
        drafts.forget_quotes(message, said)


def _mark(message: XtdComment, **fields) -> None:
    Standing.objects.update_or_create(comment_id=message.pk, defaults=fields)
