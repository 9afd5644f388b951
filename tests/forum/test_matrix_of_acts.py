"""Every act of the rooms, in every phase and state, for every role: who may, written once more by hand.

The table does not ask `permissions.py`: it says what the method says. test_matrix_of_members.py has the acts
of those who hold no seat, and fails when an act of any `actions.py` of forum stands in neither.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from agora.airlock.second_reader import Answer, Verdict
from forum.board import actions as board
from forum.card_reports import actions as card_reports
from forum.cards import actions as cards
from forum.files import actions as files
from forum.models import (
    CardReport,
    Contribution,
    Holder,
    Perspective,
    Room,
    RoomFile,
    RoomReport,
    Seat,
    SecondReading,
    Signature,
    Statement,
    Synthesis,
)
from forum.outcome import actions as outcome
from forum.phases import actions as phases
from forum.reports import actions as reports
from forum.reports.cases import REASONS
from forum.rereading import actions as rereading
from forum.rooms import actions as rooms
from forum.talk import actions as talk
from forum.unfinished import actions as unfinished

from .conftest import maker_of_tables

# a: animateur, s: substitute, r: rapporteur, p: participant, n: narrator, i: invited, l: left
ROLES = {
    "a": "animateur", "s": "substitute", "r": "rapporteur", "p": "participant", "n": "narrator",
    "i": "invited", "l": "left",
}  # fmt: skip
PHASES = ("gath", "prop", "choi", "narr", "ques", "blind", "answ", "secnd", "board", "persp", "synth")
COLUMNS = (*PHASES, "closd", "purgd")
TABLE = """
                        gath  prop  choi  narr  ques  blind answ  secnd board persp synth closd purgd
