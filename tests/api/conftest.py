"""Programs of members: tokens, calls, an index of its own."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from agora.api.actions import make_token
from search import documents, spelling
from tests.api.programs import Program
from tests.search.factories import Shelf


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    """Point search to a fresh folder; forget what was learnt, and who called how often."""
    settings.SEARCH_URL = f"tantivy://{tmp_path / 'search'}"
    settings.VAR = tmp_path
    spelling.forget()
    yield tmp_path / "search"
    spelling.forget()


@pytest.fixture
def program_of(db) -> Callable[..., Program]:
    """A program with a token of somebody: `program_of(member, "search:read")`; without scopes, all theirs."""

    def program(member, *scopes: str) -> Program:
        from agora.api.permissions import scopes_for

        _row, token = make_token(member, "Intranet", scopes or scopes_for(member))
        return Program(Client(), token)

    return program


@pytest.fixture
def lines() -> Callable[..., bytes]:
    """Rows as JSON Lines."""
    return lambda *rows: "\n".join(json.dumps(row) for row in rows).encode()


@pytest.fixture
def shelf(monkeypatch):
    """A shelf of notes, the only registered source during the test."""
    shelf = Shelf()
    monkeypatch.setattr(documents, "_sources", {})
    documents.register(shelf.source())
    return shelf
