"""The acts on a room and on who sits in it. Each locks the room, checks, changes, notes and tells."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.models import Member
from agora.people.notices import send_to

from ..methods.definition import ANIMATEUR, NARRATOR, PARTICIPANT, RAPPORTEUR, SUBSTITUTE
from ..models import Contribution, Method, PhaseRun, Room, RoomDraft, RoomFile, Seat
from ..talk import wording
from ..talk.quoting import forget_quotes
from . import calendar, composition, pseudonyms
from .events import note
from .permissions import can_host, can_lead, can_open_room

CHARTER = "2026-11"  # the text of rooms/charter.html; another text is another date
TITLE_LENGTH = 120
MONTHS = (1, 3, 6, 12)
GIVEN_ROLES = (ANIMATEUR, RAPPORTEUR, PARTICIPANT, SUBSTITUTE)
State = Room.State


def locked(room: Room) -> Room:
    """Return the room as it is now, its row locked until the end of the transaction."""
    Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    return Room.objects.select_related("version__method").get(pk=room.pk)


@transaction.atomic
def open_room(
    user, method: Method, title: str, *, language: str, pace: str = Room.Pace.DISTANCE, months_kept: int = 6
) -> Seat:
    """Open a room by a method as it stands today; who opens it is its animateur. Return their seat.

    PermissionDenied for who is no member; ValidationError for an empty title or a method not offered.
    """
    if not can_open_room(user):
        raise PermissionDenied
    if not title.strip() or len(title.strip()) > TITLE_LENGTH:
        raise ValidationError(_("Donnez à la salle un titre de 120 signes au plus."))
    title = wording.checked(title, TITLE_LENGTH)
    version = method.versions.order_by("-number").first() if method.is_offered else None
    if version is None:
        raise ValidationError(_("Cette méthode n’est pas proposée."))
    room = Room.objects.create(
        title=title, version=version, language=language, pace=pace, months_kept=months_kept
    )
    seat = _sit(room, user, ANIMATEUR)
    note(room, "opened", by=user)
    return seat


def _sit(room: Room, member, role: str, seat: Seat | None = None) -> Seat:
    """Give somebody their place, with the tree that they will bear in this room."""
    taken = [each.pseudonym for each in room.seats.all() if each.pseudonym]
    seat = seat or Seat(room=room, member=member, role=role)
    seat.state, seat.answered_at, seat.charter = Seat.State.SEATED, timezone.now(), CHARTER
    seat.pseudonym = seat.pseudonym or pseudonyms.draw(room.language, taken)
    seat.save()
    return seat


def _hosted(by: Seat) -> Room:
    """Return the room of who says who sits there, its row locked; PermissionDenied for anybody else."""
    room = locked(by.room)
    by.room = room
    if not can_host(by):
        raise PermissionDenied
    return room


@transaction.atomic
def invite(by: Seat, members: Iterable[Member]) -> list[Seat]:
    """Invite members; each gets a letter that says « a room awaits you » and nothing else.

    PermissionDenied for who does not lead; ValidationError when somebody is no member any more, or when the
    group would be too many or hold a boss with a subordinate.
    """
    room = _hosted(by)
    members = list(members)
    if not all(member.is_validated for member in members):
        raise ValidationError(_("Seuls des membres validés d’Agora peuvent être invités."))
    seats = {seat.member_id: seat for seat in room.seats.all()}
    there = [
        seat.member
        for seat in room.seats.select_related("member__function", "member__cpas")
        if seat.state in (Seat.State.SEATED, Seat.State.INVITED)
    ]
    new = [member for member in members if member not in there]
    judged = composition.look([*there, *new], *room.method.people)
    if judged.forbidden:
        raise ValidationError(list(judged.forbidden))
    made = []
    for member in new:
        seat = seats.get(member.pk) or Seat(room=room, member=member)
        seat.state, seat.invited_by, seat.invited_at = Seat.State.INVITED, by.member, timezone.now()
        seat.role = PARTICIPANT
        seat.save()
        note(room, "invited", by=by.member, about=member)
        made.append(seat)
        transaction.on_commit(lambda member=member: send_to(member, "forum/invited"), robust=True)
    return made


@transaction.atomic
def accept(seat: Seat) -> Seat:
    """Accept the charter and sit down; the others see who came. PermissionDenied when the door is closed."""
    room = locked(seat.room)
    seat = Seat.objects.select_related("member").get(pk=seat.pk)
    if seat.state != Seat.State.INVITED or room.state not in (State.GATHERING, State.OPEN):
        raise PermissionDenied
    if not seat.member.is_validated:
        raise PermissionDenied
    _sit(room, seat.member, seat.role, seat)
    note(room, "arrived", by=seat.member)
    return seat


@transaction.atomic
def decline(seat: Seat) -> Seat:
    """Decline an invitation; no reason is asked. PermissionDenied when there is none any more."""
    room = locked(seat.room)
    seat = Seat.objects.select_related("member").get(pk=seat.pk)
    if seat.state != Seat.State.INVITED:
        raise PermissionDenied
    seat.state, seat.answered_at = Seat.State.DECLINED, timezone.now()
    seat.save(update_fields=["state", "answered_at"])
    note(room, "declined", by=seat.member)
    return seat


@transaction.atomic
def uninvite(by: Seat, seat: Seat) -> None:
    """Take an invitation back before it is answered. PermissionDenied otherwise, or in a closed room."""
    room = _hosted(by)
    if seat.room_id != room.pk or seat.state != Seat.State.INVITED:
        raise PermissionDenied
    note(room, "uninvited", by=by.member, about=seat.member)
    seat.delete()


@transaction.atomic
def give_role(by: Seat, seat: Seat, role: str) -> Seat:
    """Give somebody a role. One animateur and one rapporteur at most: who held it becomes a participant.

    The narrator is whose story was chosen and stays so. PermissionDenied for who does not lead, or when
    the room is closed; ValidationError for an animateur who would leave it without one.
    """
    room = _hosted(by)
    if seat.room_id != room.pk or role not in GIVEN_ROLES:
        raise PermissionDenied
    seat = Seat.objects.select_related("member").get(pk=seat.pk)
    if not seat.is_seated or seat.role == NARRATOR:
        raise PermissionDenied
    if seat.role == ANIMATEUR and role != ANIMATEUR:
        raise ValidationError(_("Donnez d’abord l’animation à quelqu’un d’autre."))
    if role in (ANIMATEUR, RAPPORTEUR):
        after = SUBSTITUTE if role == ANIMATEUR else PARTICIPANT
        room.seats.filter(role=role).exclude(pk=seat.pk).update(role=after)
    seat.role = role
    seat.save(update_fields=["role"])
    note(room, f"role-{role}", by=by.member, about=seat.member)
    return seat


@transaction.atomic
def start(by: Seat) -> Room:
    """Begin: the calendar is written, the first phase opens. PermissionDenied for who does not lead;
    ValidationError with too few people, or without a rapporteur where the method needs one.
    """
    room = locked(by.room)
    if not can_lead(by) or room.state != State.GATHERING:
        raise PermissionDenied
    present = list(room.seats.present())
    if lacks := composition.lacking(room.method, present):
        raise ValidationError(lacks)
    now = timezone.now()
    until = calendar.planned(room.method, now, live=room.pace == Room.Pace.LIVE)
    PhaseRun.objects.bulk_create(
        PhaseRun(
            room=room, number=number, is_sealed=phase.is_sealed, due_at=due, opened_at=None if number else now
        )
        for number, (phase, due) in enumerate(zip(room.method.phases, until, strict=True))
    )
    room.state, room.started_at, room.step = State.OPEN, now, 0
    room.save(update_fields=["state", "started_at", "step"])
    note(room, "started", by=by.member, step=0)
    tell_others(room, by)
    return room


def tell_others(room: Room, by: Seat | None) -> None:
    """Send « something new in a room » to those present, but whoever acted: one letter until they come."""
    for seat in room.seats.present().select_related("member"):
        if by is None or seat.pk != by.pk:
            tell(room, seat)


def tell(room: Room, seat: Seat) -> None:
    """Send it to one person, unless they have not come to look since the last letter."""
    if seat.told_beat > seat.seen_beat:
        return
    Seat.objects.filter(pk=seat.pk).update(told_beat=room.beat)
    transaction.on_commit(lambda: send_to(seat.member, "forum/news"), robust=True)


@transaction.atomic
def leave(seat: Seat, *, withdraw_texts: bool) -> None:
    """Leave a room, with or without one's texts; the others see who left, never why.

    The narrator takes the narrative along when texts are withdrawn. An animateur is followed by the
    substitute, else by whoever sat down first.
    """
    room = locked(seat.room)
    seat = Seat.objects.select_related("member", "room").get(pk=seat.pk)
    if not seat.is_seated:
        raise PermissionDenied
    if withdraw_texts:
        own = Contribution.objects.of(seat).standing()
        # Of what is still sealed nobody learns that it ever was: no line stays in its place.
        own.filter(run__is_sealed=True, run__unsealed_at__isnull=True).delete()
        RoomFile.objects.filter(text__in=own).delete()
        for text in own:
            forget_quotes(text)
        left = Contribution.objects.of(seat).filter(withdrawn_at__isnull=True)  # also what the room removed
        left.update(text="", withheld="", removal_reason="", withdrawn_at=timezone.now())
    RoomDraft.objects.filter(seat=seat).delete()
    was_leading = seat.role == ANIMATEUR
    seat.state, seat.left_at, seat.role = Seat.State.LEFT, timezone.now(), PARTICIPANT
    seat.save(update_fields=["state", "left_at", "role"])
    note(room, "left", by=seat.member)
    if was_leading:
        _follow(room)
    from ..phases.actions import settle  # a blind phase may have waited for this person alone
    from ..rereading.actions import follow

    follow(room, seat)
    settle(room)


def _follow(room: Room) -> None:
    """Give the animation to the substitute, else to whoever came first and holds no other role."""
    order = {SUBSTITUTE: 0, PARTICIPANT: 1, RAPPORTEUR: 2, NARRATOR: 3}
    present = sorted(room.seats.present().select_related("member"), key=lambda s: (order[s.role], s.pk))
    if present:
        heir = present[0]
        heir.role = ANIMATEUR if heir.role != NARRATOR else heir.role
        heir.save(update_fields=["role"])
        note(room, "role-animateur", about=heir.member)


@transaction.atomic
def close(by: Seat) -> Room:
    """Close a room: nothing more is written, and the countdown to the purge begins. PermissionDenied for who
    does not lead or when it is closed already.
    """
    room = locked(by.room)
    if not can_lead(by) or room.state != State.OPEN:
        raise PermissionDenied
    return finish(room, by=by.member)


def finish(room: Room, *, by=None) -> Room:
    """Write the end of a room whose row is locked (see `close`)."""
    now = timezone.now()
    room.runs.filter(opened_at__isnull=False, closed_at__isnull=True).update(closed_at=now)
    from ..phases.actions import unseal

    for run in room.runs.filter(is_sealed=True, opened_at__isnull=False, unsealed_at__isnull=True):
        unseal(run, now)
    room.state, room.closed_at = State.CLOSED, now
    room.purge_at = now + timedelta(days=30 * room.months_kept)
    room.save(update_fields=["state", "closed_at", "purge_at"])
    note(room, "closed", by=by)
    return room