talk.write              .     asrp  asrp  n     asrpn asrp  n     asrpn .     .     .     .     .
talk.edit               .     asrp  asrp  n     asrpn asrp  n     asrpn .     .     .     .     .
talk.keep_draft         .     asrp  asrp  n     asrpn asrp  n     asrpn .     .     .     .     .
talk.withdraw           .     asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn .
talk.set_aside          .     as    as    as    as    as    as    as    as    as    as    .     .
files.attach            .     asrp  asrp  n     asrpn asrp  n     asrpn .     .     .     .     .
files.take_off          .     asrp  asrp  n     asrpn asrp  n     asrpn .     .     .     .     .
phases.advance          .     as    as    as    as    as    as    as    as    as    as    .     .
phases.reopen           .     .     as    as    as    as    as    as    as    as    as    .     .
phases.extend           .     as    as    as    as    as    as    as    as    as    as    .     .
phases.nudge            .     as    as    as    as    as    as    as    as    as    as    .     .
phases.choose           .     .     as    .     .     .     .     .     .     .     .     .     .
rooms.start             as    .     .     .     .     .     .     .     .     .     .     .     .
rooms.close             .     as    as    as    as    as    as    as    as    as    as    .     .
rooms.invite            as    as    as    as    as    as    as    as    as    as    as    .     .
rooms.uninvite          as    as    as    as    as    as    as    as    as    as    as    .     .
rooms.accept            i     i     i     i     i     i     i     i     i     i     i     .     .
rooms.decline           i     i     i     i     i     i     i     i     i     i     i     i     i
rooms.give_role         as    as    as    as    as    as    as    as    as    as    as    .     .
rooms.leave             asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn
board.converge          .     .     .     .     .     .     .     .     asrpn asrpn asrpn .     .
board.diverge           .     .     .     .     .     .     .     .     asrpn asrpn asrpn .     .
board.reword            .     .     .     .     .     .     .     .     asrpn asrpn asrpn .     .
board.reword_side       .     .     .     .     .     .     .     .     asrpn asrpn asrpn .     .
board.hold              .     .     .     .     .     .     .     .     asrpn asrpn asrpn .     .
board.let_go            .     .     .     .     .     .     .     .     asrpn asrpn asrpn .     .
board.accept            .     .     .     .     .     .     .     .     asrpn asrpn asrpn .     .
board.remove            .     .     .     .     .     .     .     .     asr   asr   asr   .     .
outcome.plan            .     .     .     .     .     .     .     .     .     asrpn asrpn .     .
outcome.change_plan     .     .     .     .     .     .     .     .     .     asrpn asrpn .     .
outcome.drop_plan       .     .     .     .     .     .     .     .     .     asrpn asrpn .     .
unfinished.keep_form    .     .     .     .     .     .     .     .     .     asrpn asrpn .     .
outcome.tell_outcome    .     asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn
outcome.draft_synthesis .     .     .     .     .     .     .     .     .     .     r     .     .
outcome.sign            .     asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn .
outcome.unsign          .     asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn .
outcome.refuse          n     n     n     n     n     n     n     n     n     n     n     n     n
outcome.promote         asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn
rereading.ask           .     n     n     n     n     n     n     n     n     n     n     n     .
rereading.answer        .     p     p     p     p     p     p     p     p     p     p     p     .
rereading.pass_over     .     as    as    as    as    as    as    as    as    as    as    as    .
reports.report          .     asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn .
reports.appeal          .     asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn .
reports.decide          .     as    as    as    as    as    as    as    as    as    as    as    .
card_reports.report     .     asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn asrpn .
card_reports.appeal     .     srpn  srpn  srpn  srpn  srpn  srpn  srpn  srpn  srpn  srpn  srpn  .
card_reports.decide     .     as    as    as    as    as    as    as    as    as    as    as    .
cards.deal              .     .     .     .     .     .     .     .     .     .     .     .     .
"""


def allowed() -> dict[str, dict[str, set[str]]]:
    """Return who may do what: `allowed()["talk.write"]["blind"]` is {"a", "s", "r", "p"}."""
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    assert tuple(head) == COLUMNS
    return {
        name: dict(zip(COLUMNS, (set(cell) - {"."} for cell in cells), strict=True)) for name, *cells in lines
    }


@dataclass
class Scene:
    """A room where everything lies that an act could be about."""

    table: object
    outsider: object
    proposal: Contribution
    question: Contribution
    narrative: Contribution
    reading: SecondReading
    card: Statement
    plan: Perspective
    synthesis: Synthesis
    numbers: dict[str, int]

    def seat(self, role: str) -> Seat:
        """Return the seat of a role as a page reads it."""
        return self.table.seat(self.numbers[role])

    def own(self, seat: Seat) -> Contribution:
        """Return a text of this person in the phase under way."""
        run = seat.room.runs.filter(number=seat.room.step).first() or seat.room.runs.first()
        kind = talk.KINDS.get(seat.room.phase.kind, Contribution.Kind.WORD)
        if kind == Contribution.Kind.NARRATIVE and seat.role != "narrator":
            kind = Contribution.Kind.WORD
        return Contribution.objects.create(
            room=seat.room, run=run, kind=kind, mark=seat.mark, author=seat.member, text="Vraiment ?"
        )

    def side(self, seat: Seat, *, held: bool = False):
        """Return a side of the divergence, held by this person if asked."""
        side = self.card.sides.select_related("statement").get(place=0)
        if held:
            Holder.objects.create(side=side, mark=seat.mark)
        return side


def parent_of(scene: Scene, seat: Seat) -> Contribution | None:
    """Return what a text of this person must be about in the phase under way."""
    if seat.room.phase.kind == "choice":
        return scene.proposal
    return scene.question if seat.room.phase.kind == "questions" and seat.role == "narrator" else None


def write(scene: Scene, by: Seat) -> None:
    """Write in the phase under way, where nothing was written yet."""
    parent = parent_of(scene, by)
    if by.room.phase.kind == "narrative":
        Contribution.objects.filter(pk=scene.narrative.pk).delete()
    talk.write(by, "Et après ?", step=by.room.step, parent=parent)


def file_on(text: Contribution) -> RoomFile:
    file = RoomFile(text=text, number=1, kind="png")
    file.keep(b"x")
    file.save()
    return file


def signed(scene: Scene) -> Synthesis:
    """Return the synthesis once all present signed it and its second reader recognised nobody."""
    for seat in outcome.present_seats(scene.table.refreshed()):
        Signature.objects.create(synthesis=scene.synthesis, mark=seat.mark, edition=1)
    SecondReading.objects.create(
        room=scene.table.room, edition=1, answer=Answer.NO, answered_at=timezone.now()
    )
    return scene.synthesis


def answered(scene: Scene, seat: Seat) -> None:
    seen = rereading.seal_of(rereading.words_of(scene.reading))
    rereading.answer(seat, scene.reading, Verdict(Answer.NO), seen=seen)


def appeal(scene: Scene, seat: Seat) -> None:
    """Appeal against the removal of one's text."""
    text = scene.own(seat)
    Contribution.objects.filter(pk=text.pk).update(removed_at=timezone.now())
    reports.appeal(seat, Contribution.objects.get(pk=text.pk), "Je parlais de moi.")


def decide(scene: Scene, seat: Seat) -> None:
    """Decide about a text that somebody else reported."""
    RoomReport.objects.create(text=scene.question, mark="x" * 40, reason=REASONS[0][0])
    reports.decide(seat, scene.question, "kept", "Vu.")


