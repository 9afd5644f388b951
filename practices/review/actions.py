"""What can be done to a proposal. Nothing locks the sheet: each act looks at what stands at its moment.

Acceptance publishes exactly what the reviewer read: the page says which text of the proposal and which
published version it showed, and when either has moved nothing is published. Rows are locked in one order
everywhere: draft, sheet, proposal.
"""

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from agora.people.notices import send_to
from agora.richtext.plain import one_line, tidy

from ..actions import check_note, publish_version
from ..attached.permissions import check_files
from ..fields import TOO_LONG, PracticeFields
from ..models import PracticePage, Proposal, RevisionNote
from ..permissions import can_edit, keepers_of
from .permissions import can_answer, can_revise
from .reading import reading_of
from .reminders import tell_moderators

ANSWER_LENGTH = 500
State = Proposal.State

log = logging.getLogger("agora.practices")


class Moved(Exception):
    """The proposal, the sheet or the answer is no longer what the page showed; nothing was done."""


class AlreadyWaiting(Exception):
    """Its author has another proposal waiting for the same sheet; `proposal`: that one."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(f"Proposal {proposal.pk} waits.")
        self.proposal = proposal


@transaction.atomic
def propose(
    practice: PracticePage,
    fields: PracticeFields,
    *,
    by,
    base: Revision | None,
    significance: str,
    reason: str = "",
) -> Proposal:
    """Ask those who answer for a sheet to publish a change; tell them, and return the proposal.

    `base`: the published version that the change started from. Raises PermissionDenied (who may not
    edit), AlreadyWaiting, ValidationError by field (an extent that asks nobody, a reason too long).
    """
    practice = PracticePage.objects.select_for_update().get(pk=practice.pk)
    if not can_edit(by, practice):
        raise PermissionDenied(_("Vous ne pouvez pas modifier cette fiche."))
    told = _checked(fields, significance, reason)
    check_files(fields, practice, by)
    if waiting := Proposal.objects.filter(practice=practice, author=by, state=State.WAITING).first():
        raise AlreadyWaiting(waiting)
    now = timezone.now()
    proposal = Proposal.objects.create(
        practice=practice, author=by, base=base, data=fields.as_data(), sent_at=now, changed_at=now, **told
    )
    log.info("proposal.sent id=%s by=%s", proposal.pk, by.pk)
    _tell_answerers(proposal)
    return proposal


@transaction.atomic
def revise(
    proposal: Proposal,
    fields: PracticeFields,
    *,
    by,
    base: Revision | None,
    significance: str,
    reason: str = "",
) -> Proposal:
    """Replace the text of one's waiting proposal; whoever was reading the earlier one is told by the page.

    Raises Moved when it was answered meanwhile; PermissionDenied and ValidationError as `propose`.
    """
    proposal = _locked(proposal)
    if not can_revise(by, proposal):
        raise Moved if proposal.author_id == by.pk else PermissionDenied
    told = _checked(fields, significance, reason)
    check_files(fields, proposal.practice, by)
    new = told | {"data": fields.as_data(), "base": base}
    if any(getattr(proposal, name) != value for name, value in new.items()):
        for name, value in new.items():
            setattr(proposal, name, value)
        proposal.version += 1
        proposal.changed_at = timezone.now()
        proposal.save()
        log.info("proposal.revised id=%s by=%s", proposal.pk, by.pk)
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, by) -> Proposal:
    """Take one's waiting proposal back; its text stays its author's. Moved when it was answered."""
    proposal = _locked(proposal)
    if not can_revise(by, proposal):
        raise Moved if proposal.author_id == by.pk else PermissionDenied
    proposal.state = State.WITHDRAWN
    proposal.answered_at = proposal.seen_at = timezone.now()
    proposal.save()
    log.info("proposal.withdrawn id=%s by=%s", proposal.pk, by.pk)
    return proposal


@transaction.atomic
def accept(proposal: Proposal, *, by, seen_version: int, seen_live_revision: int) -> PracticePage:
    """Publish what the reviewer read, in its author's name; return the sheet.

    `seen_version`, `seen_live_revision`: the text of the proposal and the published version that the page
    set against each other. Raises Moved when one of them is no longer what stands, or when both changed
    the same place; PermissionDenied.
    """
    practice = PracticePage.objects.select_for_update().get(pk=proposal.practice_id)
    proposal = answerable(proposal, practice, by)
    reading = reading_of(proposal, practice)
    shown = (seen_version, seen_live_revision)
    if shown != (proposal.version, practice.live_revision_id) or not reading.is_acceptable:
        raise Moved
    return publish_accepted(proposal, practice, reading.outcome, by=by)


def publish_accepted(
    proposal: Proposal, practice: PracticePage, fields: PracticeFields, *, by, **told
) -> PracticePage:
    """Publish the text that somebody entitled accepts, and answer its author; inside their transaction.

    `practice`, `proposal`: as locked. `told`: `significance` and `reason` where the reviewer changed them,
    `is_amended` when they touched the text.
    """
    note = {"significance": proposal.significance, "reason": proposal.reason} | told
    practice = publish_version(
        practice,
        fields,
        by=proposal.author,
        based_on=practice.live_revision_id,
        proposal=proposal,
        reviewer=by,
        **note,
    )
    _answer(proposal, State.ACCEPTED, by)
    return practice


@transaction.atomic
def decline(proposal: Proposal, *, by, reason: str, seen_version: int) -> Proposal:
    """Say no, and why; the author reads the reason and keeps the text.

    `seen_version`: the text that the reviewer read. Raises Moved, PermissionDenied, ValidationError.
    """
    practice = PracticePage.objects.select_for_update().get(pk=proposal.practice_id)
    proposal = answerable(proposal, practice, by)
    reason = tidy(reason).strip()
    if not reason:
        raise ValidationError({"reason": _("Dites pourquoi, même en une phrase : son auteur la lira.")})
    if len(reason) > ANSWER_LENGTH:
        raise ValidationError({"reason": TOO_LONG % {"count": len(reason), "limit": ANSWER_LENGTH}})
    if proposal.version != seen_version:
        raise Moved
    return _answer(proposal, State.DECLINED, by, reason)


def dismiss(proposal: Proposal, *, by) -> None:
    """Let its author put an answer away once read; PermissionDenied for anybody else."""
    if proposal.author_id != by.pk:
        raise PermissionDenied
    answered = Proposal.objects.filter(pk=proposal.pk, seen_at=None).exclude(state=State.WAITING)
    answered.update(seen_at=timezone.now())


def answerable(proposal: Proposal, practice: PracticePage, by) -> Proposal:
    """Lock a proposal for its answer, after its sheet; Moved once answered, PermissionDenied by whom not."""
    proposal = _locked(proposal)
    proposal.practice = practice
    if can_edit(by, practice) and proposal.state != State.WAITING:
        raise Moved
    if not can_answer(by, proposal):
        raise PermissionDenied(_("Cette fiche ne peut plus être modifiée."))
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _checked(fields: PracticeFields, significance: str, reason: str) -> dict[str, str]:
    """Return what is told of a change that waits; ValidationError when it cannot be."""
    fields.check()
    reason = one_line(reason)
    check_note(significance, reason)
    if significance == RevisionNote.Significance.MINOR:
        raise ValidationError({"significance": _("Une petite correction n’attend personne.")})
    return {"significance": significance, "reason": reason}


def _answer(proposal: Proposal, state: str, by, answer: str = "") -> Proposal:
    proposal.state, proposal.answered_by, proposal.answer = state, by, answer
    proposal.answered_at = timezone.now()
    author = proposal.author
    is_own = author is not None and author.pk == by.pk
    proposal.seen_at = proposal.answered_at if is_own else None
    proposal.save()
    log.info("proposal.%s id=%s by=%s", state, proposal.pk, by.pk)
    if author is not None and author.is_validated and not is_own:
        transaction.on_commit(lambda: send_to(author, "proposal_answered"), robust=True)
    return proposal


def _tell_answerers(proposal: Proposal) -> None:
    """Tell the keepers that something waits; moderators at once where nobody keeps the sheet."""
    keepers = keepers_of(proposal.practice)
    if not keepers:
        tell_moderators([proposal], "proposal_escalated")
    for keeper in keepers:
        transaction.on_commit(lambda keeper=keeper: send_to(keeper, "proposal"), robust=True)
