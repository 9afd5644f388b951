"""The fictional rooms of a new installation, lived through the acts of rooms, without a letter to anybody.

A file of its own because a room is told as a story of acts, not as rows.
"""

import json
from pathlib import Path

from agora.airlock.second_reader import Answer, Verdict
from agora.people.models import Member
from agora.people.notices import silence
from forum.board import actions as board
from forum.models import Contribution, Method, Room, RoomEvent, Seat, Side
from forum.phases import actions as phases
from forum.rereading import actions as rereading
from forum.rooms import actions as rooms
from forum.talk import actions as talk


class Story:
    """One room while it is being told: who takes part, and the acts in their order."""

    def __init__(self, told: dict, people: list[Member]) -> None:
        self._people, self._texts, self._sides = people, [], []
        lead = rooms.open_room(
            people[0],
            Method.objects.get(slug=told["method"]),
            told["title"],
            language=told["language"],
        )
        self.room = lead.room
        for seat in rooms.invite(lead, people[1:]):
            rooms.accept(seat)
        rooms.give_role(self._seat(0), self._seat(told["rapporteur"]), "rapporteur")
        rooms.start(self._seat(0))
        for act, *rest in told["acts"]:
            getattr(self, f"_{act}")(*rest)

    def _seat(self, number: int) -> Seat:
        seats = Seat.objects.select_related("room__version__method", "member")
        return seats.get(room=self.room.pk, member=self._people[number].pk)

    def _write(self, who: int, text: str) -> None:
        seat = self._seat(who)
        self._texts.append(talk.write(seat, text, step=seat.room.step))
        self._reread(self._texts[-1])

    def _reread(self, text: Contribution) -> None:
        """Let whoever is asked say that nobody could be recognised in a narrative."""
        for reading in text.readings.filter(answered_at=None):
            reader = next(n for n, person in enumerate(self._people) if person.pk == reading.reader_id)
            seen = rereading.seal_of(rereading.words_of(reading))
            rereading.answer(self._seat(reader), reading, Verdict(Answer.NO), seen=seen)

    def _prefer(self, who: int, about: int, text: str) -> None:
        seat = self._seat(who)
        self._texts.append(talk.write(seat, text, step=seat.room.step, parent=self._texts[about]))

    _reply = _prefer

    def _choose(self, about: int) -> None:
        phases.choose(self._seat(0), self._texts[about])

    def _advance(self) -> None:
        seat = self._seat(0)
        phases.advance(seat, from_step=seat.room.step)

    def _converge(self, who: int, words: str) -> None:
        board.converge(self._seat(who), words)

    def _diverge(self, who: int, question: str, *sides: list[str]) -> None:
        self._sides.append(board.diverge(self._seat(who), question, [tuple(side) for side in sides]))

    def _hold(self, who: int, about: int, place: int, accepts: bool) -> None:
        side = Side.objects.select_related("statement").get(statement=self._sides[about], place=place)
        board.hold(self._seat(who), side)
        if accepts:
            board.accept(self._seat(who), side, seen=side.wording)


def load_rooms(path: Path) -> int:
    """Live the fictional rooms that are missing; return how many there are in the file.

    A room is known again by who opened it and by its method: its title is sealed.
    """
    told = json.loads(path.read_text("utf-8"))["rooms"]
    people = {member.email: member for member in Member.objects.select_related("function", "service", "cpas")}
    with silence():
        for each in told:
            members = [people[email] for email in each["people"]]
            opened = RoomEvent.objects.filter(code="opened", by=members[0]).values("room")
            if not Room.objects.filter(pk__in=opened, version__method__slug=each["method"]).exists():
                Story(each, members)
    return len(told)