def appeal_card(scene: Scene, seat: Seat) -> None:
    """Appeal against the removal of a card by whoever leads."""
    lead = scene.seat("a")
    CardReport.objects.create(
        card=scene.card, mark="x" * 40, reason=REASONS[0][0], outcome="removed",
        decided_mark=lead.mark, decided_on=timezone.localdate(),
    )  # fmt: skip
    Statement.objects.filter(pk=scene.card.pk).update(removed_at=timezone.now(), removal_reason="Le ton.")
    card_reports.appeal(seat, scene.card, "Nous en avons parlé.")


def decide_card(scene: Scene, seat: Seat) -> None:
    """Decide about a card that somebody else reported."""
    CardReport.objects.create(card=scene.card, mark="x" * 40, reason=REASONS[0][0])
    card_reports.decide(seat, scene.card, "kept", "Vu.")


PLAN = {"level": "practice", "carried_by": "Nous"}
ACTS: dict[str, Callable[[Scene, Seat], object]] = {
    "talk.write": write,
    "talk.edit": lambda s, by: talk.edit(by, s.own(by), "Et avant ?"),
    "talk.keep_draft": lambda s, by: talk.keep_draft(by, by.room.runs.get(number=by.room.step), "Je"),
    "talk.withdraw": lambda s, by: talk.withdraw(by, s.own(by)),
    "talk.set_aside": lambda s, by: talk.set_aside(by, s.question),
    "files.attach": lambda s, by: files.attach(by, s.own(by), SimpleUploadedFile("a.png", b""), {}),
    "files.take_off": lambda s, by: files.take_off(by, file_on(s.own(by))),
    "phases.advance": lambda s, by: phases.advance(by, from_step=by.room.step, reason="essai"),
    "phases.reopen": lambda s, by: phases.reopen(by, 0, reason="essai"),
    "phases.extend": lambda s, by: phases.extend(by, 2),
    "phases.nudge": lambda s, by: phases.nudge(by),
    "phases.choose": lambda s, by: phases.choose(by, s.proposal),
    "rooms.start": lambda s, by: (by.room.runs.all().delete(), rooms.start(by)),
    "rooms.close": lambda s, by: rooms.close(by),
    "rooms.invite": lambda s, by: rooms.invite(by, [s.outsider]),
    "rooms.uninvite": lambda s, by: rooms.uninvite(by, s.seat("i")),
    "rooms.accept": lambda s, by: rooms.accept(by),
    "rooms.decline": lambda s, by: rooms.decline(by),
    "rooms.give_role": lambda s, by: rooms.give_role(by, s.seat("p"), "participant"),
    "rooms.leave": lambda s, by: rooms.leave(by, withdraw_texts=False),
    "board.converge": lambda s, by: board.converge(by, "Tous pareils"),
    "board.diverge": lambda s, by: board.diverge(by, "Faut-il ?", [("Oui", ""), ("Non", "")]),
    "board.reword": lambda s, by: board.reword(by, s.card, "Fallait-il ?"),
    "board.reword_side": lambda s, by: board.reword_side(by, s.side(by), "Oui, mais", "", seen=1),
    "board.hold": lambda s, by: board.hold(by, s.side(by)),
    "board.let_go": lambda s, by: board.let_go(by, s.side(by, held=True)),
    "board.accept": lambda s, by: board.accept(by, s.side(by, held=True), seen=1),
    "board.remove": lambda s, by: board.remove(by, s.card),
    "outcome.plan": lambda s, by: outcome.plan(by, "Essayer", **PLAN),
    "outcome.change_plan": lambda s, by: outcome.change_plan(by, s.plan, "Essayer encore", **PLAN),
    "outcome.drop_plan": lambda s, by: outcome.drop_plan(by, s.plan),
    "unfinished.keep_form": lambda s, by: unfinished.keep_form(by, "plan", "", QueryDict("words=Essayer")),
    "outcome.tell_outcome": lambda s, by: outcome.tell_outcome(by, s.plan, "Elle est venue."),
    "outcome.draft_synthesis": lambda s, by: outcome.draft_synthesis(by, "Nous avons vu.", seen=1),
    "outcome.sign": lambda s, by: outcome.sign(by, s.synthesis, seen=1),
    "outcome.unsign": lambda s, by: outcome.unsign(by, s.synthesis),
    "outcome.refuse": lambda s, by: outcome.refuse(by, s.synthesis),
    "outcome.promote": lambda s, by: outcome.promote(by, signed(s)),
    "rereading.ask": lambda s, by: rereading.ask(by, s.reading, s.seat("r")),
    "rereading.answer": answered,
    "rereading.pass_over": lambda s, by: rereading.pass_over(by, s.reading, "Tout est changé."),
    "reports.report": lambda s, by: reports.report(by, s.question, REASONS[0][0]),
    "reports.appeal": appeal,
    "reports.decide": decide,
    "card_reports.report": lambda s, by: card_reports.report(by, s.card, REASONS[0][0]),
    "card_reports.appeal": appeal_card,
    "card_reports.decide": decide_card,
    "cards.deal": lambda s, by: cards.deal(by),
}


