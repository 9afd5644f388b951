"""Several people and windows at once, in any order: no text that was acknowledged is ever lost.

A machine plays two writers with windows of their own on one sheet. Saves travel by a network that delivers
late and out of order; people publish, choose between two texts, discard and take back. After every act, each
acknowledged text must be found somewhere: in a draft, in the sheet, or in its history. It is only let go when
its own author replaced it later, having seen it, or chose the other text.
"""

import json
import uuid
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agora.drafts import actions as drafts
from agora.drafts.actions import DraftGone, Origin, discard_draft, restore_draft, save_draft
from agora.drafts.models import Draft
from agora.people.roles import MODERATOR
from practices import drafting
from practices.drafting import (
    BOTH,
    MINE,
    THEIRS,
    Conflicting,
    NotReady,
    compare,
    fields_of,
    publish_draft,
    settle,
)
from practices.fields import PracticeFields
from practices.models import PracticePage, Proposal

from .factories import make_practice

pytestmark = pytest.mark.django_db
TEXTS = ("problem", "steps", "title")
START = {"problem": "Un.\n\nDeux.\n\nTrois.", "steps": "1. A\n2. B\n3. C", "title": "Le tableau"}
WRITERS, WINDOWS = st.integers(0, 1), st.integers(0, 1)
BOUNDS = settings(
    max_examples=12,
    stateful_step_count=24,
    deadline=None,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Window:
    """A window of the browser: what it shows, what it knows, how many times it has sent."""

    pk: uuid.UUID
    known: int
    base: str
    shown: dict[str, str]
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    number: int = 0
    is_told: bool = False  # that another window wrote


@dataclass(frozen=True)
class Letter:
    """A save on its way."""

    writer: int
    window: Window
    pk: uuid.UUID
    base: str
    data: dict[str, str]
    origin: Origin
    insists: bool = False


@dataclass(frozen=True)
class Promise:
    """A text that was acknowledged: whose, in which draft and field, by which save."""

    writer: int
    draft: uuid.UUID
    field: str
    text: str
    sequence: int
    window: str
    number: int


def marks_in(text: str) -> set[str]:
    """Return the marks that writers typed in a text; each is typed once in the whole world."""
    return {part.split("›")[0] for part in text.split("‹")[1:]}


class Writers(RuleBasedStateMachine):
    """The people, their windows, the network between, and what was promised to them."""

    people: tuple = ()
    practice: PracticePage

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.windows: dict[tuple[int, int], Window] = {}
        self.network: list[Letter] = []
        self.promises: list[Promise] = []
        self.published: set[str] = set()
        self.typed = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # --- What the people see -------------------------------------------------------------------
    def page(self) -> PracticePage:
        return PracticePage.objects.get(pk=self.practice.pk)

    def draft(self, writer: int) -> Draft | None:
        return Draft.objects.filter(owner=self.people[writer], discarded_at=None).first()

    @initialize()
    def open_all(self) -> None:
        """Everybody begins with two windows on the same sheet."""
        for writer in (0, 1):
            for slot in (0, 1):
                self.open(writer, slot)

    @rule(writer=WRITERS, slot=WINDOWS)
    def open(self, writer: int, slot: int) -> None:
        """Open or reload the page, sign in again, or come back after everything was closed."""
        page, draft = self.page(), self.draft(writer)
        fields = fields_of(draft, page) if draft else PracticeFields.of(page)
        shown = {name: getattr(fields, name) for name in TEXTS}
        pk, known = (draft.pk, draft.sequence) if draft else (uuid.uuid4(), 0)
        base = draft.base if draft else str(page.live_revision_id)
        self.windows[writer, slot] = Window(pk, known, base, shown)

    @rule(
        writer=WRITERS,
        slot=WINDOWS,
        name=st.sampled_from(TEXTS),
        at=st.integers(0, 3),
        way=st.integers(0, 2),
        at_once=st.booleans(),
    )
    def type(self, writer: int, slot: int, name: str, at: int, way: int, at_once: bool) -> None:
        """Change a line, add one, or take one away; the form saves itself, at once or later."""
        window = self.windows[writer, slot]
        self.typed += 1
        mark = f"mot ‹{self.typed}›"
        lines = window.shown[name].split("\n")
        at = min(at * (2 if name == "problem" else 1), len(lines) - 1)
        if name == "title":
            lines = [f"Titre {mark}"]
        elif way == 0:
            lines[at] = mark
        elif way == 1:
            lines.insert(at, mark)
        elif len(lines) > 1:
            del lines[at]
        window.shown = window.shown | {name: "\n".join(lines)}
        self.send((writer, slot))
        if at_once:
            self.arrive(self.network.pop())

    def send(self, key: tuple[int, int], *, insists: bool = False) -> None:
        window = self.windows[key]
        window.number += 1
        origin = Origin(window.known, window.name, window.number)
        self.network.append(
            Letter(key[0], window, window.pk, window.base, dict(window.shown), origin, insists)
        )

    @precondition(lambda self: self.network)
    @rule(data=st.data())
    def deliver(self, data) -> None:
        """One of the saves arrives, not always the first that left."""
        self.arrive(self.network.pop(data.draw(st.integers(0, len(self.network) - 1))))

    def arrive(self, letter: Letter) -> None:
        try:
            saved = save_draft(
                self.people[letter.writer],
                pk=letter.pk,
                kind=drafting.KIND,
                language="fr",
                data=letter.data,
                target=str(self.practice.pk),
                base=letter.base,
                origin=letter.origin,
                overwrite=letter.insists,
            )
        except (DraftGone, PermissionDenied):
            return  # told; the text is still in the window
        window, draft = letter.window, saved.draft
        if saved.stale:
            window.is_told = True
        else:
            window.pk, window.known = draft.pk, max(window.known, draft.sequence)
        for name, text in letter.data.items():
            if name not in saved.stale:
                self.promise(letter, draft, name, text)

    def promise(self, letter: Letter, draft: Draft, name: str, text: str) -> None:
        """Note what was acknowledged; let go of what its author replaced, knowing it."""

        def is_replaced(old: Promise) -> bool:
            if (old.writer, old.draft, old.field) != (letter.writer, draft.pk, name):
                return False
            saw = letter.pk == draft.pk and old.sequence <= letter.origin.known
            wrote = old.window == letter.origin.window and old.number < letter.origin.number
            return saw or wrote or letter.insists

        origin = letter.origin
        self.promises = [old for old in self.promises if not is_replaced(old)]
        self.promises.append(
            Promise(letter.writer, draft.pk, name, text, draft.sequence, origin.window, origin.number)
        )

    @precondition(lambda self: any(window.is_told for window in self.windows.values()))
    @rule(data=st.data())
    def insist(self, data) -> None:
        """Having seen that another window wrote, keep the text of this one."""
        told = [key for key, window in self.windows.items() if window.is_told]
        key = data.draw(st.sampled_from(sorted(told)))
        self.windows[key].is_told = False
        self.send(key, insists=True)

    # --- What happens to drafts ------------------------------------------------------------------
    @rule(writer=WRITERS)
    def publish(self, writer: int) -> None:
        draft = self.draft(writer)
        if draft is None:
            return
        try:
            publish_draft(draft, by=self.people[writer], significance="major")
        except (NotReady, Conflicting, PermissionDenied):
            return
        for old in [each for each in self.promises if each.draft == draft.pk]:
            self.published |= marks_in(old.text)
            self.promises.remove(old)

    @rule(writer=WRITERS, choice=st.sampled_from([MINE, THEIRS, BOTH]))
    def choose(self, writer: int, choice: str) -> None:
        """Look at both texts, and choose for each place where a choice is needed."""
        page, draft = self.page(), self.draft(writer)
        if draft is None:
            return
        names = compare(draft, page).fields
        choices = {name: MINE if name == "title" and choice == BOTH else choice for name in names}
        if not settle(draft, page, choices, seen=page.live_revision_id, sequence=draft.sequence):
            return
        given_up = {name for name in names if choices[name] == THEIRS}
        self.promises = [old for old in self.promises if old.draft != draft.pk or old.field not in given_up]

    @precondition(lambda self: self.typed > 2)
    @rule(writer=WRITERS)
    def discard(self, writer: int) -> None:
        if draft := self.draft(writer):
            discard_draft(draft)

    @precondition(lambda self: self.typed > 2)
    @rule(writer=WRITERS)
    def take_back(self, writer: int) -> None:
        drafts = Draft.objects.filter(owner=self.people[writer]).exclude(discarded_at=None)
        if draft := drafts.order_by("-discarded_at").first():
            restore_draft(draft)

    # --- What must hold --------------------------------------------------------------------------
    @invariant()
    def every_acknowledged_text_is_somewhere(self) -> None:
        page = self.page()
        own: dict[int, str] = {
            number: json.dumps(
                list(Draft.objects.filter(owner=person).values_list("data", flat=True)), ensure_ascii=False
            )
            for number, person in enumerate(self.people)
        }
        seen = [json.dumps(PracticeFields.of(page).as_data(), ensure_ascii=False)]
        seen += [
            json.dumps(each, ensure_ascii=False) for each in page.revisions.values_list("content", flat=True)
        ]
        seen += [
            json.dumps(each, ensure_ascii=False) for each in Proposal.objects.values_list("data", flat=True)
        ]
        history = marks_in("".join(seen))
        assert self.published <= history, "a published text left the history"
        for old in self.promises:
            lost = marks_in(old.text) - marks_in(own[old.writer]) - history
            assert not lost, f"{old} was acknowledged, and {lost} is nowhere"


@pytest.fixture
def machine(tree, make_member):
    """Two people who publish at once, and their sheet."""
    keeper, moderator = make_member(), make_member(cpas="21010", roles=[MODERATOR])
    practice = make_practice(by=keeper, **START)
    return type("WritersOfASheet", (Writers,), {"people": (keeper, moderator), "practice": practice})


def test_no_acknowledged_text_is_ever_lost(machine):
    run_state_machine_as_test(machine, settings=BOUNDS)


def merge_theirs(base: str, mine: str, theirs: str) -> str:
    """A merge that forgets one side."""
    return theirs


def merge_in_blindly(draft, data, origin, overwrite):
    """A save that replaces what its sender never saw."""
    draft.data |= data
    draft.sequence += 1
    return {}


@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [(drafting, "merge_texts", merge_theirs), (drafts, "_merge_in", merge_in_blindly)],
)
def test_a_broken_merge_is_found_out(machine, monkeypatch, module, name, broken):
    """The machine above can fail: with a merge that forgets, or a save that overwrites, it does."""
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(AssertionError, match="nowhere|left the history"):
        run_state_machine_as_test(machine, settings=settings(BOUNDS, max_examples=60))


def test_a_window_of_a_discarded_draft_does_not_write_over_the_next_one(tree, member):
    """Its numbers count the saves of another draft: they say nothing of what it has seen of this one."""
    practice = make_practice(by=member, **START)
    place = {"kind": drafting.KIND, "language": "fr", "target": str(practice.pk)}
    first, second = uuid.uuid4(), uuid.uuid4()
    for number in range(1, 4):
        old = save_draft(
            member,
            pk=first,
            data={"title": f"Ancien {number}"},
            origin=Origin(number - 1, "a", number),
            **place,
        )
    discard_draft(old.draft)
    save_draft(member, pk=second, data={"title": "Nouveau"}, origin=Origin(0, "b", 1), **place)
    late = save_draft(member, pk=first, data={"title": "Ancien 4"}, origin=Origin(3, "a", 4), **place)
    assert late.stale == {"title": "Nouveau"}
    assert Draft.objects.get(pk=second).data["title"] == "Nouveau"
