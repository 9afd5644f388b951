"""Proposals: what is accepted is exactly what was read, nobody is locked out, nothing typed is lost."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from practices.actions import archive_practice, change_practice
from practices.drafting import Conflicting, NotReady, compare, settle
from practices.fields import PracticeFields
from practices.models import PracticePage, Proposal, RevisionNote
from practices.permissions import can_edit
from practices.review import actions, sending
from practices.review.actions import Moved
from practices.review.permissions import (
    can_answer,
    can_read_proposal,
)
from practices.review.reading import reading_of
from practices.review.sending import DraftOpen, send_draft

from .factories import make_practice

pytestmark = pytest.mark.django_db
STEPS = "1. Tracer\n2. Relire\n3. Ranger"
MINOR, MEDIUM, MAJOR = "minor", "medium", "major"


@pytest.fixture
def practice(tree, member):
    """A sheet that `member` keeps."""
    return make_practice(by=member, title="Le tableau", steps=STEPS, problem="Un carnet.", means="")


def now(practice) -> PracticePage:
    return PracticePage.objects.get(pk=practice.pk)


def draft_of(owner, practice, **data) -> Draft:
    """What somebody has written in the form of a sheet, not sent yet."""
    practice = now(practice)
    return save_draft(
        owner,
        pk=uuid.uuid4(),
        kind="practice",
        language="fr",
        target=str(practice.pk),
        base=str(practice.live_revision_id),
        data=data,
    ).draft


def propose(practice, by, significance=MEDIUM, reason="pour être clair", **changes) -> Proposal:
    draft = draft_of(by, practice, **changes)
    return send_draft(draft, by=by, significance=significance, reason=reason).proposal


def publish(practice, by, **changes) -> PracticePage:
    practice = now(practice)
    fields = PracticeFields.of(practice).with_data(changes)
    return change_practice(practice, fields, by=by, significance=MINOR, based_on=practice.live_revision_id)


def accept(proposal, by, **seen) -> PracticePage:
    """Accept what a page opened now would show."""
    proposal = Proposal.objects.get(pk=proposal.pk)
    shown = {
        "seen_version": proposal.version,
        "seen_live_revision": now(proposal.practice).live_revision_id,
    }
    return actions.accept(proposal, by=by, **shown | seen)


@pytest.fixture
def proposal(practice, colleague):
    return propose(practice, colleague, problem="Deux carnets.")


class TestWhoPublishes:
    def test_small_corrections_of_anybody_appear_at_once(self, practice, colleague):
        outcome = send_draft(
            draft_of(colleague, practice, problem="Un cahier."), by=colleague, significance=MINOR
        )
        assert outcome.practice.problem == "Un cahier."
        assert not Draft.objects.exists()
        assert not Proposal.objects.exists()

    @pytest.mark.parametrize("significance", [MEDIUM, MAJOR])
    def test_the_rest_waits(self, practice, colleague, significance):
        found = propose(practice, colleague, significance, problem="Deux carnets.")
        assert (found.state, found.significance, found.reason) == ("waiting", significance, "pour être clair")
        assert now(practice).problem == "Un carnet."
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("who", ["keeper", "fallback", "moderator"])
    def test_not_of_those_who_answer_for_the_sheet(self, practice, member, colleague, moderator, who):
        PracticePage.objects.filter(pk=practice.pk).update(fallback_owner=colleague)
        by = {"keeper": member, "fallback": colleague, "moderator": moderator}[who]
        assert send_draft(draft_of(by, practice, problem="Vite."), by=by, significance=MAJOR).practice

    def test_the_act_itself_refuses(self, practice, colleague):
        fields = PracticeFields.of(practice).with_data({"problem": "Deux carnets."})
        with pytest.raises(PermissionDenied):
            change_practice(
                practice, fields, by=colleague, significance=MEDIUM, based_on=practice.live_revision_id
            )

    @pytest.mark.parametrize("significance", ["", "huge", "created"])
    def test_an_extent_must_be_said(self, practice, member, colleague, significance):
        for by in (member, colleague):
            with pytest.raises(NotReady) as caught:
                send_draft(draft_of(by, practice, problem="Vite."), by=by, significance=significance)
            assert "significance" in caught.value.errors
        assert Draft.objects.count() == 2

    def test_nobody_is_locked_out(self, practice, proposal, member, colleague, make_member):
        other = make_member(cpas="21016")
        assert all(can_edit(who, now(practice)) for who in (member, colleague, other))
        publish(practice, other, means="Une heure.")
        publish(practice, colleague, tools="Un feutre.")
        second = propose(practice, other, steps=f"{STEPS}\n4. Fêter")
        assert {second.state, proposal.state} == {"waiting"}
        accept(second, member)
        changed = accept(proposal, member)
        assert (changed.problem, changed.means, changed.tools) == (
            "Deux carnets.",
            "Une heure.",
            "Un feutre.",
        )
        assert changed.steps.endswith("4. Fêter")


class TestAccept:
    def test_publishes_in_the_name_of_its_author(self, proposal, practice, member, colleague):
        changed = accept(proposal, member)
        assert changed.problem == "Deux carnets."
        note = RevisionNote.objects.get(revision=changed.live_revision)
        assert (note.author, note.reviewer, note.proposal, note.is_amended) == (
            colleague,
            member,
            proposal,
            False,
        )
        assert (note.significance, note.reason) == (MEDIUM, "pour être clair")
        proposal.refresh_from_db()
        assert (proposal.state, proposal.answered_by, proposal.seen_at) == ("accepted", member, None)

    def test_what_was_not_read_is_not_published(self, proposal, practice, member, colleague):
        live = practice.live_revision_id
        seen = {"seen_version": proposal.version, "seen_live_revision": live}
        publish(practice, colleague, means="Une heure.")
        with pytest.raises(Moved):
            accept(proposal, member, **seen)
        draft = sending.reopen(proposal, by=colleague)
        save_draft(
            colleague, pk=draft.pk, kind="practice", language="fr", data={"problem": "Trois."},
            overwrite=True,
        )  # fmt: skip
        send_draft(draft, by=colleague, significance=MAJOR)
        with pytest.raises(Moved):
            accept(proposal, member, seen_version=1)
        assert now(practice).problem == "Un carnet."
        assert accept(proposal, member).problem == "Trois."

    def test_twice_is_once(self, proposal, practice, member, moderator):
        seen = {"seen_version": proposal.version, "seen_live_revision": practice.live_revision_id}
        actions.accept(proposal, by=member, **seen)
        with pytest.raises(Moved):
            actions.accept(proposal, by=moderator, **seen)
        with pytest.raises(Moved):
            actions.decline(proposal, by=moderator, reason="Non.", seen_version=1)
        assert RevisionNote.objects.filter(proposal=proposal).count() == 1

    def test_not_once_the_sheet_is_archived(self, proposal, practice, member, colleague):
        archive_practice(practice, member)
        with pytest.raises(PermissionDenied):
            accept(proposal, member)
        assert Proposal.objects.get().state == "waiting"
        assert can_read_proposal(colleague, Proposal.objects.get())
        draft = sending.reopen(Proposal.objects.get(), by=colleague)
        assert (draft.target, draft.data["problem"]) == ("", "Deux carnets.")
        outcome = send_draft(draft, by=colleague)
        assert outcome.practice.problem == "Deux carnets."
        assert Proposal.objects.get().state == "withdrawn"

    def test_what_somebody_else_published_already_writes_no_version(
        self, proposal, practice, member, colleague
    ):
        publish(practice, colleague, problem="Deux carnets.")
        before = RevisionNote.objects.count()
        accept(proposal, member)
        assert (RevisionNote.objects.count(), Proposal.objects.get().state) == (before, "accepted")

    def test_both_changed_the_same_line(self, proposal, practice, member, colleague):
        publish(practice, colleague, problem="Un cahier.")
        with pytest.raises(Moved):
            accept(proposal, member)
        draft = sending.amend(proposal, by=member)
        page = now(practice)
        with pytest.raises(Conflicting):
            send_draft(draft, by=member, significance=MEDIUM)
        assert compare(draft, page).mine["problem"] == "Deux carnets."
        assert settle(draft, page, {"problem": "both"}, seen=page.live_revision_id, sequence=draft.sequence)
        changed = send_draft(draft, by=member, significance=MEDIUM).practice
        assert changed.problem == "Deux carnets.\n\nUn cahier."
        note = RevisionNote.objects.get(revision=changed.live_revision)
        assert (note.author, note.reviewer, note.is_amended) == (colleague, member, True)

    def test_the_start_is_gone(self, proposal, practice, member):
        Proposal.objects.update(base=None)
        found = Proposal.objects.get()
        assert reading_of(found, now(practice)).standoff.fields == ("problem",)
        with pytest.raises(Moved):
            accept(found, member)

    def test_its_author_has_left(self, proposal, member, colleague):
        colleague.delete()
        changed = accept(proposal, member)
        note = RevisionNote.objects.get(revision=changed.live_revision)
        assert (changed.problem, note.author, note.reviewer) == ("Deux carnets.", None, member)


class TestAmend:
    def test_is_credited_to_both(self, proposal, practice, member, colleague):
        draft = sending.amend(proposal, by=member)
        save_draft(
            member, pk=draft.pk, kind="practice", language="fr", data={"means": "Une heure."}, overwrite=True
        )
        outcome = send_draft(draft, by=member, significance=MAJOR, reason="relu ensemble")
        note = RevisionNote.objects.get(revision=outcome.practice.live_revision)
        assert (note.author, note.reviewer, note.is_amended) == (colleague, member, True)
        assert (outcome.practice.problem, outcome.practice.means) == ("Deux carnets.", "Une heure.")
        assert not Draft.objects.exists()

    def test_untouched_it_is_a_plain_acceptance(self, proposal, member):
        outcome = send_draft(sending.amend(proposal, by=member), by=member, significance=MEDIUM)
        assert not RevisionNote.objects.get(revision=outcome.practice.live_revision).is_amended

    def test_a_newer_text_must_be_read_first(self, proposal, practice, member, colleague):
        draft = sending.amend(proposal, by=member)
        send_draft(changed(proposal, colleague, problem="Trois."), by=colleague, significance=MEDIUM)
        outcome = send_draft(draft, by=member, significance=MEDIUM)
        assert (outcome.practice, outcome.moved) == (None, "revised")
        assert now(practice).problem == "Un carnet."
        sending.read_again(draft, by=member, version=2)
        assert send_draft(draft, by=member, significance=MEDIUM).practice.problem == "Deux carnets."

    def test_a_version_published_meanwhile_is_read_before(self, proposal, practice, member, colleague):
        draft = sending.amend(proposal, by=member)
        publish(practice, colleague, means="Une heure.")
        outcome = send_draft(draft, by=member, significance=MEDIUM)
        assert (outcome.practice, outcome.moved) == (None, "joined")
        assert Draft.objects.get().data["means"] == "Une heure."
        assert send_draft(draft, by=member, significance=MEDIUM).practice.problem == "Deux carnets."

    def test_answered_meanwhile_it_stays_a_draft(self, proposal, practice, member, moderator):
        draft = sending.amend(proposal, by=member)
        accept(proposal, moderator)
        assert send_draft(draft, by=member, significance=MEDIUM).moved == "answered"
        assert sending.REVIEWED not in Draft.objects.get().data

    def test_beside_another_draft_of_the_sheet(self, proposal, practice, member):
        mine = draft_of(member, practice, means="x")
        with pytest.raises(DraftOpen) as caught:
            sending.amend(proposal, by=member)
        assert caught.value.draft == mine


def changed(proposal, by, **changes) -> Draft:
    """One's own proposal, back on the desk, with other words."""
    draft = sending.reopen(Proposal.objects.get(pk=proposal.pk), by=by)
    return save_draft(by, pk=draft.pk, kind="practice", language="fr", data=changes, overwrite=True).draft


