"""An index of its own for each test."""

from tests.search.conftest import own_index

__all__ = ["own_index"]
