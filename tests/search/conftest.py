"""An empty index of its own for each test, and a shelf of notes registered as the only source."""

import os

import pytest
from django.utils import translation

from search import documents, outbox, spelling
from search.contract import Delete
from search.engines import engine_at
from tests.search.factories import Shelf


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    """Point search to a fresh folder, in French whatever page was asked last; forget what was learnt."""
    settings.SEARCH_URL = f"tantivy://{tmp_path / 'search'}"
    spelling.forget()
    with translation.override("fr"):
        yield tmp_path / "search"
    spelling.forget()


@pytest.fixture(autouse=True)
def patience(request, monkeypatch):
    """Wait for a server longer than a page would: on a busy machine two seconds pass before it was asked."""
    if request.node.get_closest_marker("engines"):
        monkeypatch.setattr("search.engines.elastic.client.SEARCH_TIMEOUT", 60.0)
        monkeypatch.setattr("search.engines.elastic.engine.WRITE_TIMEOUT", 60.0)


SERVERS = {"elasticsearch": "SEARCH_TEST_ELASTICSEARCH", "opensearch": "SEARCH_TEST_OPENSEARCH"}


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.engines) for name in SERVERS])
def server_url(request, settings, own_index) -> str:
    """Run a test on each server that has an empty serving index (see `engine_url`).

    Making an index takes a server half a second: the one of the last test is emptied where that is enough.
    """
    url = _address(request)
    engine = engine_at(url)
    if engine.serving() is None or engine.former() or engine.building():
        engine.erase()
        engine.promote(engine.create())
    else:
        engine.apply([Delete(stored.uid) for stored in engine.scan()])
    settings.SEARCH_URL = url
    return url


@pytest.fixture(params=["embedded", *(pytest.param(name, marks=pytest.mark.engines) for name in SERVERS)])
def engine_url(request, settings, own_index) -> str:
    """Run a test on each engine: point settings.SEARCH_URL to an empty index of its own, return the address.

    Elasticsearch and OpenSearch are those named in the environment (script/search_servers prints the
    names); without them their tests are left out, and `script/test engines` says so.
    """
    if request.param == "embedded":
        return settings.SEARCH_URL
    url = _address(request)
    engine_at(url).erase()
    settings.SEARCH_URL = url
    request.addfinalizer(engine_at(url).erase)
    return url


def _address(request) -> str:
    server = os.environ.get(SERVERS[request.param])
    if not server:
        pytest.skip(f"{request.param}: no server ({SERVERS[request.param]})")
    return f"{server}/agora-test-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"


@pytest.fixture
def shelf(monkeypatch):
    """A shelf of notes, the only registered source during the test: the other rooms tell search nothing."""
    shelf, others, write = Shelf(), set(documents._sources), outbox._write

    def write_notes(uids):
        return write([uid for uid in uids if uid.partition(":")[0] not in others])

    monkeypatch.setattr(outbox, "_write", write_notes)
    monkeypatch.setattr(documents, "_sources", {})
    documents.register(shelf.source())
    return shelf
