"""From a draft to what becomes of it: published at once, proposed, or accepted with a reviewer's touches.

A name of its own, between drafts (private), proposals and sheets: here the server decides, whatever the
form said. A draft may be bound to a proposal by a field that no form sends: its author changes the text
that waits (`_proposal`), or a reviewer prepares an amended one (`_review`, with the text it was read in).
"""

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agora.airlock.actions import vouch
from agora.drafts.actions import rebase_draft, save_draft
from agora.drafts.models import Draft
from agora.drafts.permissions import drafts_of

from ..drafting import (
    KIND,
    Conflicting,
    NotReady,
    compare,
    fields_of,
    publish_draft,
    published_revision,
    ready,
)
from ..fields import PracticeFields
from ..gate import gate_for
from ..models import PracticePage, Proposal
from ..permissions import can_edit
from .actions import AlreadyWaiting, Moved, answerable, propose, publish_accepted, revise, withdraw
from .permissions import can_publish_directly, can_revise
from .reading import reading_of

MINE, REVIEWED, VERSION = "_proposal", "_review", "_version"
State = Proposal.State


class DraftOpen(Exception):
    """This person already writes something else about the sheet; `draft`: that draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft.pk))
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft that was sent: a published sheet, a proposal, or nothing (`moved` says why).

    `moved`: « joined » when somebody published since and both texts now stand in the draft, to be read
    again; « revised » when the proposal under review has another text; « answered » when it waits no more.
    """

    practice: PracticePage | None = None
    proposal: Proposal | None = None
    moved: str = ""


@transaction.atomic
def send_draft(draft: Draft, *, by, significance: str = "", reason: str = "") -> Outcome:
    """Do with a draft what its author may (`_sent`), and note what the author vouched for."""
    page = PracticePage.objects.filter(pk=draft.target or 0).first()
    gate = gate_for(fields_of(draft, page), PracticeFields.of(page) if page else None, draft.data)
    outcome = _sent(draft, by, significance, reason)
    if outcome.practice or (outcome.proposal and not outcome.moved):
        vouch(gate, by=by, address=_address_of(outcome))
    return outcome


def _address_of(outcome: Outcome) -> str:
    if outcome.practice is not None:
        return outcome.practice.get_absolute_url()
    return reverse("practices:proposal", kwargs={"pk": outcome.proposal.pk})


def _sent(draft: Draft, by, significance: str, reason: str) -> Outcome:
    """Do with a draft what its author may; the draft goes, unless nothing came of it.

    Raises NotReady, Conflicting and PermissionDenied, as `drafting.publish_draft`: the draft is untouched.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk, discarded_at=None)
    if draft.owner_id != by.pk:
        raise PermissionDenied
    page = PracticePage.objects.select_for_update().filter(pk=draft.target or 0).first()
    told = {"significance": significance, "reason": reason}
    if page is None or not can_edit(by, page):
        # A new sheet, or one that is gone: the latter refuses, with the reason.
        return Outcome(practice=_published(draft, by, told))
    try:
        if draft.data.get(REVIEWED):
            return _accept_amended(draft, page, by, told)
        if can_publish_directly(by, page, significance):
            return Outcome(practice=_published(draft, by, told))
        return Outcome(proposal=_proposed(draft, page, by, told))
    except ValidationError as error:  # its extent or its reason
        raise NotReady({name: said[0] for name, said in error.message_dict.items()}) from error


def proposal_of(draft: Draft, name: str = MINE) -> Proposal | None:
    """Return the proposal that a draft is bound to, as its author's or (REVIEWED) as its reviewer's."""
    number = draft.data.get(name)
    if not number:
        return None
    return Proposal.objects.select_related("author", "practice").filter(pk=number).first()


def waiting_of(user, page: PracticePage) -> Proposal | None:
    """Return this person's own proposal that waits for an answer about a sheet."""
    return Proposal.objects.filter(practice=page, author=user, state=State.WAITING).first()


def _published(draft: Draft, by, told: dict[str, str]) -> PracticePage:
    """Publish at once; one's own proposal that this text replaces waits no more."""
    practice = publish_draft(draft, by=by, **told)
    mine = proposal_of(draft)
    if mine is not None and can_revise(by, mine):
        withdraw(mine, by=by)
    return practice


def _proposed(draft: Draft, page: PracticePage, by, told: dict[str, str]) -> Proposal:
    standoff = compare(draft, page)
    if standoff.fields:
        raise Conflicting(standoff)
    # What can never be accepted is not sent.
    ready(PracticeFields(**standoff.merged), PracticeFields.of(page), draft.data)
    text = {"fields": fields_of(draft, page), "base": published_revision(page, draft.base)}
    mine = proposal_of(draft)
    try:
        if mine is not None and can_revise(by, mine):
            proposal = revise(mine, by=by, **text, **told)
        else:
            proposal = propose(page, by=by, **text, **told)
    except AlreadyWaiting as waiting:
        said = _(
            "Une proposition de vous attend déjà pour cette fiche. Changez-la ou retirez-la d’abord "
            "(elle est dans « Mes brouillons ») ; votre texte d’ici est gardé."
        )
        raise NotReady({"significance": said}) from waiting
    draft.delete()
    return proposal


