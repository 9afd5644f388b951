"""The bench of the vocabularies."""

import pytest
from django.test import Client

from agora.vocabulary import lists


@pytest.fixture(autouse=True)
def fresh_lists():
    """Each test reads the lists anew and leaves nothing in memory."""
    lists.forget()
    yield
    lists.forget()


@pytest.fixture
def desk(editor, client_of) -> Client:
    """The browser of an editor."""
    return client_of(editor)
