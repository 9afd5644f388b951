"""The acts of those who hold no seat: the two keys, questions, debates, in every state for every role.

And the test that no act of forum is missing here or in test_matrix_of_acts.py.
"""

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from agora.discussion.actions import post_comment
from agora.people.roles import ADMINISTRATOR, MODERATOR
from agora.vocabulary.models import Theme
from forum.debates import actions as debates
from forum.doors import actions as doors
from forum.models import Method, OutsideAccess, Question, RoomFile
from forum.questions import actions as questions
from forum.questions import moderating
from forum.rooms import actions as rooms
from tests.forum.test_debates import opened
from tests.forum.test_matrix_of_acts import ACTS as SEATED

# They say under which name one writes, and forget what was typed in a form once it is sent.
NO_ACTS = {"talk.signature", "unfinished.forget_form", "reports.waiting_for", "card_reports.waiting_for"}
ROOT = Path(__file__).resolve().parents[2]

# asker, other (a member), first (a moderator), second (an administrator), seated, waiting (not validated)
TABLES = """
doors                asked        first           open                 over                 refused  ended
doors.turn           first        second          .                    .                    .        .
doors.refuse         first        second          .                    .                    .        .
doors.end            asker        asker,first     asker,first,second   asker,first,second   asker    .
doors.visit          .            .               asker                .                    .        .

questions            open         answered        closed               withdrawn            removed
questions.edit       asker        asker           .                    .                    .
questions.add        asker        asker           .                    .                    .
questions.withdraw   asker        asker           asker                asker                asker
questions.close      asker,first  asker,first     asker,first          .                    .
questions.say_helped .            asker           asker                .                    .
questions.promote    .            asker,other,first,second  asker,other,first,second  .     .
moderating.report    other,first,second  other,first,second  other,first,second  .           .
moderating.appeal    .            .               .                    .                    asker
moderating.decide    first        first           first                first                first

debates              awake        asleep
debates.reword       asker,other,first,second     .
debates.add_position asker,other,first,second     .
debates.reword_position  asker,other,first,second .
debates.argue        asker,other,first,second     .
debates.correct      asker,other,first,second     .
debates.remove       asker,other,first,second     .
debates.restore      asker,other,first,second     .
debates.let_sleep    asker,other,first,second     asker,other,first,second

anything             ever
rooms.open_room      asker,other,first,second
doors.ask            asker,first,second
questions.ask        asker,other,first,second
debates.open_debate  asker,other,first,second
"""


def tables() -> dict[str, tuple[list[str], dict[str, list[set[str]]]]]:
    """Return each table: its states, and who may do each act in each of them."""
    found = {}
    for block in TABLES.strip().split("\n\n"):
        (name, *states), *lines = [line.split() for line in block.splitlines()]
        rows = {act: [set(cell.split(",")) - {"."} for cell in cells] for act, *cells in lines}
        assert all(len(cells) == len(states) for cells in rows.values()), name
        found[name] = (states, rows)
    return found


CASES = [(name, state) for name, (states, _rows) in tables().items() for state in states]


class Scene:
    """People, and one thing of each sort; `put` brings it into a state."""

    def __init__(self, make_member, make_table) -> None:
        self.people = {
            "asker": make_member(roles=[MODERATOR], cpas="21019"),
            "other": make_member(cpas="21010"),
            "first": make_member(roles=[MODERATOR], cpas=None),
            "second": make_member(roles=[ADMINISTRATOR], cpas=None),
            "waiting": make_member(status="pending", cpas="21004"),
        }
        self.make_table = make_table
        self.plain = make_member(cpas="21012")

    def doors(self, state: str) -> None:
        """A demand, as far as its state says."""
        self.table = self.make_table()
        self.people["seated"] = self.table.people[3]
        text = self.table.write(3, "Un jour.")
        self.file = RoomFile(text=text, number=1, kind="png")
        self.file.keep(b"x")
        self.file.save()
        self.access = doors.ask(self.people["asker"], self.table.room, "Une plainte.", with_files=True)
        if state in ("first", "open", "over", "ended"):
            doors.turn(self.people["first"], self.access)
        if state in ("open", "over", "ended"):
            doors.turn(self.people["second"], self.access)
        if state == "over":
            OutsideAccess.objects.update(until=timezone.now())
        if state == "refused":
            doors.refuse(self.people["first"], self.access)
        if state == "ended":
            doors.end(self.people["asker"], self.access)
        self.access = OutsideAccess.objects.select_related("room").get()

    def questions(self, state: str) -> None:
        """A question; who asked is a member like others, not a moderator."""
        self.people["asker"] = self.plain
        themes = Theme.objects.filter(slug="accueil-flux")
        made = questions.ask(self.plain, "Comment dire non ?", "", themes=themes, language="fr")
        if state in ("answered", "closed"):
            self.answer = post_comment(self.people["other"], made, "Parlez-en.")
        now = timezone.now()
        columns = {"closed": "closed_at", "withdrawn": "withdrawn_at", "removed": "removed_at"}
        if state in columns:
            Question.objects.filter(pk=made.pk).update(**{columns[state]: now})
        self.state, self.question = state, Question.objects.get(pk=made.pk)

    def debates(self, state: str) -> None:
        """A debate with an argument, and a position that was removed."""
        self.people["asker"] = self.plain
        self.debate = opened(self.plain)
        self.position, gone = self.debate.positions.all()
        self.argument = debates.argue(self.plain, self.position, "La règle vaut pour tous.", "", "")
        debates.remove(self.plain, gone)
        if state == "asleep":
            debates.let_sleep(self.plain, self.debate)
        self.debate.refresh_from_db()

    def anything(self, state: str) -> None:
        """Nothing but a room to ask for."""
        self.room = self.make_table(people=1, started=False).room


