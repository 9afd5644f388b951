"""The acts on the board. Each locks the room, checks, changes, and moves the room's beat."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Contribution, Holder, Room, Seat, Side, Statement
from ..rooms.actions import locked
from ..rooms.events import stir
from ..talk import wording
from . import permissions

WORDS_LENGTH, REASON_LENGTH = 400, 800
MOST_CARDS = 40
Kind = Statement.Kind


@transaction.atomic
def converge(by: Seat, words: str, seen_in: Iterable[Contribution] = ()) -> Statement:
    """Place something that brings the group together, with the interpretations where it is found.

    PermissionDenied for who does not write there; ValidationError for the words, or too many cards.
    """
    room, by = _open(by)
    statement = Statement.objects.create(
        room=room, kind=Kind.CONVERGENCE, words=wording.checked(words, WORDS_LENGTH)
    )
    _link(by, statement, seen_in)
    stir(room)
    return statement


@transaction.atomic
def diverge(by: Seat, question: str, sides: Iterable[tuple[str, str]]) -> Statement:
    """Place something that divides: a question and two sides, each a claim and its reason. Errors alike."""
    room, by = _open(by)
    sides = list(sides)
    if len(sides) != 2:
        raise ValidationError(_("Une divergence a deux côtés."))
    statement = Statement.objects.create(
        room=room, kind=Kind.DIVERGENCE, words=wording.checked(question, WORDS_LENGTH)
    )
    for place, (claim, reason) in enumerate(sides):
        Side.objects.create(
            statement=statement,
            place=place,
            claim=wording.checked(claim, WORDS_LENGTH),
            reason=_reason(reason),
        )
    stir(room)
    return statement


@transaction.atomic
def reword(by: Seat, statement: Statement, words: str, seen_in: Iterable[Contribution] | None = None) -> None:
    """Change the words of a card (the question of a divergence). Errors as `converge`."""
    room, by = _open(by, statement)
    statement.words, statement.changed_at = wording.checked(words, WORDS_LENGTH), timezone.now()
    statement.save(update_fields=["words", "changed_at"])
    if seen_in is not None:
        _link(by, statement, seen_in)
    stir(room)


@transaction.atomic
def reword_side(by: Seat, side: Side, claim: str, reason: str, *, seen: int) -> Side:
    """Propose other words for a side: whoever holds it must accept them again, the proposer does at once.

    `seen`: the formulation that the page showed; ValidationError when others have come meanwhile.
    """
    room, by = _open(by, side.statement)
    side = Side.objects.select_for_update(of=("self",)).get(pk=side.pk)
    if side.wording != seen:
        raise ValidationError(_("D’autres mots ont été proposés entre-temps : relisez-les d’abord."))
    side.claim, side.reason = wording.checked(claim, WORDS_LENGTH), _reason(reason)
    side.wording += 1
    side.save(update_fields=["claim", "reason", "wording"])
    Holder.objects.filter(side=side, mark=by.mark).update(accepted=side.wording)
    stir(room)
    return side


@transaction.atomic
def hold(by: Seat, side: Side) -> None:
    """Say « I stand on this side »; one side a divergence, and nobody is shown where one stands."""
    room, by = _open(by, side.statement)
    Holder.objects.filter(side__statement=side.statement_id, mark=by.mark).exclude(side=side).delete()
    Holder.objects.get_or_create(side=side, mark=by.mark)
    stir(room)


@transaction.atomic
def let_go(by: Seat, side: Side) -> None:
    """Stand on neither side any more."""
    room, by = _open(by, side.statement)
    Holder.objects.filter(side=side, mark=by.mark).delete()
    stir(room)


@transaction.atomic
def accept(by: Seat, side: Side, *, seen: int) -> None:
    """Accept the words of the side that one holds, as the page showed them (`seen`).

    PermissionDenied for who does not hold it; ValidationError when the words have changed meanwhile.
    """
    room, by = _open(by, side.statement)
    side = Side.objects.get(pk=side.pk)
    if side.wording != seen:
        raise ValidationError(_("Les mots ont changé entre-temps : relisez-les d’abord."))
    if not Holder.objects.filter(side=side, mark=by.mark).update(accepted=seen):
        raise PermissionDenied
    stir(room)


@transaction.atomic
def remove(by: Seat, statement: Statement, *, back: bool = False) -> None:
    """Take a card off the board, or put it back.

    PermissionDenied for who does not keep the board, or when a report took the card off.
    """
    room, by = _open(by, statement, even_removed=True)
    statement.refresh_from_db(fields=["removed_at", "removal_reason"])
    if not permissions.can_remove(by, statement):
        raise PermissionDenied
    statement.removed_at = None if back else timezone.now()
    statement.save(update_fields=["removed_at"])
    stir(room)


def _open(by: Seat, statement: Statement | None = None, *, even_removed: bool = False) -> tuple[Room, Seat]:
    room = locked(by.room)
    fresh = Seat.objects.select_related("member").get(pk=by.pk)
    fresh.room = room
    if not permissions.can_change(fresh):
        raise PermissionDenied
    if statement is None:
        if room.statements.filter(removed_at__isnull=True).count() >= MOST_CARDS:
            raise ValidationError(_("Le tableau a déjà quarante cartes : réunissez-en d’abord."))
    elif statement.room_id != room.pk or (statement.removed_at and not even_removed):
        raise PermissionDenied
    return room, fresh


def _link(by: Seat, statement: Statement, texts: Iterable[Contribution]) -> None:
    wanted = [text.pk for text in texts]
    readable = Contribution.objects.readable_by(by).standing()
    statement.seen_in.set(readable.filter(pk__in=wanted, kind=Contribution.Kind.INTERPRETATION))


def _reason(reason: str) -> str:
    return wording.checked(reason, REASON_LENGTH) if reason.strip() else ""
