"""The acts about questions that should not stand as they are: report, decide, appeal.

A name of its own beside actions.py: nothing of it is needed to ask or to answer.
"""

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.discussion.indexing import follow
from agora.discussion.models import Report
from agora.people.models import Member
from agora.people.notices import send_to
from agora.people.roles import MODERATOR
from search import outbox

from ..models import Question, QuestionReport
from . import permissions, quiet
from .actions import UID

REASON_LENGTH = 500
Outcome = QuestionReport.Outcome

log = logging.getLogger("agora.questions")


@transaction.atomic
def report(by: Member, question: Question, reason: str, explanation: str = "") -> QuestionReport:
    """Ask the moderators to look at a question; sent again, it corrects the report or opens it anew."""
    if not permissions.can_report(by, question):
        raise PermissionDenied
    if reason not in Report.Reason.values:
        raise ValidationError(_("Choisissez un motif dans la liste."))
    words = {"reason": reason, "explanation": explanation[:REASON_LENGTH], "made_at": timezone.now()}
    undecided = {"outcome": "", "decision": "", "decided_by": None, "decided_at": None}
    made, _new = QuestionReport.objects.update_or_create(
        question=question, by=by, is_appeal=False, defaults=words | undecided
    )
    log.info("question.reported id=%s by=%s reason=%s", question.pk, by.pk, reason)
    return made


@transaction.atomic
def appeal(by: Member, question: Question, words: str) -> QuestionReport:
    """Ask, once, that somebody look again at the removal of one's question."""
    current = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if not permissions.can_appeal(by, current):
        raise PermissionDenied
    words = words.strip()[:REASON_LENGTH]
    if not words:
        raise ValidationError(_("Dites en une phrase pourquoi la question devrait revenir."))
    return QuestionReport.objects.create(
        question=current,
        by=None if current.is_quiet else by,
        reason=Report.Reason.OTHER,
        explanation=words,
        is_appeal=True,
    )


def waiting_of(question: Question):
    """Return the reports and the appeal about a question that nobody decided."""
    return question.reports.filter(outcome="").select_related("by__cpas", "by__function")


def outcomes_for(question: Question) -> tuple[Outcome, ...]:
    """Return what can be decided about a question as it stands."""
    if question.withdrawn_at is not None:
        return (Outcome.KEPT,)
    return (Outcome.RESTORED, Outcome.REMOVED) if question.removed_at else (Outcome.KEPT, Outcome.REMOVED)


@transaction.atomic
def decide(by: Member, question: Question, outcome: str, reason: str) -> None:
    """Keep, remove or restore a question, and tell those who reported and who asked.

    A removal needs a reason: who asked reads it. An appeal is decided by another moderator than the one who
    removed, where there is another. ValidationError when that is not so, or the question moved meanwhile.
    """
    if not permissions.can_moderate(by):
        raise PermissionDenied
    current = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    reason = reason.strip()[:REASON_LENGTH]
    if outcome not in outcomes_for(current):
        raise ValidationError(
            _("Quelqu’un d’autre a décidé entre-temps. Relisez la question, puis choisissez.")
        )
    waiting = list(waiting_of(current))
    if outcome == Outcome.REMOVED and not reason:
        raise ValidationError({"reason": _("Dites pourquoi : qui a posé la question lira ce motif.")})
    if any(each.is_appeal for each in waiting) and _removed_by(current) == by.pk and _another(by):
        raise ValidationError(
            _("C’est vous qui aviez retiré cette question : une autre personne répond au recours.")
        )
    was_shown = current.is_shown
    if outcome == Outcome.REMOVED and was_shown:
        current.removed_at, current.removal_reason = timezone.now(), reason
    elif outcome == Outcome.RESTORED:
        current.removed_at, current.removal_reason = None, ""
    current.save(update_fields=["removed_at", "removal_reason"])
    if current.is_shown != was_shown:
        (outbox.enqueue if current.is_shown else outbox.narrow)(UID(current.pk))
        follow(current, narrowed=not current.is_shown)
    decided = {"outcome": outcome, "decision": reason, "decided_by": by, "decided_at": timezone.now()}
    QuestionReport.objects.filter(pk__in=[each.pk for each in waiting]).update(**decided)
    if not waiting:
        QuestionReport.objects.update_or_create(
            question=current, by=by, is_appeal=False, defaults={"reason": Report.Reason.OTHER, **decided}
        )
    _tell(current, waiting, moved=current.is_shown != was_shown)
    log.info("question.%s id=%s by=%s", outcome, current.pk, by.pk)


def _removed_by(question: Question) -> int | None:
    removals = question.reports.filter(outcome=Outcome.REMOVED).order_by("-decided_at")
    return removals.values_list("decided_by", flat=True).first()


def _another(by: Member) -> bool:

    others = Member.objects.filter(groups__name=MODERATOR, status=Member.Status.ACTIVE, is_active=True)
    return others.exclude(pk=by.pk).exists()


def _tell(question: Question, waiting: list[QuestionReport], *, moved: bool) -> None:
    people = {each.by for each in waiting if each.by is not None}
    if moved or any(each.is_appeal for each in waiting):
        people.add(quiet.asker_of(question))
    for person in people:
        if person is not None and person.is_validated:
            transaction.on_commit(lambda to=person: send_to(to, "forum/question_decided"), robust=True)


def waiting_reports() -> list[QuestionReport]:
    """Return, for each question with something to decide, what was said first of it; the oldest first."""
    waiting = QuestionReport.objects.filter(outcome="").select_related("question").order_by("made_at")
    return list({each.question_id: each for each in reversed(waiting)}.values())[::-1]