class TestAuthor:
    def test_changes_what_waits(self, proposal, colleague):
        outcome = send_draft(
            changed(proposal, colleague, problem="Trois."), by=colleague, significance=MAJOR, reason="mieux"
        )
        assert outcome.proposal == proposal
        proposal.refresh_from_db()
        assert (proposal.version, proposal.significance, proposal.reason) == (2, MAJOR, "mieux")
        assert proposal.data["problem"] == "Trois."
        assert not Draft.objects.exists()

    def test_sending_the_same_again_moves_nothing(self, proposal, colleague):
        draft = sending.reopen(proposal, by=colleague)
        send_draft(draft, by=colleague, significance=MEDIUM, reason="pour être clair")
        assert Proposal.objects.get().version == 1

    def test_answered_meanwhile_becomes_another_proposal(self, proposal, practice, member, colleague):
        draft = changed(proposal, colleague, problem="Trois.")
        accept(proposal, member)
        with pytest.raises(Conflicting):  # what was accepted is published: it started from before
            send_draft(draft, by=colleague, significance=MEDIUM)
        page = now(practice)
        settle(draft, page, {"problem": "mine"}, seen=page.live_revision_id, sequence=draft.sequence)
        outcome = send_draft(draft, by=colleague, significance=MEDIUM)
        assert outcome.proposal.pk != proposal.pk
        assert outcome.proposal.data["problem"] == "Trois."

    def test_a_small_correction_beside_it(self, proposal, practice, colleague):
        outcome = send_draft(
            draft_of(colleague, practice, means="Une heure."), by=colleague, significance=MINOR
        )
        assert outcome.practice.means == "Une heure."
        assert Proposal.objects.get().state == "waiting"

    def test_one_waits_at_a_time_and_the_second_text_is_kept(self, proposal, practice, colleague):
        with pytest.raises(NotReady):
            send_draft(draft_of(colleague, practice, means="x"), by=colleague, significance=MEDIUM)
        assert Draft.objects.get().data["means"] == "x"
        assert Proposal.objects.get().data["means"] == ""

    def test_takes_it_back_with_its_text(self, proposal, colleague, member):
        sending.take_back(proposal, by=colleague)
        assert Draft.objects.get(owner=colleague).data["problem"] == "Deux carnets."
        assert not can_read_proposal(member, Proposal.objects.get())
        with pytest.raises(Moved):
            accept(proposal, member)

    def test_takes_it_back_while_writing_something_else(self, proposal, practice, colleague):
        draft_of(colleague, practice, means="x")
        sending.take_back(proposal, by=colleague)
        texts = {draft.data.get("problem") or draft.data["means"] for draft in Draft.objects.all()}
        assert texts == {"x", "Deux carnets."}

    def test_tries_again_after_a_refusal(self, proposal, member, colleague):
        actions.decline(proposal, by=member, reason="Pas encore.", seen_version=1)
        draft = sending.reopen(Proposal.objects.get(), by=colleague)
        again = send_draft(draft, by=colleague, significance=MEDIUM).proposal
        assert again.pk != proposal.pk

    def test_becomes_keeper_and_publishes(self, proposal, practice, colleague):
        PracticePage.objects.filter(pk=practice.pk).update(owner=colleague)
        found = Proposal.objects.get()
        assert can_answer(colleague, found)
        outcome = send_draft(changed(found, colleague, problem="Trois."), by=colleague, significance=MAJOR)
        assert outcome.practice.problem == "Trois."
        assert Proposal.objects.get().state == "withdrawn"

    def test_a_sheet_deleted_for_good_gives_the_text_back(self, proposal, practice, colleague):
        practice.delete()
        draft = Draft.objects.get(owner=colleague)
        assert (draft.target, draft.data["problem"]) == ("", "Deux carnets.")

    @pytest.mark.parametrize("act", ["reopen", "take_back", "amend"])
    def test_nobody_elses(self, proposal, make_member, act):
        other = make_member(cpas="21016")
        with pytest.raises(PermissionDenied):
            getattr(sending, act)(proposal, by=other)


class TestDecline:
    def test_says_why(self, proposal, member):
        actions.decline(proposal, by=member, reason="  Pas encore.\n", seen_version=1)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.answer, proposal.answered_by) == ("declined", "Pas encore.", member)

    @pytest.mark.parametrize("reason", ["", "  \n", "x" * 501])
    def test_a_reason_is_asked(self, proposal, member, reason):
        with pytest.raises(ValidationError):
            actions.decline(proposal, by=member, reason=reason, seen_version=1)
        assert Proposal.objects.get().state == "waiting"

    def test_what_was_not_read(self, proposal, member):
        with pytest.raises(Moved):
            actions.decline(proposal, by=member, reason="Non.", seen_version=2)

    def test_an_answer_is_put_away_by_its_author_only(self, proposal, member, colleague):
        actions.dismiss(proposal, by=colleague)
        assert Proposal.objects.get().seen_at is None, "what waits stays in sight"
        actions.decline(proposal, by=member, reason="Non.", seen_version=1)
        with pytest.raises(PermissionDenied):
            actions.dismiss(proposal, by=member)
        actions.dismiss(proposal, by=colleague)
        assert Proposal.objects.get().seen_at
