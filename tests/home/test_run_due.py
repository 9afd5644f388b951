"""The timed work: every task runs, and one that fails is told without stopping the others."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from agora.drafts.models import Draft
from agora.home.management.commands import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_draft(member):
    """A draft set aside a week ago, whose day of grace is over."""
    return Draft.objects.create(
        owner=member, kind="practice", language="fr", discarded_at=timezone.now() - timedelta(days=7)
    )


def test_what_had_its_day_is_cleared_away(tree, old_draft, settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}"
    call_command("run_due", stdout=io.StringIO())
    assert not Draft.objects.filter(pk=old_draft.pk).exists()


def test_one_failure_is_told_and_the_others_still_run(tree, old_draft, monkeypatch):
    monkeypatch.setattr(run_due, "DUE", ("no_such_command", "purge_drafts"))
    errors = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("run_due", stdout=io.StringIO(), stderr=errors)
    assert "no_such_command" in errors.getvalue()
    assert not Draft.objects.filter(pk=old_draft.pk).exists()