def _accept_amended(draft: Draft, page: PracticePage, by, told: dict[str, str]) -> Outcome:
    proposal = proposal_of(draft, REVIEWED)
    if proposal is None or proposal.practice_id != page.pk:
        return _unbound(draft)
    try:
        proposal = answerable(proposal, page, by)
    except (Moved, PermissionDenied):
        return _unbound(draft)
    if proposal.version != draft.data.get(VERSION):
        return Outcome(proposal=proposal, moved="revised")
    standoff = compare(draft, page)
    if standoff.fields:
        raise Conflicting(standoff)
    if draft.base != str(page.live_revision_id):
        rebase_draft(draft, data=standoff.merged, base=str(page.live_revision_id))
        return Outcome(proposal=proposal, moved="joined")
    fields = ready(PracticeFields(**standoff.merged), PracticeFields.of(page), draft.data)
    is_amended = fields != reading_of(proposal, page).outcome
    practice = publish_accepted(proposal, page, fields, by=by, is_amended=is_amended, **told)
    draft.delete()
    return Outcome(practice=practice, proposal=proposal)


def _unbound(draft: Draft) -> Outcome:
    """Leave the reviewer's text as an ordinary draft: what it was about has its answer."""
    for name in (REVIEWED, VERSION):
        draft.data.pop(name, None)
    draft.save()
    return Outcome(moved="answered")


# --- From a proposal back to a draft -----------------------------------------------------------


@transaction.atomic
def reopen(proposal: Proposal, *, by) -> Draft:
    """Put the text of one's own proposal back on the desk: to change what waits, or to try again.

    On a sheet that was archived it becomes the draft of a new sheet. Raises DraftOpen when this person
    already writes something else about the sheet, PermissionDenied for anybody else's proposal.
    """
    if proposal.author_id != by.pk or proposal.state == State.ACCEPTED:
        raise PermissionDenied
    mark = {MINE: proposal.pk} if proposal.state == State.WAITING else {}
    return _desk(proposal, by, proposal.data, proposal.base_id, mark)


@transaction.atomic
def take_back(proposal: Proposal, *, by) -> None:
    """Withdraw one's own proposal, its text kept as a draft: its own when one is open, else a new one.

    Raises Moved when it was answered meanwhile.
    """
    withdrawn = withdraw(proposal, by=by)
    about = draft_about(withdrawn, by)
    if about is not None and about.data.get(MINE) == proposal.pk:
        return  # being changed: that text goes on from it
    target = None if about is None else ""  # one draft of a sheet is open: this one begins a new sheet
    _desk(withdrawn, by, withdrawn.data, withdrawn.base_id, {}, target=target)


def is_torn(draft: Draft) -> bool:
    """Whether a draft and what is published changed the same places."""
    page = PracticePage.objects.filter(pk=draft.target or 0).first()
    return page is not None and bool(compare(draft, page).fields)


@transaction.atomic
def amend(proposal: Proposal, *, by) -> Draft:
    """Open a reviewer's draft of an accepted-to-be text: joined with what is published, or both texts.

    Raises Moved, DraftOpen, PermissionDenied.
    """
    practice = PracticePage.objects.select_for_update().get(pk=proposal.practice_id)
    proposal = answerable(proposal, practice, by)
    mark = {REVIEWED: proposal.pk, VERSION: proposal.version}
    reading = reading_of(proposal, practice)
    if reading.standoff.fields:
        return _desk(proposal, by, proposal.data, proposal.base_id, mark)
    return _desk(proposal, by, reading.outcome.as_data(), practice.live_revision_id, mark)


@transaction.atomic
def read_again(draft: Draft, *, by, version: int) -> None:
    """Note that a reviewer has read the new text of the proposal that their draft amends."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk, owner=by, discarded_at=None)
    if draft.data.get(REVIEWED):
        draft.data[VERSION] = version
        draft.save()


def draft_about(proposal: Proposal, by) -> Draft | None:
    """Return this person's open draft of the proposal's sheet, whatever it is for."""
    return drafts_of(by).filter(kind=KIND, target=str(proposal.practice_id)).first()


def _desk(
    proposal: Proposal, by, data: dict, base: int | None, mark: dict[str, int], *, target: str | None = None
) -> Draft:
    if target is None and (open_one := draft_about(proposal, by)):
        if any(open_one.data.get(name) == mark[name] for name in mark if name != VERSION):
            return open_one
        raise DraftOpen(open_one)
    practice = proposal.practice
    in_catalogue = target is None and can_edit(by, practice)
    told = {"significance": proposal.significance, "reason": proposal.reason}
    return save_draft(
        by,
        pk=uuid.uuid4(),
        kind=KIND,
        language=practice.locale.language_code,
        target=str(practice.pk) if in_catalogue else "",
        base=str(base or "") if in_catalogue else "",
        data=data | told | mark,
    ).draft
