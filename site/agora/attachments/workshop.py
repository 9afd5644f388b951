"""Opens strangers' files in a process of its own, with little memory and little time.

A file of ten megabytes can ask a parser for gigabytes or for hours. Whatever happens there, the site goes
on: the parent waits a while, and a child that dies says « too complicated ». Nothing here imports Django,
so that it starts in a fraction of a second.

`python -m agora.attachments.workshop SOURCE TARGET` prints what it found as one line of JSON;
`python -m agora.attachments.workshop --words SOURCE KIND` prints the words of a clean file, page by page.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from .checks import Refusal
from .cleaning import Cleaned, clean

MOST_MEMORY = 768 * 1024 * 1024  # bytes of addresses, libraries included
MOST_PROCESSOR = 40  # seconds
MOST_WRITTEN = 64 * 1024 * 1024  # bytes in one file
PATIENCE = 60  # seconds that the parent waits
PATIENCE_TO_READ = 20  # the same, for the words of a file


def work(source: Path, target: Path) -> Cleaned:
    """Clean a file in a child process; as `cleaning.clean`, Refusal included."""
    try:
        told = _told([str(source), str(target)], PATIENCE) or {}
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Refusal("complicated") from error
    if "kind" in told:
        return Cleaned(**told)
    raise Refusal(told.get("refused", "complicated"))


def words(source: Path, kind: str) -> list[str]:
    """Return the words of a clean file, page by page, read in a child process; nothing when it fails."""
    try:
        return _told(["--words", str(source), kind], PATIENCE_TO_READ) or []
    except (subprocess.TimeoutExpired, ValueError):
        return []


def _told(arguments: list[str], patience: int):
    """Run this module on its own and return what it printed; None when it did not end well."""
    command = [sys.executable, "-s", "-m", "agora.attachments.workshop", *arguments]
    folder = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        command, cwd=folder, env={"LC_ALL": "C.UTF-8"}, capture_output=True, timeout=patience, check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def main(*arguments: str) -> None:
    """Bound this process, clean a file or read its words, and say what came of it."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_PROCESSOR),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    if arguments[0] == "--words":
        from .texts import pages_of  # as in `clean`: the parent, which is the site, does without

        sys.stdout.write(json.dumps(pages_of(Path(arguments[1]), arguments[2])))
        return
    source, target = arguments
    try:
        told = asdict(clean(Path(source), Path(target)))
    except Refusal as refusal:
        told = {"refused": refusal.code}
    except (MemoryError, RecursionError):
        told = {"refused": "complicated"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
