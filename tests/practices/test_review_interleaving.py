"""Whatever the order in which people write, propose, change, accept and decline: what is accepted is what
was read, and no text that was acknowledged is lost.
"""

import uuid
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from practices.drafting import Conflicting, NotReady
from practices.fields import PracticeFields
from practices.models import PracticePage, Proposal, RevisionNote
from practices.review import actions, sending
from practices.review.actions import Moved
from practices.review.reading import reading_of
from practices.review.sending import DraftOpen, send_draft

from .factories import make_practice

pytestmark = pytest.mark.django_db
PLACES = ("problem", "means", "tools")
ACTS = ("correct", "propose", "revise", "take_back", "look", "accept", "accept_old", "amend", "decline")
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.sampled_from(PLACES)), max_size=14)


@dataclass
class Story:
    """A sheet, its keeper, two writers, and what the keeper has on her screen for each of their proposals."""

    practice: PracticePage
    keeper: object
    writers: list
    screens: dict = field(default_factory=dict)
    typed: list[tuple[object, str]] = field(default_factory=list)
    count: int = 0

    @property
    def page(self) -> PracticePage:
        return PracticePage.objects.get(pk=self.practice.pk)

    def word(self, who) -> str:
        """A word that was never written before, noted as typed by somebody."""
        self.count += 1
        self.typed.append((who, f"mot{self.count}x"))
        return self.typed[-1][1]

    def waiting(self, who) -> Proposal | None:
        return Proposal.objects.filter(author=who, state="waiting").first()

    def write(self, who, place: str, significance: str, *, draft: Draft | None = None) -> None:
        """Type a word in a draft, which is acknowledged, and send it; what cannot go stays a draft."""
        page = self.page
        draft = draft or sending.draft_about(Proposal(practice=page), who)
        before = draft.data.get(place) if draft else None
        text = f"{before or getattr(page, place)} {self.word(who)}".strip()
        saved = save_draft(
            who,
            pk=draft.pk if draft else uuid.uuid4(),
            kind="practice",
            language="fr",
            target=str(page.pk),
            base=str(page.live_revision_id),
            data={place: text},
            overwrite=True,
        ).draft
        self.send(saved, who, significance)

    def send(self, draft: Draft, who, significance: str) -> None:
        live = self.page.live_revision_id
        try:
            outcome = send_draft(draft, by=who, significance=significance)
        except (Conflicting, NotReady):
            assert Draft.objects.filter(pk=draft.pk).exists()
            assert self.page.live_revision_id == live
            return
        if outcome.practice is None:
            assert self.page.live_revision_id == live

    def do(self, act: str, number: int, place: str) -> None:
        who = self.writers[number % 2]
        found = self.waiting(who)
        if act == "correct":
            self.write([*self.writers, self.keeper][number], place, "minor")
        elif act == "propose":
            self.write(who, place, "medium")
        elif found is not None:
            getattr(self, f"do_{act}")(found, who, place)

    def do_revise(self, found, who, place) -> None:
        with suppress(DraftOpen):
            self.write(who, place, "major", draft=sending.reopen(found, by=who))

    def do_take_back(self, found, who, place) -> None:
        sending.take_back(found, by=who)

    def do_look(self, found, who, place) -> None:
        reading = reading_of(found, self.page)
        seen = {"seen_version": found.version, "seen_live_revision": self.page.live_revision_id}
        self.screens[found.pk] = (seen, reading.outcome)

    def do_accept(self, found, who, place) -> None:
        self.do_look(found, who, place)
        self.do_accept_old(found, who, place)

    def do_accept_old(self, found, who, place) -> None:
        """Press the button of whatever is on the screen: maybe an old page."""
        if found.pk not in self.screens:
            return
        seen, shown = self.screens[found.pk]
        before = self.page.live_revision_id
        try:
            page = actions.accept(found, by=self.keeper, **seen)
        except Moved:
            assert self.page.live_revision_id == before
            assert Proposal.objects.get(pk=found.pk).state == "waiting"
            return
        assert PracticeFields.of(page) == shown

    def do_amend(self, found, who, place) -> None:
        try:
            draft = sending.amend(found, by=self.keeper)
        except (DraftOpen, Moved):
            return
        self.write(self.keeper, place, "medium", draft=draft)

    def do_decline(self, found, who, place) -> None:
        actions.decline(found, by=self.keeper, reason="Pas encore.", seen_version=found.version)

    def texts(self) -> str:
        """Everything that can still be read by whoever wrote it: versions, proposals, drafts."""
        versions = [note.revision.content for note in RevisionNote.objects.select_related("revision")]
        kept = [*versions, *Proposal.objects.values_list("data", flat=True)]
        kept += Draft.objects.values_list("data", flat=True)
        return " ".join(str(data.get(place, "")) for data in kept for place in PLACES)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_what_is_accepted_was_read_and_nothing_is_lost(tree, member, colleague, relay, steps):
    Draft.objects.all().delete()
    Proposal.objects.all().delete()
    sheet = make_practice(by=member, problem="Un.", means="Deux.", tools="Trois.")
    story = Story(sheet, member, [colleague, relay])
    for act, number, place in steps:
        story.do(act, number, place)
        assert not story.page.locked
    words = set(story.texts().split())
    # Each text goes on from what its author had before: all of it must be somewhere.
    assert {word for _who, word in story.typed} <= words


def test_nobody_else_acts_on_a_proposal(tree, member, colleague, relay):
    sheet = make_practice(by=member, problem="Un.")
    story = Story(sheet, member, [colleague, relay])
    story.do("propose", 0, "problem")
    with pytest.raises(PermissionDenied):
        sending.take_back(story.waiting(colleague), by=relay)
