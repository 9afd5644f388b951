"""From the data of a sheet to a tagged PDF (PDF/UA-1), and the finished ones kept for whoever asks next.

A name of its own: it alone starts the typesetter. Each process of the server has one at work at a time, so
that many readers at once wait instead of taking all of the machine.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.core.cache import caches

HERE = Path(__file__).parent
TYPESETTER = HERE / "typesetter.py"
TEMPLATE = HERE / "sheet.typ"
PATIENCE = 15  # seconds that a reader waits for the sheets before
TIME = 20  # seconds for one sheet; an ordinary one takes a fifth of one
KEPT_FOR = 24 * 60 * 60  # seconds: the day of the print stands on it

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


class NoPaper(Exception):
    """The paper could not be made; why is in the log, and the reader can only try again."""


class Busy(NoPaper):
    """Others wait for their paper before this reader."""


def seal_of(data: dict) -> str:
    """Return the mark of what a paper says: the same mark, the same paper."""
    return blake2b(f"{_template_mark()}{_written(data)}".encode(), digest_size=16).hexdigest()


def kept(seal: str) -> bytes | None:
    """Return the paper with this mark if somebody asked for it before, else None."""
    return caches["paper"].get(seal)


def printed(data: dict, seal: str) -> bytes:
    """Return the PDF that says this, and keep it. Raises Busy, or NoPaper when it cannot be set."""
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise Busy
    try:
        paper = kept(seal) or typeset(data)
    finally:
        _one_at_a_time.release()
    caches["paper"].set(seal, paper, KEPT_FOR)
    return paper


def typeset(data: dict) -> bytes:
    """Return a new PDF. Raises NoPaper when the typesetter refuses, fails, or takes too much."""
    environment = {"RAYON_NUM_THREADS": "1", "LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(TYPESETTER)],
            input=_written(data).encode(),
            env=environment,
            capture_output=True,
            timeout=TIME,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        _log.error("No paper: %s", problem)
        raise NoPaper from problem
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        _log.error("No paper (%d): %s", done.returncode, done.stderr.decode(errors="replace")[-500:])
        raise NoPaper
    return done.stdout


def _written(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


@cache
def _template_mark() -> str:
    return blake2b(TEMPLATE.read_bytes(), digest_size=8).hexdigest()
