"""What was acknowledged is never lost: late, double and crossing saves, two windows, sizes."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agora.drafts.actions import (
    DraftGone,
    DraftTooLarge,
    Origin,
    discard_draft,
    restore_draft,
    save_draft,
)
from agora.drafts.models import Draft
from agora.drafts.permissions import drafts_of, find_draft_for, get_draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(member):
    """Save a draft of a new sheet as the member: `save(pk, title="…", origin=Origin(…))`."""

    def save_it(pk, *, by=member, origin=None, overwrite=False, **data):
        return save_draft(
            by, pk=pk, kind="practice", language="fr", data=data, origin=origin, overwrite=overwrite
        )

    return save_it


@pytest.fixture
def pk():
    return uuid.uuid4()


class TestOrder:
    def test_a_late_save_of_the_same_window_changes_nothing(self, save, pk):
        save(pk, origin=Origin(0, "w", 1), title="un")
        newer = save(pk, origin=Origin(1, "w", 3), title="trois")
        late = save(pk, origin=Origin(1, "w", 2), title="deux")
        assert not newer.stale
        assert late.stale == {"title": "trois"}
        assert Draft.objects.get(pk=pk).data["title"] == "trois"

    def test_a_window_whose_answer_got_lost_goes_on(self, save, pk):
        save(pk, origin=Origin(0, "w", 1), title="un")
        save(pk, origin=Origin(1, "w", 2), title="deux")  # the answer never arrives
        again = save(pk, origin=Origin(1, "w", 3), title="trois")
        assert not again.stale
        assert again.draft.data["title"] == "trois"

    def test_the_same_save_twice_is_one(self, save, pk):
        for _ in range(2):
            saved = save(pk, origin=Origin(0, "w", 1), title="un")
            assert not saved.stale
        assert Draft.objects.count() == 1

    def test_another_window_never_replaces_what_it_has_not_seen(self, save, pk):
        known = save(pk, origin=Origin(0, "w", 1), title="un", summary="s").draft.sequence
        save(pk, origin=Origin(known, "w", 2), title="deux")
        other = save(pk, origin=Origin(known, "v", 1), title="autre", summary="résumé")
        assert other.stale == {"title": "deux"}
        assert other.draft.data == {"title": "deux", "summary": "résumé"}

    def test_it_replaces_it_when_the_person_insists(self, save, pk):
        save(pk, origin=Origin(0, "w", 1), title="un")
        insisted = save(pk, origin=Origin(0, "v", 1), overwrite=True, title="autre")
        assert not insisted.stale
        assert insisted.draft.data["title"] == "autre"

    def test_without_script_one_goes_back_and_corrects(self, save, pk):
        first = save(pk, title="un").draft.sequence
        save(pk, origin=Origin(first), steps="pas à pas")
        back = save(pk, origin=Origin(first), title="un, corrigé")
        assert not back.stale
        assert back.draft.data == {"title": "un, corrigé", "steps": "pas à pas"}

    def test_the_step_is_no_text(self, save, pk):
        save(pk, origin=Origin(0, "w", 1), _step=3)
        assert not save(pk, origin=Origin(0, "v", 1), _step=2).stale


saves = st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.integers(0, 999))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(saves, max_size=12))
def test_every_acknowledged_text_was_seen_before_it_was_replaced(save, history):
    """Three windows write two fields in any order; each knows what it was last answered."""
    pk, known, number = uuid.uuid4(), [0, 0, 0], [0, 0, 0]
    acknowledged: dict[str, tuple[int, str, int]] = {}
    for window, name, value in history:
        number[window] += 1
        saved = save(pk, origin=Origin(known[window], str(window), number[window]), **{name: str(value)})
        if saved.stale:
            assert saved.draft.data[name] == acknowledged[name][1]
            continue
        if name in acknowledged and acknowledged[name][1] != str(value):
            by, at = acknowledged[name][0], acknowledged[name][2]
            assert by == window or known[window] >= at
        changed = name not in acknowledged or acknowledged[name][1] != str(value)
        known[window] = saved.draft.sequence
        if changed:
            acknowledged[name] = (window, str(value), saved.draft.sequence)
    if history:
        assert {n: text for n, (_, text, _) in acknowledged.items()} == Draft.objects.get(pk=pk).data


class TestWhose:
    def test_nobody_writes_in_somebody_elses_draft(self, save, pk, colleague):
        save(pk, title="à moi")
        with pytest.raises(PermissionDenied):
            save(pk, by=colleague, title="à vous")
        assert Draft.objects.get(pk=pk).data == {"title": "à moi"}

    def test_the_gate_opens_to_the_author_only(self, save, pk, member, colleague):
        save(pk, title="à moi")
        assert get_draft_for(member, pk).pk == pk
        for gate in (get_draft_for, find_draft_for):
            with pytest.raises(Http404):
                gate(colleague, pk)
        with pytest.raises(Http404):
            get_draft_for(member, pk, kind="other")
        assert find_draft_for(member, uuid.uuid4()) is None

    @pytest.mark.parametrize("status", ["pending", "suspended", "left"])
    def test_only_members_begin_one(self, save, pk, make_member, status):
        with pytest.raises(PermissionDenied):
            save(pk, by=make_member(status=status), title="non")
        assert not Draft.objects.exists()


class TestLimits:
    def test_too_large_is_refused_whole(self, save, pk):
        save(pk, title="un")
        with pytest.raises(DraftTooLarge):
            save(pk, origin=Origin(1), title="deux", problem="x" * 500_000)
        assert Draft.objects.get(pk=pk).data == {"title": "un"}

    def test_the_largest_sheet_fits(self, save, pk):
        sections = dict.fromkeys(
            ["problem", "steps", "means", "effects", "conditions", "pitfalls", "tools"], "é" * 20000
        )
        assert not save(pk, **sections).stale

    def test_unprintable_characters_go(self, save, pk):
        saved = save(pk, title="a\x00b", themes=["x\x00"])
        assert saved.draft.data == {"title": "ab", "themes": ["x"]}

    def test_unknown_forms_are_refused(self, member, pk):
        with pytest.raises(PermissionDenied):
            save_draft(member, pk=pk, kind="nothing", language="fr", data={})


class TestEnd:
    def test_a_published_draft_does_not_come_back(self, save, pk):
        saved = save(pk, title="un")
        saved.draft.delete()
        with pytest.raises(DraftGone):
            save(pk, origin=Origin(1, "w", 2), title="deux")
        assert not Draft.objects.exists()

    def test_discarding_is_undone_for_a_day(self, save, pk, member):
        draft = save(pk, title="un").draft
        discard_draft(draft)
        assert not drafts_of(member).exists()
        call_command("purge_drafts")
        assert restore_draft(draft)
        assert drafts_of(member).get().data == {"title": "un"}

    def test_after_a_day_it_is_gone(self, save, pk):
        draft = save(pk, title="un").draft
        discard_draft(draft)
        Draft.objects.update(discarded_at=timezone.now() - timedelta(days=1, minutes=1))
        call_command("purge_drafts")
        assert not Draft.objects.exists()

    def test_writing_on_takes_a_discarded_draft_back(self, save, pk, member):
        discard_draft(save(pk, title="un").draft)
        save(pk, origin=Origin(1), title="deux")
        assert drafts_of(member).get().data == {"title": "deux"}

    def test_restoring_beside_another_draft_of_the_same_object_is_refused(self, tree, member):
        from tests.practices.factories import make_practice

        practice = make_practice(by=member)
        drafts = []
        for _ in range(2):
            saved = save_draft(
                member,
                pk=uuid.uuid4(),
                kind="practice",
                language="fr",
                target=str(practice.pk),
                data={"title": "x"},
            )
            drafts.append(saved.draft)
            if len(drafts) == 1:
                discard_draft(saved.draft)
        assert not restore_draft(drafts[0])
        assert drafts_of(member).get().pk == drafts[1].pk

    def test_two_windows_on_one_sheet_share_one_draft(self, tree, member):
        from tests.practices.factories import make_practice

        target = str(make_practice(by=member).pk)
        common = {"kind": "practice", "language": "fr", "target": target}
        first = save_draft(member, pk=uuid.uuid4(), data={"title": "un"}, **common)
        second = save_draft(member, pk=uuid.uuid4(), data={"title": "deux", "summary": "s"}, **common)
        assert second.draft.pk == first.draft.pk
        assert second.stale == {"title": "un"}
        assert Draft.objects.get().data == {"title": "un", "summary": "s"}


def test_the_database_holds_one_open_draft_per_object(member):
    assert "one_open_draft_per_object" in {c.name for c in Draft._meta.constraints}
    assert connection.features.supports_partial_indexes
