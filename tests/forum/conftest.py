"""A room with its people, at any step of its method."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from agora.airlock.second_reader import Answer, Verdict
from agora.people.models import Member
from agora.vocabulary.models import Function, Service
from forum.models import Contribution, Method, Room, Seat, SecondReading
from forum.phases import actions as phases
from forum.rereading import actions as rereading
from forum.rooms import actions as rooms
from forum.talk import actions as talk

CPAS = (
    "21007",
    "21010",
    "21004",
    "21015",
    "21001",
    "21013",
    "21002",
    "21009",
    "21016",
    "21005",
    "21003",
    "21006",
)
Kind = Contribution.Kind


@dataclass
class Table:
    """A room and its seats, in the order in which people sat down: the animateur first."""

    room: Room
    people: list[Member]
    _seats: dict[int, Seat] = field(default_factory=dict)

    def seat(self, number: int) -> Seat:
        """Return the present seat of somebody."""
        return Seat.objects.select_related("room__version__method", "member").get(
            room=self.room.pk, member=self.people[number].pk
        )

    @property
    def lead(self) -> Seat:
        """The seat of who opened the room."""
        return self.seat(0)

    def anew(self) -> "Table":
        """Return the same with everything read again, for a test that may change it in memory."""
        people = Member.objects.in_bulk([person.pk for person in self.people])
        return Table(self.refreshed(), [people[person.pk] for person in self.people])

    def refreshed(self) -> Room:
        """Return the room as the database has it."""
        return Room.objects.select_related("version__method").get(pk=self.room.pk)

    def write(self, number: int, text: str, **more) -> Contribution:
        """Let somebody write in the phase under way."""
        seat = self.seat(number)
        return talk.write(seat, text, step=seat.room.step, **more)

    def reread(self, text: Contribution, verdict: Verdict = Verdict(Answer.NO)) -> SecondReading | None:  # noqa: B008
        """Let whoever is asked answer the second reading of a narrative, if there is one that waits."""
        reading = text.readings.filter(answered_at=None, passed_at=None).first()
        if reading is not None:
            number = next(n for n, person in enumerate(self.people) if person.pk == reading.reader_id)
            seen = rereading.seal_of(rereading.words_of(reading))
            rereading.answer(self.seat(number), reading, verdict, seen=seen)
        return reading

    def go_to(self, key: str, *, writing: bool = True) -> None:
        """Live the phases before this one, briefly."""
        target = self.refreshed().method.number_of(key)
        while (room := self.refreshed()).step < target:
            if writing:
                self._live(room)
            phases.advance(self.lead, from_step=room.step, reason="" if writing else "pour l’essai")

    def _live(self, room: Room) -> None:
        phase = room.phase
        if phase.kind == "choice":
            proposal = Contribution.objects.get(room=room, kind=Kind.PROPOSAL)
            self.write(1, "Je choisis celui-ci.", parent=proposal)
            phases.choose(self.lead, proposal)
        elif phase.kind in ("board", "perspectives", "synthesis", "cards"):
            raise AssertionError("no short way through this phase")
        else:
            seats = [self.seat(number) for number in range(len(self.people))]
            number = next(
                n
                for n, seat in enumerate(seats)
                if seat.role in phase.writers and n == self._who(seats, phase)
            )
            self.reread(self.write(number, f"Un texte de {phase.key}, avec une question ?"))

    @staticmethod
    def _who(seats: list[Seat], phase) -> int:
        if phase.kind == "proposals":
            return 2
        return next(n for n, seat in enumerate(seats) if seat.role in phase.writers)


@pytest.fixture
def make_table(make_member, db) -> Callable[..., Table]:
    """A maker of rooms: `make_table(people=5, method="mag", started=True)`; person 1 is the rapporteur."""
    return maker_of_tables(make_member)


def maker_of_tables(make_member: Callable[..., Member]) -> Callable[..., Table]:
    """Return a maker of rooms (fixture `make_table`)."""

    def make(*, people: int = 5, method: str = "mag", started: bool = True, pace: str = "distance") -> Table:
        functions = list(Function.objects.exclude(slug__in=["chef-service", "direction"])[:4])
        service = Service.objects.first()
        members = [
            make_member(
                cpas=CPAS[number % len(CPAS)],
                function=functions[number % len(functions)],
                service=service,
                first_name=f"Personne{number}",
                last_name=f"Famille{number}",
            )
            for number in range(people)
        ]
        lead = rooms.open_room(
            members[0], Method.objects.get(slug=method), "Groupe de mars", language="fr", pace=pace
        )
        if people > 1:
            for seat in rooms.invite(lead, members[1:]):
                rooms.accept(seat)
        table = Table(lead.room, members)
        if people > 1:
            rooms.give_role(table.lead, table.seat(1), "rapporteur")
        if started:
            rooms.start(table.lead)
        return table

    return make


@pytest.fixture(scope="module")
def table_of_the_file(shared) -> Table:
    """Five people who began a MAG, made once for a file: what a test does is undone."""
    return shared(lambda make_member: maker_of_tables(make_member)())


@pytest.fixture
def table(types_known, table_of_the_file) -> Table:
    """The same, read anew for each test."""
    return table_of_the_file.anew()
