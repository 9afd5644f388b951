"""What the tests of the door start from."""

import pytest


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """Run what waits for the end of a transaction: `with on_commit(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
