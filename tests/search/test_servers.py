"""The contract on real Elasticsearch and OpenSearch servers, and what is theirs alone."""

import pytest

from search.engines import engine_at
from tests.search.contract import EngineContract

pytestmark = [pytest.mark.engines]


@pytest.fixture
def engine(server_url):
    return engine_at(server_url)


@pytest.fixture
def untouched(engine):
    engine.erase()
    engine.promote(engine.create())
    return engine


class TestServers(EngineContract):
    """The suite of the contract on each server."""