def set_scene(make_member) -> Scene:
    """Make a room of seven people, one in each role, not begun; everything lies in it all the same."""
    table = maker_of_tables(make_member)(people=8)
    numbers = dict(zip(ROLES, (0, 2, 1, 3, 4, 5, 6), strict=True))
    for letter, role in ROLES.items():
        state = {"invited": "invited", "left": "left"}.get(role, "seated")
        held = role if state == "seated" else "participant"
        Seat.objects.filter(pk=table.seat(numbers[letter]).pk).update(role=held, state=state)
    room, narrator, runs = table.room, table.seat(4), {run.number: run for run in table.room.runs.all()}

    def text(number: int, kind: str, by: Seat, **more) -> Contribution:
        return Contribution.objects.create(
            room=room, run=runs[number], kind=kind, mark=by.mark, author=by.member, text="Un jour.", **more
        )

    narrative = text(2, "narrative", narrator, is_held=True)
    card = Statement.objects.create(room=room, kind="divergence", words="Faut-il ?")
    for place in (0, 1):
        card.sides.create(place=place, claim="Oui")
    return Scene(
        table=table,
        outsider=make_member(cpas="21019"),
        proposal=text(0, "proposal", table.seat(7)),
        question=text(3, "question", table.seat(7)),
        narrative=narrative,
        reading=SecondReading.objects.create(
            room=room, text=narrative, asked_by=narrator.member, reader=table.people[3]
        ),
        card=card,
        plan=Perspective.objects.create(room=room, words="Essayer", **PLAN),
        synthesis=Synthesis.objects.create(
            room=room, text="Nous avons compris.", submitted_at=timezone.now()
        ),
        numbers=numbers,
    )


@pytest.fixture(scope="module")
def scene_of_the_file(shared) -> Scene:
    """The same, made once: what an act changes is undone."""
    return shared(set_scene)


@pytest.fixture
def scene(db, scene_of_the_file) -> Scene:
    """The same, for a test that may ask the database."""
    return scene_of_the_file


def put(room: Room, column: str) -> None:
    """Put a room where a column says."""
    state = {"gath": "gathering", "closd": "closed", "purgd": "purged"}.get(column, "open")
    step = max(PHASES.index(column) - 1, 0) if column in PHASES else len(PHASES) - 2
    Room.objects.filter(pk=room.pk).update(state=state, step=step)
    room.runs.filter(number__lte=step).update(opened_at=timezone.now())
    room.runs.filter(number__lt=step, is_sealed=True).update(unsealed_at=timezone.now())


def as_read(seat: Seat) -> Seat:
    """Return a seat as if it were read again, with its room: an act changes them in memory too."""
    again = copy(seat)
    again.room, again.member = copy(seat.room), copy(seat.member)
    return again


def is_done(act: Callable, scene: Scene, seat: Seat, name: str) -> bool:
    """Try an act, and leave no trace of it."""
    point = transaction.savepoint()
    try:
        act(scene, seat)
    except PermissionDenied:
        return False
    except ValidationError:
        return name == "files.attach"  # an empty file is refused after the right to add one was checked
    finally:
        transaction.savepoint_rollback(point)
    return True


@pytest.mark.parametrize("column", COLUMNS)
def test_every_act_is_open_to_whom_the_table_says(scene, column):
    put(scene.table.room, column)
    seats, wrong = {role: scene.seat(role) for role in ROLES}, []
    for name, by_column in allowed().items():
        if column == "narr" and name == "phases.advance":
            Contribution.objects.update(
                is_held=False
            )  # else it waits for the second reading (test_rereading)
        for role in ROLES:
            if is_done(ACTS[name], scene, as_read(seats[role]), name) != (role in by_column[column]):
                wrong.append(f"{name} {column} {ROLES[role]}")
    assert wrong == []


@pytest.mark.parametrize("key", ["case", "cards", "hearing"])
def test_cards_are_dealt_by_who_leads_in_their_phase(make_table, key):
    table = make_table(people=6, method="comite-a-blanc")
    number = next((n for n, p in enumerate(table.room.method.phases) if p.kind == "cards"), None)
    step = {"case": number - 1, "cards": number, "hearing": number + 1}[key]
    Room.objects.filter(pk=table.room.pk).update(step=step)
    rooms.give_role(table.lead, table.seat(2), "substitute")
    for who in range(6):
        point = transaction.savepoint()
        try:
            cards.deal(table.seat(who))
            done = True
        except PermissionDenied:
            done = False
        transaction.savepoint_rollback(point)
        assert done == (key == "cards" and who in (0, 2))
