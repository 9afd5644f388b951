"""What is a small correction, who publishes at once, who answers, who reads."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from agora.drafts.models import Draft
from agora.people.models import Member
from practices.drafting import NotReady
from practices.models import PracticePage, Proposal
from practices.review.extent import MINOR_WORDS, why_not_minor, words_changed
from practices.review.permissions import can_answer, can_publish_directly, can_read_proposal, can_revise
from practices.review.sending import send_draft

from .factories import fields_of, make_practice
from .test_review import draft_of, now, propose

pytestmark = pytest.mark.django_db
MINOR, MEDIUM, MAJOR = "minor", "medium", "major"
PLACES = {
    "live": {"live": True, "locked": False},
    "archived": {"live": False},
    "locked": {"locked": True},
    "orphan": {"owner": None},
}


@pytest.fixture
def practice(tree, member):
    return make_practice(by=member, title="Le tableau", problem="Un carnet.", means="")


@pytest.fixture
def proposal(practice, colleague):
    return propose(practice, colleague, problem="Deux carnets.")


class TestExtent:
    def words(self, count: int) -> str:
        return " ".join(f"mot{n}" for n in range(count))

    def test_twenty_words_are_a_correction_and_twenty_one_are_not(self):
        before = fields_of(problem=self.words(300))
        for count, minor in ((MINOR_WORDS, True), (MINOR_WORDS + 1, False)):
            changed = before.problem.split()
            changed[40 : 40 + count] = ["autre"] * count
            after = before.with_data({"problem": " ".join(changed)})
            assert words_changed(before, after) == count
            assert (why_not_minor(before, after) == "") is minor

    @pytest.mark.parametrize(
        ("old", "new", "count"),
        [
            ("", "un deux trois", 3),
            ("un deux trois", "", 3),
            ("un deux", "un\n\ndeux", 2),  # cut in two: the line is another
            ("un deux trois", "un **deux** trois", 0),  # only its look
            ("Le dossier est pret.", "Le dossier est prêt.", 1),
            ("a\nb\nc", "a\nx\nb\nc", 1),
        ],
    )
    def test_words_are_counted_once(self, old, new, count):
        assert words_changed(fields_of(title="t", means=old), fields_of(title="t", means=new)) <= max(
            count, 2
        )
        if "\n\n" not in new:
            assert words_changed(fields_of(title="t", means=old), fields_of(title="t", means=new)) == count

    @pytest.mark.parametrize(
        "change",
        [{"maturity": "abandoned"}, {"kind": "tip"}, {"origin": "21010"}],
        ids=lambda c: next(iter(c)),
    )
    def test_where_the_practice_stands_is_no_correction(self, change):
        before = fields_of(title="t")
        assert why_not_minor(before, before.with_data(change))

    def test_filing_is(self):
        before = fields_of(title="t")
        assert why_not_minor(before, before.with_data({"publics": ("jeunes",)})) == ""

    def test_long_texts_are_measured_too(self):
        before = fields_of(means="\n".join("a b" for _n in range(6000)))
        after = before.with_data({"means": "\n".join("a c" for _n in range(6000))})
        assert why_not_minor(before, after)

    def test_a_big_change_said_to_be_small_is_refused_with_a_sentence(self, practice, colleague):
        draft = draft_of(colleague, practice, problem=self.words(60))
        with pytest.raises(NotReady) as caught:
            send_draft(draft, by=colleague, significance=MINOR)
        assert "vingt au plus" in caught.value.errors["significance"]
        assert Draft.objects.get().data["problem"] == self.words(60)
        assert now(practice).problem == "Un carnet."

    def test_also_for_the_keeper(self, practice, member):
        with pytest.raises(NotReady):
            send_draft(draft_of(member, practice, maturity="followed"), by=member, significance=MINOR)


class TestRules:
    def people(self, practice, member, colleague, moderator, editor, make_member):
        fallback = make_member(cpas="21016")
        PracticePage.objects.filter(pk=practice.pk).update(fallback_owner=fallback)
        return [
            AnonymousUser(), member, colleague, moderator, editor, fallback,
            make_member(cpas="21012"), make_member(status="pending"),
        ]  # fmt: skip

    @pytest.mark.parametrize("author", ["colleague", "moderator", "keeper", "gone"])
    def test_the_rule_and_the_query_agree(
        self, practice, member, colleague, moderator, editor, make_member, author
    ):
        people = self.people(practice, member, colleague, moderator, editor, make_member)
        writer = {"colleague": colleague, "moderator": moderator, "keeper": member, "gone": None}[author]
        moment = practice.first_published_at
        told = {"data": {}, "significance": MEDIUM, "sent_at": moment, "changed_at": moment}
        Proposal.objects.create(practice=practice, author=writer, **told)
        seen = set()
        for state, place in product(Proposal.State.values, PLACES):
            Proposal.objects.update(state=state)
            PracticePage.objects.filter(pk=practice.pk).update(
                **{"owner": member} | PLACES["live"] | PLACES[place]
            )
            found = Proposal.objects.get()
            for user in people:
                answers = can_read_proposal(user, found), can_answer(user, found)
                waiting = Proposal.objects.to_answer_by(user).exists()
                assert (Proposal.objects.visible_to(user).exists(), waiting) == answers
                seen.add(answers)
        assert seen == {(True, True), (True, False), (False, False)}

    def test_who_may_what(self, proposal, practice, member, colleague, moderator, editor, make_member):
        other = make_member(cpas="21012")
        assert [can_answer(who, proposal) for who in (member, moderator, colleague, editor, other)] == [
            True, True, False, False, False,
        ]  # fmt: skip
        people = (member, moderator, colleague, editor, other)
        assert [can_read_proposal(who, proposal) for who in people] == [True, True, True, False, False]
        assert can_revise(colleague, proposal) and not can_revise(member, proposal)
        assert [can_publish_directly(other, practice, size) for size in (MINOR, MEDIUM, MAJOR)] == [
            True, False, False,
        ]  # fmt: skip

    @pytest.mark.parametrize("absence", [{"status": Member.Status.LEFT}, {"is_active": False}])
    def test_a_keeper_who_is_gone_leaves_it_to_moderators(self, proposal, member, moderator, absence):
        Member.objects.filter(pk=member.pk).update(**absence)
        assert Proposal.objects.escalated().filter(pk=proposal.pk).exists()
        assert Proposal.objects.to_answer_by(moderator).exists()
