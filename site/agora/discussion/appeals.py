"""What follows a decision about a message: both sides are told; its author may ask, once, for another look.

A name of its own beside actions.py: an appeal is a report by the author, which the queue of the moderators
lists like any other. Here is when there may be one, who answers it, and which letters a decision sends.
"""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment

from agora.people import notices
from agora.people.models import Member
from agora.people.roles import MODERATOR

from . import permissions
from .models import Decision, Report

LENGTH = 500

LETTERS = {
    "discussion/decided": notices.Letter(
        gettext_lazy("La modération a décidé"),
        (
            gettext_lazy(
                "La modération a répondu au sujet d’un message. La décision se lit ici :\n%(case_url)s"
            ),
        ),
    ),
}

log = logging.getLogger("agora.discussion")


def register() -> None:
    """Add the letter (from AppConfig.ready)."""
    notices.register(LETTERS, {})


def appeal_of(comment: XtdComment) -> Report | None:
    """Return the appeal of a message's author, None when there is none."""
    made = Report.objects.filter(flag__comment_id=comment.pk, reason=Report.Reason.APPEAL)
    return made.select_related("flag", "decision").first()


def may_appeal(by: Member, comment: XtdComment) -> bool:
    """The author of a message that moderators removed appeals, once."""
    return permissions.is_removed_from(by, comment) and appeal_of(comment) is None


def appeal(by: Member, comment: XtdComment, words: str) -> Report:
    """Ask that somebody look again at the removal of one's message; return the appeal."""
    if not may_appeal(by, comment):
        raise PermissionDenied
    words = words.strip()[:LENGTH]
    if not words:
        raise ValidationError(_("Dites en une phrase pourquoi le message devrait revenir."), code="empty")
    with transaction.atomic():
        flag, _new = CommentFlag.objects.get_or_create(
            comment_id=comment.pk,
            user=by,
            flag=CommentFlag.SUGGEST_REMOVAL,
            defaults={"flag_date": timezone.now()},
        )
        made, _new = Report.objects.update_or_create(
            flag=flag,
            defaults={
                "reason": Report.Reason.APPEAL,
                "explanation": words,
                "quoted": comment.comment,
                "decision": None,
            },
        )
    log.info("message.appealed id=%s by=%s", comment.pk, by.pk)
    return made


def refuse_own_judge(by: Member, comment: XtdComment, reports: list[Report]) -> None:
    """ValidationError when an appeal would be answered by who removed, and another moderator is there."""
    if not any(report.reason == Report.Reason.APPEAL for report in reports):
        return
    removals = Decision.objects.filter(comment_id=comment.pk, outcome=Decision.Outcome.REMOVED)
    if removals.values_list("by", flat=True).first() != by.pk:
        return
    others = Member.objects.filter(groups__name=MODERATOR, status=Member.Status.ACTIVE, is_active=True)
    if others.exclude(pk=by.pk).exists():
        raise ValidationError(
            _("C’est vous qui aviez retiré ce message : une autre personne répond au recours."), code="own"
        )


def tell(comment: XtdComment, reports: list[Report], *, moved: bool) -> None:
    """Write, when the transaction holds, to who reported; and to the author when their message moved."""
    pages = {report.flag.user: "discussion:report" for report in reports if report.flag.user}
    author = comment.user
    if author is not None and (moved or author in pages):
        pages[author] = "discussion:appeal"
    for person, page in pages.items():
        if not person.is_validated:
            continue
        with override(person.language):
            address = settings.SITE_URL + reverse(page, args=[comment.pk])
        transaction.on_commit(
            lambda to=person, url=address: notices.send_to(to, "discussion/decided", case_url=url),
            robust=True,
        )
