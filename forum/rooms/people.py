"""Who sits in a room and who could: the page of people.

A name of its own: it is what the page says. It finds colleagues among the public profiles that members see.
"""

from django.db.models import Q
from django.utils.translation import get_language

from agora.people.models import Member

from ..models import Room, Seat
from . import composition
from .forms import MOST_FOUND


def at_table(room: Room) -> list[Seat]:
    """Return those who sit and those invited, the former first."""
    seats = room.seats.filter(state__in=[Seat.State.SEATED, Seat.State.INVITED])
    return sorted(
        seats.select_related("member__cpas", "member__function", "member__service", "room"),
        key=lambda seat: (seat.state != Seat.State.SEATED, seat.pk),
    )


def judged(room: Room, seats: list[Seat]) -> composition.Composition:
    """Return what can be said of the group as it is, invitations included."""
    return composition.look([seat.member for seat in seats], *room.method.people)


def found(user, text: str, seats: list[Seat]) -> list[tuple[Member, str]]:
    """Return colleagues who match some words, each with what keeps them from being invited (or nothing)."""
    words = text.replace("\x00", "").split()[:6]
    if not words:
        return []
    people = Member.objects.visible_to(user).select_related("cpas", "function", "service")
    suffix = "nl" if (get_language() or "fr").startswith("nl") else "fr"
    for word in words:
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(**{f"cpas__name_{suffix}__icontains": word})
            | Q(**{f"function__name_{suffix}__icontains": word})
            | Q(**{f"service__name_{suffix}__icontains": word})
        )
    there = [seat.member for seat in seats]
    people = people.exclude(pk__in=[person.pk for person in there])[:MOST_FOUND]
    # « Pieter » is somebody before it is a part of « Sint-Pieters-Woluwe ».
    people = sorted(people, key=lambda person: not _is_named(person, words))
    return [(person, _obstacle(person, there)) for person in people]


def _is_named(person: Member, words: list[str]) -> bool:
    name = person.get_full_name().casefold()
    return all(word.casefold() in name for word in words)


def _obstacle(person: Member, there: list[Member]) -> str:
    forbidden = composition.look([*there, person], 0, len(there) + 1).forbidden
    return forbidden[0] if forbidden else ""
