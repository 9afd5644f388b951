"""An empty index of its own for each test, and a shelf of notes registered as the only source."""

import os

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


SERVERS = {"elasticsearch": "SEARCH_TEST_ELASTICSEARCH", "opensearch": "SEARCH_TEST_OPENSEARCH"}


@pytest.fixture(
    params=["embedded", *(pytest.param(name, marks=pytest.mark.engines) for name in SERVERS)],
)
def engine_url(request, settings, own_index) -> str:
    """Run a test on each engine: point settings.SEARCH_URL to an empty index of its own, return the address.

    Elasticsearch and OpenSearch are those named in the environment (script/search_servers prints the
    names); without them their tests are left out, and `script/test engines` says so.
    """
    if request.param == "embedded":
        return settings.SEARCH_URL
    server = os.environ.get(SERVERS[request.param])
    if not server:
        pytest.skip(f"{request.param}: no server ({SERVERS[request.param]})")
    pytest.skip(f"{request.param}: not written yet")


@pytest.fixture
def shelf(monkeypatch):
    """A shelf of notes, the only registered source during the test."""
    shelf = Shelf()
    monkeypatch.setattr(documents, "_sources", {})
    documents.register(shelf.source())
    return shelf