def decide(scene: Scene, by) -> None:
    outcome = {"removed": "restored"}.get(scene.state, "kept")
    moderating.decide(by, scene.question, outcome, "Vu.")


ARGUED = ("L’autre argument.", "", "")
ACTS: dict[str, Callable] = {
    "doors.turn": lambda s, by: doors.turn(by, s.access),
    "doors.refuse": lambda s, by: doors.refuse(by, s.access),
    "doors.end": lambda s, by: doors.end(by, s.access),
    "doors.visit": lambda s, by: (doors.visit(by, s.access), doors.visit(by, s.access, s.file)),
    "questions.edit": lambda s, by: questions.edit(by, s.question, "Comment refuser ?", ""),
    "questions.add": lambda s, by: questions.add(by, s.question, "Au guichet."),
    "questions.withdraw": lambda s, by: questions.withdraw(by, s.question),
    "questions.close": lambda s, by: questions.close(by, s.question),
    "questions.say_helped": lambda s, by: questions.say_helped(by, s.question, getattr(s, "answer", by).pk),
    "questions.promote": lambda s, by: questions.promote(by, s.question),
    "moderating.report": lambda s, by: moderating.report(by, s.question, "hurtful"),
    "moderating.appeal": lambda s, by: moderating.appeal(by, s.question, "Je parle de moi."),
    "moderating.decide": decide,
    "debates.reword": lambda s, by: debates.reword(
        by, s.debate, "Faut-il sanctionner ?", "Sur l’effet.", seen=s.debate.edition
    ),
    "debates.add_position": lambda s, by: debates.add_position(by, s.debate, "Cela dépend", ""),
    "debates.reword_position": lambda s, by: debates.reword_position(
        by, s.position, "Oui, toujours", "", seen=s.position.edition
    ),
    "debates.argue": lambda s, by: debates.argue(by, s.position, *ARGUED),
    "debates.correct": lambda s, by: debates.correct(by, s.argument, *ARGUED, seen=s.argument.edition),
    "debates.remove": lambda s, by: debates.remove(by, s.argument),
    "debates.restore": lambda s, by: debates.restore(by, s.debate.changes.get(code="removed")),
    "debates.let_sleep": lambda s, by: debates.let_sleep(by, s.debate),
    "rooms.open_room": lambda s, by: rooms.open_room(
        by, Method.objects.get(slug="mag"), "Un groupe", language="fr"
    ),
    "doors.ask": lambda s, by: doors.ask(by, s.room, "Une plainte."),
    "questions.ask": lambda s, by: questions.ask(
        by, "Qui sait ?", "", themes=Theme.objects.filter(slug="accueil-flux"), language="fr"
    ),
    "debates.open_debate": lambda s, by: opened(by),
}


@pytest.mark.parametrize(("name", "state"), CASES)
def test_every_act_is_open_to_whom_the_table_says(make_member, make_table, name, state):
    scene = Scene(make_member, make_table)
    getattr(scene, name)(state)
    states, rows = tables()[name]
    wrong = []
    for act, cells in rows.items():
        for role, member in scene.people.items():
            point = transaction.savepoint()
            try:
                ACTS[act](scene, member)
                done = True
            except (PermissionDenied, ValidationError):
                done = False
            transaction.savepoint_rollback(point)
            if done != (role in cells[states.index(state)]):
                wrong.append(f"{act} {role}")
    assert wrong == []


def acts_of_forum() -> set[str]:
    """Return every act: what an `actions.py` lets others call, if its first argument is who acts."""
    found = set()
    for path in (ROOT / "forum").glob("*/actions.py"):
        module = import_module(f"forum.{path.parent.name}.actions")
        for name, act in inspect.getmembers(module, inspect.isroutine):
            # Its own functions, and those of a case that it states (reports.cases).
            own = inspect.ismethod(act) or inspect.unwrap(act).__module__ == module.__name__
            first = next(iter(inspect.signature(act).parameters), "") if own else ""
            if first in ("by", "seat", "user") and name[0] != "_":
                found.add(f"{path.parent.name}.{name}")
    return found - NO_ACTS


def test_no_act_is_missing_from_the_tables():
    assert len(acts_of_forum()) > 50
    tried = SEATED.keys() | ACTS.keys()
    assert acts_of_forum() - tried == set()
    assert {act for act in tried if not act.startswith("moderating.")} - acts_of_forum() == set()
