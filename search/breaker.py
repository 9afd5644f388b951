"""Three failures in a row and the engine is left in peace for half a minute."""

import time
from collections.abc import Callable

FAILURES, PAUSE = 3, 30.0  # seconds


class Breaker:
    """Remembers how the engine did lately, per process."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, failures: int = FAILURES, pause: float = PAUSE
    ) -> None:
        self._clock, self._most, self._pause = clock, failures, pause
        self._failures = 0
        self._since = 0.0

    @property
    def allows(self) -> bool:
        """False during the pause; one request may then try again."""
        return self._failures < self._most or self._clock() - self._since >= self._pause

    def failed(self) -> None:
        """Note a failure."""
        self._failures += 1
        self._since = self._clock()

    def succeeded(self) -> None:
        """Note an answer."""
        self._failures = 0
