"""Opens strangers' files in a process of its own, with little memory and little time.

A file of ten megabytes can ask a parser for gigabytes or for hours. Whatever happens there, the site goes
on: the parent waits a while, and a child that dies says « too complicated ». Nothing here imports Django,
so that it starts in a fraction of a second.

`python -m agora.attachments.workshop SOURCE TARGET` prints what it found as one line of JSON.
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


def work(source: Path, target: Path) -> Cleaned:
    """Clean a file in a child process; as `cleaning.clean`, Refusal included."""
    command = [sys.executable, "-s", "-m", "agora.attachments.workshop", str(source), str(target)]
    folder = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(
            command, cwd=folder, env={"LC_ALL": "C.UTF-8"}, capture_output=True, timeout=PATIENCE, check=False
        )
        told = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Refusal("complicated") from error
    if "kind" in told:
        return Cleaned(**told)
    raise Refusal(told.get("refused", "complicated"))


def main(source: str, target: str) -> None:
    """Bound this process, clean the file, and say what came of it."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_PROCESSOR),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        told = asdict(clean(Path(source), Path(target)))
    except Refusal as refusal:
        told = {"refused": refusal.code}
    except (MemoryError, RecursionError):
        told = {"refused": "complicated"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
