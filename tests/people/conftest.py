"""What the tests of the door start from."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_tried_before():
    """allauth counts attempts in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """Run what waits for the end of a transaction: `with on_commit(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
