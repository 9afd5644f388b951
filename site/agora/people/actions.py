"""The acts on a membership. Each checks, changes, logs (numbers only, no personal data) and tells.

Nothing else in Agora changes the state of a membership.
"""

import logging
from collections.abc import Callable, Iterable

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import ModelForm
from django.utils import timezone

from agora.vocabulary.models import Cpas

from . import notices, permissions
from .models import Member
from .roles import RELAY, grant, revoke

logger = logging.getLogger(__name__)

Status = Member.Status


class AlreadyAnswered(Exception):
    """The membership is no longer in the state that this act starts from: somebody was quicker."""


def validate_member(member: Member, *, by: Member) -> Member:
    """Say « c'est bien un collègue »: everything for members opens.

    Returns the member as saved. PermissionDenied when `by` is not the one who answers;
    AlreadyAnswered when the request no longer waits.
    """
    member = _answer(member, Status.ACTIVE, by, permissions.can_validate, {Status.PENDING})
    _tell(member, "accepted")
    return member


def refuse_member(member: Member, *, by: Member, reason: str) -> Member:
    """Say that this person does not belong to the CPAS; the reason is shown to them, on Agora only.

    ValueError without a reason; otherwise as `validate_member`.
    """
    _require(reason)
    member = _answer(member, Status.REFUSED, by, permissions.can_validate, {Status.PENDING}, reason)
    _tell(member, "refused")
    return member


def suspend_member(member: Member, *, by: Member, reason: str) -> Member:
    """Close a member's access at once: the open sessions end with the next request.

    ValueError without a reason; otherwise as `validate_member`.
    """
    _require(reason)
    member = _answer(member, Status.SUSPENDED, by, permissions.can_suspend, {Status.ACTIVE}, reason)
    _tell(member, "suspended")
    return member


def reopen_request(member: Member, *, by: Member) -> Member:
    """Take an answer back: the request waits again, and the person may sign in again.

    Errors as `validate_member`.
    """
    answered = {Status.ACTIVE, Status.REFUSED, Status.SUSPENDED}
    return _answer(member, Status.PENDING, by, permissions.can_reopen, answered)


def keep_profile(form: ModelForm) -> Member:
    """Keep what somebody wrote about themselves, themes included, in one transaction; the form is valid."""
    with transaction.atomic():
        return form.save()


def change_cpas(member: Member, cpas: Cpas) -> Member:
    """Move somebody, on their own demand, to another CPAS: its relay is asked, and until then
    only public pages open. Whoever was relay of the former CPAS is not relay of the new one.

    Asking for the CPAS one already belongs to, or waits for, changes nothing.
    PermissionDenied for somebody who is suspended or has left.
    """
    with transaction.atomic():
        fresh = Member.objects.select_for_update().get(pk=member.pk)
        if not fresh.is_active or fresh.status in {Status.SUSPENDED, Status.LEFT}:
            raise PermissionDenied
        if fresh.cpas_id == cpas.pk:
            return fresh
        fresh.cpas = cpas
        revoke(fresh, RELAY)
        _write(fresh, Status.PENDING)
    announce_request(fresh)
    return fresh


def enrol_member(*, email: str, password: str, roles: Iterable[str] = (), **fields) -> Member:
    """Make a member whose address is vouched for by whoever keeps this installation (demo, first
    administrator): no letter is sent and nobody is asked. `fields` are those of Member.

    ValueError for a role that does not exist; IntegrityError when the address has an account.
    """
    with transaction.atomic():
        member = Member.objects.create_user(email, password, **fields)
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        grant(member, *roles)
    logger.info("membership enrolled: member=%s", member.pk)
    return member


def announce_request(member: Member) -> None:
    """Tell those who answer that somebody waits; the mail names nobody."""
    if Member.objects.waiting().filter(pk=member.pk).exists():
        for answerer in Member.objects.answerers_of(member):
            _tell(answerer, "request")


def _require(reason: str) -> None:
    if not reason.strip():
        raise ValueError("This answer needs a reason.")


def _answer(
    member: Member,
    status: Status,
    by: Member,
    allowed: Callable[[Member, Member], bool],
    starting_from: set[Status],
    reason: str = "",
) -> Member:
    """Check and write an answer on the freshly locked row, whatever state the caller had in hand."""
    with transaction.atomic():
        fresh = Member.objects.select_for_update().get(pk=member.pk)
        if fresh.status not in starting_from:
            raise AlreadyAnswered(fresh.status)
        if not allowed(by, fresh):
            raise PermissionDenied
        _write(fresh, status, by=None if status == Status.PENDING else by, reason=reason)
    logger.info("membership %s: member=%s by=%s", status, fresh.pk, by.pk)
    return fresh


def _write(fresh: Member, status: Status, by: Member | None = None, reason: str = "") -> None:
    fresh.status = status
    fresh.is_active = status != Status.SUSPENDED
    fresh.validated_by = by
    fresh.validated_at = timezone.now() if by else None
    fresh.answer_reason = reason.strip()
    fresh.save(update_fields=["cpas", "status", "is_active", "validated_by", "validated_at", "answer_reason"])


def _tell(person: Member, kind: str) -> None:
    transaction.on_commit(lambda: notices.send_to(person, kind), robust=True)
