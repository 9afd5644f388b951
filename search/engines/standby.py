"""Reading from the engine, and from the one kept warm beside it while the first does not answer.

Both hear of every change (outbox), so the second says the same; the page says which one spoke. A name of its
own: it is no engine, it chooses between two.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from agora.people.audience import Viewer

from ..breaker import Breaker
from ..contract import EnginePage, Lang, SearchEngine, SearchRequest, SearchUnavailable

log = logging.getLogger(__name__)
T = TypeVar("T")


class WithFallback:
    """The reading half of search.contract.SearchEngine over two engines."""

    def __init__(self, main: SearchEngine, fallback: SearchEngine) -> None:
        self._main, self._fallback = main, fallback
        # The fallback is as good: nobody need wait for a second try, and the first one is asked again soon.
        self._breaker = Breaker(failures=1, pause=10.0)

    def _ask(self, question: Callable[[SearchEngine], T], otherwise: Callable[[T], T] = lambda it: it) -> T:
        if self._breaker.allows:
            try:
                answer = question(self._main)
            except SearchUnavailable as error:
                self._breaker.failed()
                log.warning("search: engine unavailable, its fallback answers (%s)", error)
            else:
                self._breaker.succeeded()
                return answer
        return otherwise(question(self._fallback))

    def search(self, request: SearchRequest) -> EnginePage:
        """Answer one question; the page tells when the fallback did."""
        return self._ask(
            lambda index: index.search(request), lambda page: replace(page, is_from_fallback=True)
        )

    def search_each(self, requests: Sequence[SearchRequest]) -> tuple[EnginePage, ...]:
        """Answer several questions, all of them by the same engine."""
        return self._ask(
            lambda index: index.search_each(requests),
            lambda pages: tuple(replace(page, is_from_fallback=True) for page in pages),
        )

    def titles(
        self,
        text: str,
        viewer: Viewer,
        size: int,
        exclude: frozenset[str] = frozenset(),
        language: Lang | None = None,
    ) -> tuple[str, ...]:
        """Return the visible titles that hold what somebody types; see the contract."""
        return self._ask(lambda index: index.titles(text, viewer, size, exclude, language))

    def words(self, viewer: Viewer) -> Mapping[str, int]:
        """Return the words that the viewer's contributions hold; see the contract."""
        return self._ask(lambda index: index.words(viewer))

    def stamp(self) -> str:
        """Return a text that differs once either index may have changed."""
        return self._ask(lambda index: index.stamp())
