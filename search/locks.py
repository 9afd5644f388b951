"""File locks: one drain and one rebuild at a time on a machine; they die with their holder, even killed."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def lock(folder: Path, name: str, *, wait: bool) -> Iterator[bool]:
    """Hold the lock `name` of a folder; yields False when somebody has it and `wait` is false."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def is_held(folder: Path, name: str) -> bool:
    """True while somebody holds the lock."""
    with lock(folder, name, wait=False) as free:
        return not free
