"""An empty index of its own for each test, and a shelf of notes registered as the only source."""

import pytest
from django.utils import translation

from search import documents, spelling
from tests.search.factories import Shelf


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    """Point search to a fresh folder, in French whatever page was asked last; forget what was learnt."""
    settings.SEARCH_URL = f"tantivy://{tmp_path / 'search'}"
    spelling.forget()
    with translation.override("fr"):
        yield tmp_path / "search"
    spelling.forget()


@pytest.fixture
def shelf(monkeypatch):
    """A shelf of notes, the only registered source during the test."""
    shelf = Shelf()
    monkeypatch.setattr(documents, "_sources", {})
    documents.register(shelf.source())
    return shelf
